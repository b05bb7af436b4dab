// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"

#include "app/demo/decisioncheck.h"
#include "domain/clock.h"
#include "domain/decimal.h"
#include "domain/trust.h"

namespace countersign::demo {

namespace {

const SystemClock systemClock;

Json now()
{
    return Json(isoTime(systemClock.nowMs()));
}

Json winner(const Json &receipt)
{
    return jsonObject({{"decision_id", receipt[u"decision_id"]},
                       {"kind", receipt[u"kind"]},
                       {"reviewer", receipt[u"reviewer"]},
                       {"decided_at", receipt[u"accepted_at"]}});
}

/// Defined in countersign-1.openapi.yaml, schema Case, member digest.
QString digestOf(const Json &wire)
{
    const Json hashed = jsonObject({{"action", wire[u"action"]},
                                    {"allowed", wire[u"allowed"]},
                                    {"arguments", wire[u"arguments"]},
                                    {"question", wire[u"question"]}});
    return QString::fromLatin1(sha256(canonicalJson(hashed)).toHex());
}

} // namespace

Answer failure(int status, const char *code, const QString &message)
{
    return {status,
            jsonObject({{"error",
                         jsonObject({{"code", Json(QString::fromLatin1(code))},
                                     {"message", Json(message)}})}})};
}

DemoAgent::DemoAgent(Catalog catalog, const AgentSettings &settings, Journal *journal,
                     QObject *parent)
    : QObject(parent),
      m_catalog(std::move(catalog)),
      m_settings(settings),
      m_journal(journal)
{
    m_overdue.setInterval(1000);
    connect(&m_overdue, &QTimer::timeout, this, &DemoAgent::expireOverdue);
    m_overdue.start();
}

QString DemoAgent::propose(const QString &kind)
{
    const qint64 nowMs = systemClock.nowMs();
    return add(kind.isEmpty() ? m_catalog.deal(nowMs) : m_catalog.deal(kind, nowMs), {});
}

QString DemoAgent::perform(const QString &kind)
{
    const qint64 nowMs = systemClock.nowMs();
    const QString id = QStringLiteral("act-%1").arg(++m_next);
    Entry entry{
        kind.isEmpty() ? m_catalog.deal(nowMs) : m_catalog.deal(kind, nowMs),
        jsonObject(
            {{"id", Json(id)}, {"revision", Json(1)}, {"state", Json(QStringLiteral("executed"))}}),
        {}};
    for (const auto &[key, value] : entry.draft.content.members()) {
        entry.wire.set(key, value);
    }
    entry.wire.set(QStringLiteral("allowed"), Json::array());
    entry.wire.set(QStringLiteral("created_at"), now());
    for (const char *name : {"due", "when_due"}) {
        entry.wire.set(QString::fromLatin1(name), Json());
    }
    refresh(entry);
    m_entries.insert(id, entry);
    m_order.append(id);

    Json vars = entry.draft.vars;
    vars.set(QStringLiteral("args"), entry.wire[u"arguments"]);
    const QString text = fillText(entry.draft.script[u"effects"][u"approve"].toString(), vars);
    m_journal->write(QStringLiteral("effect"),
                     jsonObject({{"case", Json(id)},
                                 {"kind", Json(QStringLiteral("executed"))},
                                 {"action", entry.wire[u"action"]},
                                 {"ran", Json(true)},
                                 {"arguments", entry.wire[u"arguments"]},
                                 {"text", Json(text)}}));
    Q_EMIT happened(QStringLiteral("action.executed"),
                    jsonObject({{"case", Json(id)},
                                {"effect", Json(QStringLiteral("executed"))},
                                {"text", Json(text)},
                                {"at", now()},
                                {"performed", entry.wire}}));
    QTimer::singleShot(m_settings.outcomeDelayMs, this,
                       [this, id]() -> void { reportOutcome(id, {}, QStringLiteral("approve")); });
    return id;
}

QString DemoAgent::add(const Draft &draft, const QString &follows)
{
    const QString id = QStringLiteral("case-%1").arg(++m_next);
    Entry entry{
        draft,
        jsonObject(
            {{"id", Json(id)}, {"revision", Json(1)}, {"state", Json(QStringLiteral("waiting"))}}),
        {}};
    for (const auto &[key, value] : draft.content.members()) {
        entry.wire.set(key, value);
    }
    if (!follows.isEmpty()) {
        entry.wire.set(QStringLiteral("follows"), Json(follows));
    }
    refresh(entry);
    m_entries.insert(id, entry);
    m_order.append(id);
    Q_EMIT happened(QStringLiteral("case.proposed"), entry.wire);
    return id;
}

void DemoAgent::refresh(Entry &entry)
{
    entry.wire.set(QStringLiteral("digest"), Json(digestOf(entry.wire)));
}

Json DemoAgent::card() const
{
    QStringList agents;
    Json actions = Json::array();
    for (const Json &kind : m_catalog.kinds()) {
        if (!agents.contains(kind[u"agent"].toString())) {
            agents.append(kind[u"agent"].toString());
        }
        actions.append(jsonObject({{"agent", kind[u"agent"]},
                                   {"action", kind[u"action"]},
                                   {"arguments_schema", kind[u"arguments_schema"]}}));
    }
    return jsonObject({{"protocol", Json(QStringLiteral("countersign/1"))},
                       {"name", Json(QStringLiteral("Brenner & Soto, demo agents"))},
                       {"version", Json(QStringLiteral(COUNTERSIGN_VERSION))},
                       {"agents", Json::fromStrings(agents)},
                       {"actions", actions},
                       {"capabilities",
                        Json::fromStrings({QStringLiteral("events"), QStringLiteral("effects"),
                                           QStringLiteral("outcomes")})}});
}

Answer DemoAgent::cases(const QString &state, const QString &after, int limit) const
{
    qsizetype start = 0;
    if (!after.isEmpty()) {
        start = m_order.indexOf(after) + 1;
        if (start == 0) {
            return failure(400, "bad_cursor",
                           QStringLiteral("There is no case %1 to go on after.").arg(after));
        }
    }
    Json list = Json::array();
    QString last;
    bool more = false;
    for (qsizetype i = start; i < m_order.size(); ++i) {
        const Json &wire = m_entries[m_order.at(i)].wire;
        if (!state.isEmpty() && wire[u"state"].toString() != state) {
            continue;
        }
        if (list.items().size() == limit) {
            more = true;
            break;
        }
        list.append(wire);
        last = m_order.at(i);
    }
    return {200, jsonObject({{"cases", list}, {"next", more ? Json(last) : Json()}})};
}

Answer DemoAgent::caseById(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend()
        ? failure(404, "no_such_case", QStringLiteral("There is no case %1.").arg(id))
        : Answer{200, found->wire};
}

Answer DemoAgent::decisionById(const QString &id) const
{
    const auto found = m_taken.constFind(id);
    return found == m_taken.cend()
        ? failure(404, "no_such_decision", QStringLiteral("No decision %1 was taken.").arg(id))
        : Answer{200, found->receipt};
}

Answer DemoAgent::refuseClosed(const Entry &entry) const
{
    const QString state = entry.wire[u"state"].toString();
    if (state == u"decided") {
        Answer answer = failure(409, "decided", QStringLiteral("This case is decided already."));
        answer.body.set(QStringLiteral("winner"), entry.wire[u"decision"]);
        return answer;
    }
    return state == u"expired"
        ? failure(
            410, "expired",
            QStringLiteral("The time of this case ran out; the agent went on without an answer."))
        : failure(410, "withdrawn", QStringLiteral("The agent withdrew this case."));
}

Answer DemoAgent::decide(const DecisionCall &call)
{
    const auto found = m_entries.find(call.caseId);
    if (found == m_entries.end()) {
        return failure(404, "no_such_case",
                       QStringLiteral("There is no case %1.").arg(call.caseId));
    }
    const auto decision = parseJson(call.body);
    if (!decision || !decision->isObject()) {
        return failure(400, "bad_json",
                       decision ? QStringLiteral("The decision must be an object.")
                                : decision.error().text);
    }
    if (const auto taken = m_taken.constFind((*decision)[u"id"].toString());
        taken != m_taken.cend()) {
        return taken->body == call.body
            ? Answer{200, taken->receipt}
            : failure(409, "decision_id_reused",
                      QStringLiteral("This decision id came before with another content."));
    }
    expireOverdue();
    if (found->wire[u"state"].toString() != u"waiting") {
        return refuseClosed(*found);
    }
    if ((*decision)[u"digest"] != found->wire[u"digest"]) {
        Answer answer = failure(409, "changed",
                                QStringLiteral("The proposal is not the one that was decided."));
        answer.body.set(QStringLiteral("case"), found->wire);
        return answer;
    }
    if (auto checked = checkDecision(*decision, found->wire); !checked) {
        return failure(400, "bad_decision", checked.error().text);
    }
    return take(*found, call, *decision);
}

Answer DemoAgent::take(Entry &entry, const DecisionCall &call, const Json &decision)
{
    const QString id = decision[u"id"].toString();
    Json receipt = jsonObject({{"decision_id", Json(id)},
                               {"case", Json(call.caseId)},
                               {"kind", decision[u"kind"]},
                               {"digest", decision[u"digest"]},
                               {"reviewer", Json(call.reviewer)},
                               {"accepted_at", now()}});
    if (!call.checkpoint.isEmpty()) {
        receipt.set(QStringLiteral("checkpoint_sha256"),
                    Json(QString::fromLatin1(sha256(call.checkpoint).toHex())));
        m_journal->write(QStringLiteral("checkpoint"),
                         jsonObject({{"decision", Json(id)},
                                     {"note", Json(QString::fromUtf8(call.checkpoint))}}));
    }
    m_taken.insert(id, {call.body, receipt});
    entry.wire.set(QStringLiteral("state"), Json(QStringLiteral("decided")));
    entry.wire.set(QStringLiteral("decision"), winner(receipt));
    Q_EMIT happened(QStringLiteral("case.decided"),
                    jsonObject({{"case", Json(call.caseId)}, {"winner", winner(receipt)}}));

    const QString caseId = call.caseId;
    if (decision[u"kind"].toString() == u"respond") {
        entry.guidance = decision[u"message"].toString();
        QTimer::singleShot(m_settings.revisionDelayMs, this, [this, caseId]() -> void {
            proposeAgain(caseId, m_entries[caseId].guidance);
        });
    }
    QTimer::singleShot(m_settings.effectDelayMs, this,
                       [this, caseId, id, decision]() -> void { act(caseId, id, decision); });
    return {200, receipt};
}

void DemoAgent::act(const QString &caseId, const QString &decisionId, const Json &decision)
{
    const Entry &entry = m_entries[caseId];
    const QString kind = decision[u"kind"].toString();
    Json vars = entry.draft.vars;
    const Json arguments = kind == u"edit" ? decision[u"arguments"] : entry.wire[u"arguments"];
    vars.set(QStringLiteral("args"), arguments);
    vars.set(QStringLiteral("message"), decision[u"message"]);
    const Json &effects = entry.draft.script[u"effects"];
    const QString text = fillText(
        (kind == u"edit" && !effects.contains(kind) ? effects[u"approve"] : effects[kind])
            .toString(),
        vars);

    ++m_effects[decisionId];
    const bool runs = kind == u"approve" || kind == u"edit";
    m_journal->write(QStringLiteral("effect"),
                     jsonObject({{"case", Json(caseId)},
                                 {"decision", Json(decisionId)},
                                 {"kind", Json(kind)},
                                 {"action", entry.wire[u"action"]},
                                 {"ran", Json(runs)},
                                 {"arguments", runs ? arguments : Json()},
                                 {"text", Json(text)}}));
    Json &receipt = m_taken[decisionId].receipt;
    receipt.set(
        QStringLiteral("effect"),
        jsonObject(
            {{"effect", Json(QStringLiteral("executed"))}, {"text", Json(text)}, {"at", now()}}));
    Q_EMIT happened(QStringLiteral("action.executed"),
                    jsonObject({{"case", Json(caseId)},
                                {"decision_id", Json(decisionId)},
                                {"effect", Json(QStringLiteral("executed"))},
                                {"text", Json(text)},
                                {"at", now()}}));
    if (kind != u"respond") {
        QTimer::singleShot(m_settings.outcomeDelayMs, this,
                           [this, caseId, decisionId, kind]() -> void {
                               reportOutcome(caseId, decisionId, kind);
                           });
    }
}

void DemoAgent::reportOutcome(const QString &caseId, const QString &decisionId, const QString &kind)
{
    const Entry &entry = m_entries[caseId];
    // An edit mends what was wrong; refusing what was right is what goes badly.
    const bool refused = kind == u"reject" || kind == u"ignore";
    const bool good = kind == u"edit" || entry.draft.right != refused;
    const Json &texts = entry.draft.script[u"outcomes"][refused ? u"reject" : u"approve"];
    const QString text = fillText(texts[good ? u"good" : u"bad"].toString(), entry.draft.vars);
    const Json report
        = jsonObject({{"case", Json(caseId)},
                      {"decision_id", decisionId.isEmpty() ? Json() : Json(decisionId)},
                      {"outcome", Json(good ? QStringLiteral("good") : QStringLiteral("bad"))},
                      {"text", Json(text)},
                      {"at", now()}});
    m_journal->write(QStringLiteral("outcome"), report);
    Q_EMIT happened(QStringLiteral("outcome.reported"), report);
}

void DemoAgent::proposeAgain(const QString &caseId, const QString &guidance)
{
    Draft draft = m_entries[caseId].draft;
    draft.vars.set(QStringLiteral("guidance"), Json(guidance));
    const Json revision = fill(draft.script[u"revision"], draft.vars);
    Json arguments = draft.content[u"arguments"];
    for (const auto &[key, value] : revision[u"arguments"].members()) {
        arguments.set(key, value);
    }
    for (const auto &[key, value] : revision.members()) {
        draft.content.set(key, key == u"arguments" ? arguments : value);
    }
    const QString before = draft.content[u"reasoning"].toString();
    draft.content.set(QStringLiteral("reasoning"),
                      Json(QStringLiteral("You sent this back: \"%1\". %2").arg(guidance, before)));
    draft.right = true; // a person's guidance was taken up
    draft.createdMs = systemClock.nowMs();
    draft.content.set(QStringLiteral("created_at"), now());
    add(draft, caseId);
}

bool DemoAgent::change(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    const qint64 revision = found->wire[u"revision"].toInteger() + 1;
    const Json arguments = found->wire[u"arguments"];
    for (const auto &[key, value] : arguments.members()) {
        const auto amount = value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
        if (amount) {
            Json changed = arguments;
            changed.set(
                key,
                Json::number((*amount + *Decimal::parse(QByteArray("10"))).toString().toLatin1()));
            found->wire.set(QStringLiteral("arguments"), changed);
            break;
        }
    }
    found->wire.set(QStringLiteral("revision"), Json(revision));
    found->wire.set(QStringLiteral("question"),
                    Json(found->draft.content[u"question"].toString()
                         + QStringLiteral(" (corrected, revision %1)").arg(revision)));
    refresh(*found);
    m_journal->write(QStringLiteral("change"),
                     jsonObject({{"case", Json(id)}, {"digest", found->wire[u"digest"]}}));
    Q_EMIT happened(QStringLiteral("case.changed"), found->wire);
    return true;
}

void DemoAgent::close(Entry &entry, const QString &state, const QString &text)
{
    entry.wire.set(QStringLiteral("state"), Json(state));
    Q_EMIT happened(
        QStringLiteral("case.withdrawn"),
        jsonObject({{"case", entry.wire[u"id"]}, {"reason", Json(state)}, {"text", Json(text)}}));
}

bool DemoAgent::withdraw(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    close(*found, QStringLiteral("withdrawn"),
          QStringLiteral("The request was taken back before anybody answered."));
    return true;
}

bool DemoAgent::expire(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    close(*found, QStringLiteral("expired"),
          QStringLiteral("Nobody answered in time; nothing was done."));
    return true;
}

void DemoAgent::expireOverdue()
{
    const qint64 nowMs = systemClock.nowMs();
    for (Entry &entry : m_entries) {
        if (entry.wire[u"when_due"].toString() == u"expire" && entry.draft.dueMs
            && *entry.draft.dueMs <= nowMs && entry.wire[u"state"].toString() == u"waiting") {
            close(entry, QStringLiteral("expired"),
                  QStringLiteral("Nobody answered in time; nothing was done."));
        }
    }
}

Json DemoAgent::counts() const
{
    Json effects = Json::object();
    for (auto it = m_effects.cbegin(); it != m_effects.cend(); ++it) {
        effects.set(it.key(), Json(it.value()));
    }
    return jsonObject({{"cases", Json(qint64(m_order.size()))},
                       {"decisions", Json(qint64(m_taken.size()))},
                       {"effects", effects}});
}

} // namespace countersign::demo
