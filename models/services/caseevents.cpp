// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/caseevents.h"

#include "domain/displaytext.h"
#include "domain/shape.h"
#include "policy/gate.h"

namespace countersign {

namespace {

constexpr qint64 maxInteger = (qint64(1) << 53) - 1;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

EventDraft caseEvent(const char *kind, const Actor &actor, const Case &subject)
{
    return {.kind = key(kind),
            .actor = actor,
            .caseId = subject.id,
            .endpoint = subject.endpoint,
            .agent = shortName(subject.proposal.agent),
            .action = shortName(subject.proposal.action),
            .risk = subject.proposal.risk};
}

EventDraft proposalEvent(const char *kind, const Actor &actor, const CaseId &id,
                         const EndpointId &endpoint, const Proposal &proposal, int occurrence)
{
    const Gate gated = gate(proposal);
    Json fields = Json::object({{key("question"), Json(proposal.source.question)},
                                {key("part"), Json(proposal.source.part)},
                                {key("of"), Json(proposal.source.of)},
                                {key("occurrence"), Json(occurrence)},
                                {key("digest"), Json(proposal.digest())},
                                {key("shape"), Json(shapeOf(proposal.arguments))},
                                {key("allowed"), Json::fromStrings(toWords(proposal.allowed))},
                                {key("dialect"), Json(shortName(proposal.dialect))},
                                {key("disposition"), Json(toWord(gated.disposition))},
                                {key("policy"), Json(gated.policy)},
                                {key("queue"), Json(gated.queue)},
                                {key("reversibility"), Json(toWord(proposal.reversibility))}});
    if (!proposal.caseType.isEmpty()) {
        fields.set(key("case_type"), Json(shortName(proposal.caseType)));
    }
    if (proposal.confidence) {
        fields.set(key("confidence"), Json(proposal.confidence->toString()));
    }
    if (proposal.impact.amount) {
        fields.set(key("amount"), Json(proposal.impact.amount->toString()));
    }
    if (!proposal.impact.currency.isEmpty()) {
        fields.set(key("currency"), Json(shortName(proposal.impact.currency)));
    }
    if (proposal.dueMs && qAbs(*proposal.dueMs) <= maxInteger) {
        fields.set(key("due_ms"), Json(*proposal.dueMs));
    }
    EventDraft draft{.kind = key(kind),
                     .actor = actor,
                     .caseId = id,
                     .endpoint = endpoint,
                     .agent = shortName(proposal.agent),
                     .action = shortName(proposal.action),
                     .risk = proposal.risk};
    draft.fields = fields;
    draft.payload = Json::object({{key("proposal"), proposal.toJson()},
                                  {key("gate_reasons"), Json::fromStrings(gated.reasons)}});
    draft.reportedMs = proposal.reportedMs;
    return draft;
}

Json textPayload(const QString &text, const QString &detail)
{
    Json payload = Json::object({{key("text"), Json(text)}});
    if (!detail.isEmpty()) {
        payload.set(key("detail"), Json(detail));
    }
    return payload;
}

} // namespace countersign
