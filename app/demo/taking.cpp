// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"
#include "app/demo/decisioncheck.h"
#include "domain/clock.h"
#include "domain/trust.h"

namespace countersign::demo {

namespace {

Json winner(const Json &receipt)
{
    return jsonObject({{"decision_id", receipt[u"decision_id"]},
                       {"kind", receipt[u"kind"]},
                       {"reviewer", receipt[u"reviewer"]},
                       {"decided_at", receipt[u"accepted_at"]}});
}

} // namespace

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
    const auto body = parseJson(call.body);
    if (!body || !body->isObject()) {
        return failure(400, "bad_json",
                       body ? QStringLiteral("The decision must be an object.")
                            : body.error().text);
    }
    const Json::Array decisions
        = body->contains(u"parts") ? (*body)[u"parts"].items() : Json::Array{*body};
    for (const Json &decision : decisions) {
        const auto taken = m_decided.constFind(decision[u"id"].toString());
        if (taken != m_decided.cend()) {
            return m_entries[*taken].body == call.body
                ? Answer{200, m_entries[*taken].receipt()}
                : failure(409, "decision_id_reused",
                          QStringLiteral("This decision id came before with another content."));
        }
    }
    expireOverdue();
    if (found->wire[u"state"].toString() != u"waiting") {
        return refuseClosed(*found);
    }
    if (const auto refused = refuse(*found, decisions)) {
        return *refused;
    }
    return take(*found, call, decisions);
}

std::optional<Answer> DemoAgent::refuse(const Entry &entry, const Json::Array &decisions) const
{
    if (decisions.size() != entry.parts()) {
        return failure(
            400, "bad_decision",
            QStringLiteral("This case asks about %1 actions; decide all of them at once.")
                .arg(entry.parts()));
    }
    for (int part = 1; part <= entry.parts(); ++part) {
        if (decisions.at(part - 1)[u"digest"] != entry.partOf(part)[u"digest"]) {
            Answer answer = failure(
                409, "changed", QStringLiteral("The proposal is not the one that was decided."));
            answer.body.set(QStringLiteral("case"), entry.wire);
            return answer;
        }
    }
    for (int part = 1; part <= entry.parts(); ++part) {
        if (const auto checked = checkDecision(decisions.at(part - 1), entry.partOf(part));
            !checked) {
            return failure(400, "bad_decision", checked.error().text);
        }
    }
    return std::nullopt;
}

Answer DemoAgent::take(Entry &entry, const DecisionCall &call, const Json::Array &decisions)
{
    const Json now(isoTime(SystemClock().nowMs()));
    entry.body = call.body;
    entry.decisions = Json::array(decisions);
    for (int part = 1; part <= entry.parts(); ++part) {
        const Json &decision = decisions.at(part - 1);
        Json receipt = jsonObject({{"decision_id", decision[u"id"]},
                                   {"case", Json(call.caseId)},
                                   {"kind", decision[u"kind"]},
                                   {"digest", decision[u"digest"]},
                                   {"reviewer", Json(call.reviewer)},
                                   {"accepted_at", now}});
        if (entry.parts() > 1) {
            receipt.set(QStringLiteral("part"), Json(part));
        }
        if (!call.checkpoint.isEmpty()) {
            receipt.set(QStringLiteral("checkpoint_sha256"),
                        Json(QString::fromLatin1(sha256(call.checkpoint).toHex())));
        }
        entry.receipts.append(receipt);
        m_decided.insert(decision[u"id"].toString(), call.caseId);
    }
    if (!call.checkpoint.isEmpty()) {
        m_journal->write(QStringLiteral("checkpoint"),
                         jsonObject({{"decision", decisions.first()[u"id"]},
                                     {"note", Json(QString::fromUtf8(call.checkpoint))}}));
    }
    const Json first = winner(entry.receipts.items().first());
    entry.wire.set(QStringLiteral("state"), Json(QStringLiteral("decided")));
    entry.wire.set(QStringLiteral("decision"), first);
    writeState(); // before the answer leaves
    Q_EMIT happened(QStringLiteral("case.decided"),
                    jsonObject({{"case", Json(call.caseId)}, {"winner", first}}));
    for (int part = 1; part <= entry.parts(); ++part) {
        schedule(call.caseId, part);
    }
    return {200, entry.receipt()};
}

} // namespace countersign::demo
