// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policymodel.h"

#include "domain/continued.h"
#include "domain/translate.h"

#include <QRegularExpression>
#include <QSet>
#include <QtConcurrent>

namespace countersign {

namespace {

const QString draftKey = QStringLiteral("policy/draft");
const QString draftedFromKey = QStringLiteral("policy/drafted_from");
constexpr int longestRuleId = 60;

using PoliciesRead = std::pair<PolicyRecord, QList<PolicyRecord>>;

Result<PolicyRecord> wholeVersion(Reader &reader, int version)
{
    if (version <= 1) {
        return PolicyRecord{.document = builtInPolicy()};
    }
    auto whole = reader.policyVersion(version);
    if (!whole) {
        return tl::unexpected<Error>(whole.error());
    }
    if (!*whole) {
        return fail(ErrorCode::NotFound, tr("There is no policy v%1.").arg(version));
    }
    return **whole;
}

Result<PoliciesRead> readPolicies(Reader &reader)
{
    const auto record = reader.policyInForce();
    const auto all = reader.policies();
    if (!record || !all) {
        return tl::unexpected<Error>(record ? all.error() : record.error());
    }
    auto whole = wholeVersion(reader, record->event.isEmpty() ? 1 : record->version);
    if (!whole) {
        return tl::unexpected<Error>(whole.error());
    }
    return PoliciesRead{*whole, *all};
}

Json rulesOf(const Json &document)
{
    return document[u"rules"].isArray() ? document[u"rules"] : Json::array();
}

} // namespace

PolicyModel::PolicyModel(Store &store, QSettings &state, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_state(state),
      m_inForce{.document = builtInPolicy()}
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.policy) {
            read();
        }
    });
    restore();
    read();
}

PolicyModel::~PolicyModel()
{
    if (isLooking()) {
        keep(); // the look that would have kept it comes too late
    }
}

void PolicyModel::read()
{
    const int turn = ++m_reading;
    continued(m_store.read<PoliciesRead>(&readPolicies), this,
              [this, turn](const Result<PoliciesRead> &read) -> void {
                  if (turn != m_reading) {
                      return;
                  }
                  if (read) {
                      take(read->first, read->second);
                  } else {
                      Q_EMIT failed(read.error());
                  }
              });
}

void PolicyModel::take(const PolicyRecord &record, const QList<PolicyRecord> &history)
{
    const bool other = m_loaded && record.version != m_inForce.version;
    m_inForce = record;
    m_history = history;
    m_loaded = true;
    lookAgain();
    Q_EMIT changed();
    if (other) {
        Q_EMIT inForceChanged();
    }
}

QFuture<Result<PolicyRecord>> PolicyModel::version(int version) const
{
    return m_store.read<PolicyRecord>(
        [version](Reader &reader) { return wholeVersion(reader, version); });
}

bool PolicyModel::isReady() const
{
    return m_draft && !isLooking() && m_look.faults.isEmpty() && !m_look.same;
}

Json PolicyModel::document() const
{
    return m_draft ? m_draft->document : m_inForce.document;
}

Json PolicyModel::rule(int place) const
{
    return document()[u"rules"].items().value(place);
}

PolicyModel::Draft PolicyModel::begin() const
{
    return m_draft.value_or(Draft{.document = m_inForce.document, .from = m_inForce.version});
}

void PolicyModel::setDocument(const Json &document, const QString &run)
{
    Draft draft = begin();
    draft.document = document;
    draft.text.clear();
    edit(draft, run);
}

void PolicyModel::setText(const QString &text, const QString &run)
{
    Draft draft = begin();
    draft.document = parseJson(text.toUtf8()).value_or(Json());
    draft.text = text;
    edit(draft, run);
}

void PolicyModel::setRule(int place, const Json &rule, const QString &run)
{
    Json whole = document();
    Json::Array rules = rulesOf(whole).items();
    if (place < 0 || place >= rules.size()) {
        return;
    }
    rules[place] = rule;
    whole.set(key("rules"), Json::array(rules));
    setDocument(whole, run);
}

int PolicyModel::addRule(const Json &rule)
{
    Json whole = document();
    if (!whole.isObject()) {
        return -1;
    }
    Json added = Json::object({{key("id"), Json(freeId(rule[u"id"].toString()))}});
    for (const auto &[name, value] : rule.members()) {
        if (name != u"id") {
            added.set(name, value);
        }
    }
    Json rules = rulesOf(whole);
    rules.append(added);
    whole.set(key("rules"), rules);
    setDocument(whole);
    return int(rules.items().size()) - 1;
}

int PolicyModel::copyRule(int place)
{
    Json whole = document();
    Json::Array rules = rulesOf(whole).items();
    if (place < 0 || place >= rules.size()) {
        return -1;
    }
    Json copy = rules[place];
    copy.set(key("id"), Json(freeId(copy[u"id"].toString())));
    rules.insert(place + 1, copy);
    whole.set(key("rules"), Json::array(rules));
    setDocument(whole);
    return place + 1;
}

void PolicyModel::removeRule(int place)
{
    Json whole = document();
    Json::Array rules = rulesOf(whole).items();
    if (place < 0 || place >= rules.size()) {
        return;
    }
    rules.removeAt(place);
    whole.set(key("rules"), Json::array(rules));
    setDocument(whole);
}

void PolicyModel::restoreRule(const QString &id)
{
    for (const Json &rule : m_inForce.document[u"rules"].items()) {
        if (rule[u"id"].toString() == id) {
            addRule(rule);
            return;
        }
    }
}

/// "refunds-2" where "refunds" is taken.
QString PolicyModel::freeId(const QString &wanted) const
{
    QSet<QString> taken;
    for (const Json &rule : document()[u"rules"].items()) {
        taken.insert(rule[u"id"].toString());
    }
    if (!wanted.isEmpty() && !taken.contains(wanted)) {
        return wanted;
    }
    static const QRegularExpression number(QStringLiteral("-[0-9]+$"));
    QString stem = wanted.isEmpty() ? key("rule") : wanted.left(longestRuleId - 6);
    stem.remove(number);
    int next = wanted.isEmpty() ? 1 : 2;
    while (taken.contains(QStringLiteral("%1-%2").arg(stem).arg(next))) {
        ++next;
    }
    return QStringLiteral("%1-%2").arg(stem).arg(next);
}

void PolicyModel::discard()
{
    if (m_draft) {
        edit(std::nullopt, {});
    }
}

void PolicyModel::settle()
{
    m_draft.reset();
    m_undo.clear();
    m_run.clear();
    keep();
    read();
}

void PolicyModel::undo()
{
    if (!m_undo.isEmpty()) {
        m_draft = m_undo.takeLast();
        m_run.clear();
        lookAgain();
        Q_EMIT changed();
    }
}

void PolicyModel::takeOver()
{
    if (m_draft) {
        m_draft->from = m_inForce.version;
        lookAgain();
        Q_EMIT changed();
    }
}

void PolicyModel::edit(const std::optional<Draft> &draft, const QString &run)
{
    if (run.isEmpty() || run != m_run) {
        m_undo.append(m_draft);
        if (m_undo.size() > mostUndo) {
            m_undo.removeFirst();
        }
    }
    m_run = run;
    m_draft = draft;
    lookAgain();
    Q_EMIT changed();
}

/// Only the newest look counts.
void PolicyModel::lookAgain()
{
    const int generation = ++m_generation;
    const Json inForce = m_inForce.document;
    const Draft draft = begin();
    continued(QtConcurrent::run([draft, inForce]() -> PolicyLook {
                  return draft.text.isEmpty() ? lookAt(draft.document, inForce)
                                              : lookAt(draft.text, inForce);
              }),
              this, [this, generation](const PolicyLook &look) -> void {
                  if (generation != m_generation) {
                      return;
                  }
                  m_looked = generation;
                  m_look = look;
                  if (m_draft) {
                      m_draft->text = look.text;
                  }
                  if (m_loaded && m_draft && look.same && !isBehind()) {
                      m_draft.reset(); // nothing is left of it
                  }
                  keep();
                  Q_EMIT changed();
              });
}

void PolicyModel::keep()
{
    if (!m_draft) {
        m_state.remove(draftKey);
        m_state.remove(draftedFromKey);
        return;
    }
    m_state.setValue(draftKey,
                     m_draft->text.isEmpty() ? QString::fromUtf8(toPrettyJson(m_draft->document))
                                             : m_draft->text);
    m_state.setValue(draftedFromKey, m_draft->from);
}

void PolicyModel::restore()
{
    const QString text = m_state.value(draftKey).toString();
    if (!text.isEmpty()) {
        m_draft = Draft{.document = parseJson(text.toUtf8()).value_or(Json()),
                        .text = text,
                        .from = m_state.value(draftedFromKey, 1).toInt()};
    }
}

} // namespace countersign
