// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"
#include "app/demo/decisioncheck.h"
#include "app/demo/redraft.h"
#include "domain/clock.h"

namespace countersign::demo {

namespace {

Json now()
{
    return Json(isoTime(SystemClock().nowMs()));
}

Json withPart(Json report, const Entry &entry, int part)
{
    if (entry.parts() > 1) {
        report.set(QStringLiteral("part"), Json(part));
    }
    return report;
}

} // namespace

void DemoAgent::schedule(const QString &caseId, int part)
{
    const Entry &entry = m_entries[caseId];
    const bool sentBack = entry.decisions.items().at(part - 1)[u"kind"].toString() == u"respond";
    if (!entry.receipts.items().at(part - 1).contains(u"effect")) {
        QTimer::singleShot(m_settings.effectDelayMs, this,
                           [this, caseId, part]() -> void { act(caseId, part); });
    } else if (!sentBack && !entry.told.contains(part)) {
        QTimer::singleShot(m_settings.outcomeDelayMs, this,
                           [this, caseId, part]() -> void { reportOutcome(caseId, part); });
    }
    if (sentBack && !entry.askedAgain.contains(part)) {
        QTimer::singleShot(m_settings.revisionDelayMs, this,
                           [this, caseId, part]() -> void { proposeAgain(caseId, part); });
    }
}

void DemoAgent::act(const QString &caseId, int part)
{
    Entry &entry = m_entries[caseId];
    if (isStopped(entry.wire[u"agent"].toString())) {
        QTimer::singleShot(m_settings.effectDelayMs, this,
                           [this, caseId, part]() -> void { act(caseId, part); });
        return;
    }
    const Json decision = entry.decisions.items().at(part - 1);
    const Json asked = entry.partOf(part);
    const QString kind = decision[u"kind"].toString();
    const Json arguments = kind == u"edit" ? decision[u"arguments"] : asked[u"arguments"];
    Json vars = entry.draft.vars;
    vars.set(QStringLiteral("args"), arguments);
    vars.set(QStringLiteral("message"), decision[u"message"]);
    const Json effects = entry.scriptOf(part)[u"effects"];
    const QString text = fillText(
        (kind == u"edit" && !effects.contains(kind) ? effects[u"approve"] : effects[kind])
            .toString(),
        vars);

    ++m_effects[decision[u"id"].toString()];
    const bool runs = kind == u"approve" || kind == u"edit";
    Json done = jsonObject({{"case", Json(caseId)},
                            {"decision", decision[u"id"]},
                            {"kind", Json(kind)},
                            {"action", asked[u"action"]},
                            {"ran", Json(runs)},
                            {"arguments", runs ? arguments : Json()},
                            {"text", Json(text)}});
    if (runs && asked.contains(u"artifact")) { // what went out
        done.set(QStringLiteral("artifact"),
                 decision.contains(u"artifact") ? decision[u"artifact"]
                                                : asked[u"artifact"][u"content"]);
    }
    m_journal->write(QStringLiteral("effect"), withPart(done, entry, part));
    const Json effect = jsonObject(
        {{"effect", Json(QStringLiteral("executed"))}, {"text", Json(text)}, {"at", now()}});
    Json::Array receipts = entry.receipts.items();
    receipts[part - 1].set(QStringLiteral("effect"), effect);
    entry.receipts = Json::array(receipts);
    save();
    Json report = jsonObject({{"case", Json(caseId)}, {"decision_id", decision[u"id"]}});
    for (const auto &[key, value] : effect.members()) {
        report.set(key, value);
    }
    Q_EMIT happened(QStringLiteral("action.executed"), withPart(report, entry, part));
    if (kind != u"respond") {
        schedule(caseId, part);
    }
}

void DemoAgent::reportOutcome(const QString &caseId, int part)
{
    Entry &entry = m_entries[caseId];
    const Json decision = entry.decisions.items().at(part - 1);
    const QString kind = decision[u"kind"].toString();
    // An edit mends what was wrong; refusing what was right is what goes badly.
    const bool refused = kind == u"reject" || kind == u"ignore";
    const Json script = entry.scriptOf(part);
    const bool right = script[u"right"].isBool() ? script[u"right"].toBool() : entry.draft.right;
    const bool good = kind == u"edit" || right != refused;
    const Json &texts = script[u"outcomes"][refused ? u"reject" : u"approve"];
    const QString text = fillText(texts[good ? u"good" : u"bad"].toString(), entry.draft.vars);
    const Json report = withPart(
        jsonObject({{"case", Json(caseId)},
                    {"decision_id", decision[u"id"]},
                    {"outcome", Json(good ? QStringLiteral("good") : QStringLiteral("bad"))},
                    {"text", Json(text)},
                    {"at", now()}}),
        entry, part);
    entry.told.insert(part);
    save();
    m_journal->write(QStringLiteral("outcome"), report);
    Q_EMIT happened(QStringLiteral("outcome.reported"), report);
}

QString DemoAgent::perform(const QString &kind)
{
    const qint64 nowMs = SystemClock().nowMs();
    Entry dealt{.draft = kind.isEmpty() ? m_catalog.deal(nowMs) : m_catalog.deal(kind, nowMs)};
    while (dealt.parts() > 1) { // several actions at once are always asked about
        dealt.draft = m_catalog.deal(nowMs);
    }
    return performDraft(dealt.draft);
}

QString DemoAgent::performDraft(const Draft &draft)
{
    const QString id = QStringLiteral("act-%1").arg(++m_next);
    Entry entry{.draft = draft,
                .wire = jsonObject({{"id", Json(id)},
                                    {"revision", Json(1)},
                                    {"state", Json(QStringLiteral("executed"))}})};
    for (const auto &[key, value] : entry.draft.content.members()) {
        entry.wire.set(key, value);
    }
    entry.wire.set(QStringLiteral("allowed"), Json::array());
    entry.wire.set(QStringLiteral("created_at"), now());
    for (const char *name : {"due", "when_due"}) {
        entry.wire.set(QString::fromLatin1(name), Json());
    }
    entry.refresh();
    m_entries.insert(id, entry);
    m_order.append(id);
    save();

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
                       [this, id]() -> void { reportPerformed(id); });
    return id;
}

void DemoAgent::reportPerformed(const QString &id)
{
    const Entry &entry = m_entries[id];
    const bool good = entry.draft.right;
    const Json &texts = entry.draft.script[u"outcomes"][u"approve"];
    const QString text = fillText(texts[good ? u"good" : u"bad"].toString(), entry.draft.vars);
    const Json report
        = jsonObject({{"case", Json(id)},
                      {"decision_id", Json()},
                      {"outcome", Json(good ? QStringLiteral("good") : QStringLiteral("bad"))},
                      {"text", Json(text)},
                      {"at", now()}});
    m_journal->write(QStringLiteral("outcome"), report);
    Q_EMIT happened(QStringLiteral("outcome.reported"), report);
}

namespace {

/// By what the file's script says: another question, other arguments.
void applyRevision(Draft &draft)
{
    const Json revision = fill(draft.script[u"revision"], draft.vars);
    Json arguments = draft.content[u"arguments"];
    for (const auto &[key, value] : revision[u"arguments"].members()) {
        arguments.set(key, value);
    }
    for (const auto &[key, value] : revision.members()) {
        draft.content.set(key, key == u"arguments" ? arguments : value);
    }
}

/// By what the reviewer said and wrote; what was done about it.
QString applyWork(Draft &draft, const Json &decision)
{
    const auto artifact = Artifact::fromJson(draft.content[u"artifact"]);
    if (!artifact) {
        applyRevision(draft);
        return {};
    }
    const Redraft next = redraft({.artifact = *artifact,
                                  .work = workOf(decision),
                                  .guidance = decision[u"message"].toString(),
                                  .reason = draft.vars[u"reasoning"].toString()});
    draft.content.set(QStringLiteral("artifact"), next.artifact.toJson());
    return (next.done + next.left).join(u' ');
}

} // namespace

void DemoAgent::proposeAgain(const QString &caseId, int part)
{
    Entry &entry = m_entries[caseId];
    entry.askedAgain.insert(part);
    const QString guidance = entry.decisions.items().at(part - 1)[u"message"].toString();
    Draft draft = entry.draft;
    draft.script = entry.scriptOf(part);
    draft.script.remove(u"right"); // a person's guidance is taken up
    draft.content = entry.partOf(part);
    for (const char16_t *own : {u"id", u"revision", u"state", u"digest", u"decision", u"follows"}) {
        draft.content.remove(own);
    }
    // The reasoning of the first time; what was said since stands before it.
    if (!draft.vars.contains(u"reasoning")) {
        draft.vars.set(QStringLiteral("reasoning"), draft.content[u"reasoning"]);
    }
    const QString followed = applyWork(draft, entry.decisions.items().at(part - 1));
    QStringList said{guidance.isEmpty()
                         ? QStringLiteral("You sent this back with comments.")
                         : QStringLiteral("You sent this back: “%1”").arg(guidance),
                     followed, draft.vars[u"reasoning"].toString()};
    said.removeAll(QString());
    draft.content.set(QStringLiteral("reasoning"), Json(said.join(u' ')));
    draft.right = true;
    draft.createdMs = SystemClock().nowMs();
    draft.content.set(QStringLiteral("created_at"), now());
    add(draft, caseId);
}

} // namespace countersign::demo
