// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/caseevents.h"

#include "domain/displaytext.h"
#include "domain/json.h"
#include "domain/shape.h"

#include <QRegularExpression>

namespace countersign {

namespace {

constexpr qint64 maxInteger = (qint64(1) << 53) - 1;
constexpr qsizetype mostSections = 32;

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
    return proposalEvent(kind, actor, id, endpoint, proposal, occurrence, gate(proposal));
}

EventDraft proposalEvent(const char *kind, const Actor &actor, const CaseId &id,
                         const EndpointId &endpoint, const Proposal &proposal, int occurrence,
                         const Gate &gated)
{
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
    if (gated.terms.zeroMs && qAbs(*gated.terms.zeroMs) <= maxInteger) {
        fields.set(key("zero_ms"), Json(*gated.terms.zeroMs));
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
    if (gated.terms != GateTerms()) {
        draft.payload->set(key("terms"), gated.terms.toJson());
    }
    draft.reportedMs = proposal.reportedMs;
    return draft;
}

EventDraft gatedEvent(const Actor &actor, const Case &subject, const Gate &gated)
{
    EventDraft draft = caseEvent(event::caseGated, actor, subject);
    draft.fields = Json::object({{key("disposition"), Json(toWord(gated.disposition))},
                                 {key("policy"), Json(gated.policy)},
                                 {key("queue"), Json(gated.queue)}});
    if (const auto next = nextStepMs(gated.terms, subject.zeroPassedMs)) {
        draft.fields.set(key("zero_ms"), Json(*next));
    }
    draft.payload = Json::object({{key("gate_reasons"), Json::fromStrings(gated.reasons)}});
    if (gated.terms != GateTerms()) {
        draft.payload->set(key("terms"), gated.terms.toJson());
    }
    return draft;
}

std::optional<qint64> nextStepMs(const GateTerms &terms, qint64 passedMs)
{
    if (terms.path.isEmpty()) {
        return terms.zeroMs && *terms.zeroMs > passedMs && qAbs(*terms.zeroMs) <= maxInteger
            ? terms.zeroMs
            : std::nullopt;
    }
    for (const auto &[atMs, queue] : terms.path) {
        if (atMs > passedMs && qAbs(atMs) <= maxInteger) {
            return atMs;
        }
    }
    return std::nullopt;
}

void addLook(Json &fields, const std::optional<Look> &look)
{
    if (!look) {
        return;
    }
    static const QRegularExpression word(QStringLiteral("^[a-z_]{1,32}$"));
    QStringList opened;
    for (const QString &section : look->opened) {
        if (opened.size() < mostSections && !opened.contains(section)
            && word.match(section).hasMatch()) {
            opened.append(section);
        }
    }
    fields.set(key("look_ms"), Json(qBound<qint64>(0, look->lookMs, maxInteger)));
    fields.set(key("size"), Json(qBound<qint64>(0, look->size, maxInteger)));
    fields.set(key("opened"), Json::fromStrings(opened));
    fields.set(key("streak"), Json(qMax(1, look->streak)));
    fields.set(key("blind"), Json(look->blind));
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
