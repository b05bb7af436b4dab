// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliveryrecords.h"

#include "domain/clock.h"
#include "domain/translate.h"
#include "endpoints/backoff.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"
#include "services/intakerules.h"

#include <QRandomGenerator>

#include <algorithm>

namespace countersign {

namespace {

using Outcome = DeliveryReport::Outcome;

QString member(const char *name)
{
    return QString::fromLatin1(name);
}

/// The cases of an entry by part, each still with the decision that the entry carries.
Result<QList<Case>> casesOf(Transaction &transaction, const OutboxEntry &entry)
{
    QList<Case> cases;
    for (const CaseId &id : entry.cases) {
        auto subject = existingCase(transaction, id);
        if (!subject) {
            return tl::unexpected<Error>(subject.error());
        }
        cases.append(std::move(*subject));
    }
    return cases;
}

bool isAsDecided(const OutboxEntry &entry, const QList<Case> &cases)
{
    return std::all_of(cases.cbegin(), cases.cend(), [&](const Case &subject) -> bool {
        return subject.decision && entry.decisions.contains(subject.decision->id)
            && subject.decision->digest == subject.digest;
    });
}

Result<void> appendForEach(Transaction &transaction, const char *kind, const Dispatch &dispatch,
                           const Json &fields, const std::optional<Json> &payload)
{
    for (const AnsweredPart &part : dispatch.parts) {
        const auto decision = transaction.decisionById(part.decision);
        if (!decision) {
            return tl::unexpected<Error>(decision.error());
        }
        const auto subject = existingCase(transaction, *decision ? (*decision)->caseId : CaseId());
        if (!subject) {
            return tl::unexpected<Error>(subject.error());
        }
        EventDraft draft = caseEvent(kind, Actor::system(), *subject);
        draft.decision = part.decision;
        draft.fields = fields;
        draft.payload = payload;
        if (const auto appended = transaction.append(draft); !appended) {
            return tl::unexpected<Error>(appended.error());
        }
    }
    return {};
}

/// The time that had not passed when this was decided, and has now; nothing where there is none.
std::optional<qint64> missedMs(const Case &subject, qint64 nowMs)
{
    const auto missed = [&](const std::optional<qint64> &atMs) -> bool {
        return atMs && subject.decision && subject.decision->decidedMs < *atMs && *atMs <= nowMs;
    };
    if (missed(subject.proposal.dueMs)) {
        return subject.proposal.dueMs;
    }
    return subject.terms.atZero == u"reject" && missed(subject.terms.zeroMs) ? subject.terms.zeroMs
                                                                             : std::nullopt;
}

/// A decision that is too late asks the person again, and policy does not answer in their place.
Result<void> expire(Transaction &transaction, const OutboxEntry &entry, const Case &subject,
                    qint64 dueMs, bool first)
{
    const qint64 nowMs = transaction.nowMs();
    const auto zeroMs = subject.terms.zeroMs;
    EventDraft draft = caseEvent(event::decisionExpired, Actor::system(), subject);
    draft.decision = subject.decision->id;
    draft.fields = Json::object({{member("due_ms"), Json(dueMs)}});
    if (first) {
        draft.fields.set(member("outbox"), Json(entry.id.toString()));
    }
    if (subject.terms.atZero == u"reject" && zeroMs && *zeroMs <= nowMs) {
        draft.fields.set(member("zero_ms"), Json(*zeroMs));
    }
    const QString text
        = tr("“%1” by %2 was not sent: it was still held when the time ran out at %3. Decide "
             "again.")
              .arg(toWord(subject.decision->kind), subject.decision->personName, isoTime(dueMs));
    draft.payload = textPayload(text);
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    Gate gate{.disposition = subject.disposition,
              .queue = subject.queue,
              .reasons = subject.gateReasons,
              .policy = subject.policyVersion,
              .terms = subject.terms};
    if (!gate.isAutomatic()) {
        return {};
    }
    toPerson(gate, text);
    const auto asked = existingCase(transaction, subject.id);
    if (!asked) {
        return tl::unexpected<Error>(asked.error());
    }
    return transaction.append(gatedEvent(Actor::policy(subject.policyVersion), *asked, gate))
        .map([](const EventRecord &) -> void {});
}

/// Whether a time ran out while the answer was held or could not be sent: then all of it is held
/// back. What may have taken effect already is settled with the endpoint first.
Result<bool> isHeldBack(Transaction &transaction, const OutboxEntry &entry,
                        const QList<Case> &cases)
{
    std::optional<qint64> dueMs;
    for (const Case &subject : cases) {
        const auto missed = missedMs(subject, transaction.nowMs());
        dueMs = missed && (!dueMs || *missed < *dueMs) ? missed : dueMs;
    }
    if (!dueMs || entry.maybeSent) {
        return false;
    }
    bool first = true;
    for (const Case &subject : cases) {
        const auto expired
            = expire(transaction, entry, subject, *dueMs, std::exchange(first, false));
        if (!expired) {
            return tl::unexpected<Error>(expired.error());
        }
    }
    return true;
}

Result<std::optional<Dispatch>> prepare(Transaction &transaction, const OutboxId &id,
                                        const QList<StopOrder> &stops)
{
    const auto found = transaction.outboxById(id);
    if (!found) {
        return tl::unexpected<Error>(found.error());
    }
    const bool open = *found
        && ((*found)->state == OutboxState::Held || (*found)->state == OutboxState::Sending);
    if (!open || (*found)->dueMs > transaction.nowMs()) {
        return std::nullopt;
    }
    const OutboxEntry &entry = **found;
    if (isStopped(entry, stops)) {
        return std::nullopt;
    }
    const auto cases = casesOf(transaction, entry);
    if (!cases) {
        return tl::unexpected<Error>(cases.error());
    }
    const bool repair = entry.kind == OutboxEntry::Kind::Repair;
    if (!repair && !isAsDecided(entry, *cases)) {
        return std::nullopt;
    }
    const auto heldBack = repair ? Result<bool>(false) : isHeldBack(transaction, entry, *cases);
    if (!heldBack || *heldBack) {
        return heldBack ? Result<std::optional<Dispatch>>(std::nullopt)
                        : tl::unexpected<Error>(heldBack.error());
    }
    Dispatch dispatch{.id = entry.id, .repair = repair, .answer = entry.answer};
    dispatch.attempt = entry.attempts + 1;
    dispatch.maybeSent = entry.maybeSent || repair;
    for (const Case &subject : *cases) {
        dispatch.parts.append(answeredPart(subject));
        dispatch.digests.append(subject.digest);
        dispatch.reviewer = subject.decision ? subject.decision->personName : QString();
    }
    return dispatch;
}

Result<void> recordDelay(Transaction &transaction, const Dispatch &dispatch,
                         const DeliveryReport &report)
{
    const bool unknown = report.outcome == Outcome::Unknown;
    const double jitter = QRandomGenerator::global()->generateDouble();
    const qint64 pause
        = std::max(report.retryAfterMs.value_or(0), backoffMs(dispatch.attempt, jitter));
    const Json fields = Json::object(
        {{member("outbox"), Json(dispatch.id.toString())},
         {member("attempt"), Json(dispatch.attempt)},
         {member("next_ms"), Json(transaction.nowMs() + pause)},
         {member("code"), Json(unknown ? member("outcome_unknown") : member("retry"))},
         {member("unknown"), Json(unknown)}});
    return appendForEach(transaction, event::decisionDelayed, dispatch, fields,
                         textPayload(report.text, report.detail));
}

Result<void> recordRepair(Transaction &transaction, const Dispatch &dispatch,
                          const DeliveryReport &report)
{
    const auto entry = transaction.outboxById(dispatch.id);
    if (!entry || !*entry || (*entry)->cases.isEmpty()) {
        return entry ? Result<void>() : tl::unexpected<Error>(entry.error());
    }
    const auto subject = existingCase(transaction, (*entry)->cases.first());
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    EventDraft draft
        = caseEvent(report.outcome == Outcome::Delivered ? event::repairDone : event::repairFailed,
                    Actor::system(), *subject);
    draft.fields = Json::object({{member("outbox"), Json(dispatch.id.toString())}});
    draft.payload = textPayload(report.text, report.detail);
    const auto appended = transaction.append(draft);
    return appended ? Result<void>() : tl::unexpected<Error>(appended.error());
}

Result<void> recordEnd(Transaction &transaction, const Dispatch &dispatch,
                       const DeliveryReport &report)
{
    const char *kind = report.outcome == Outcome::Delivered ? event::decisionDelivered
        : report.outcome == Outcome::Failed                 ? event::decisionFailed
                                                            : event::decisionSuperseded;
    Json payload = textPayload(report.text, report.detail);
    if (!report.receipt.isNull()) {
        payload.set(member("receipt"), report.receipt);
    }
    return appendForEach(transaction, kind, dispatch,
                         Json::object({{member("outbox"), Json(dispatch.id.toString())}}), payload);
}

Result<void> takeSeen(Transaction &transaction, const EndpointId &id, const Dispatch &dispatch,
                      const DeliveryReport &report, const PolicyDesk *desk)
{
    const auto endpoints = transaction.endpoints();
    if (!endpoints) {
        return tl::unexpected<Error>(endpoints.error());
    }
    QSet<CaseId> changed;
    if (report.outcome == Outcome::Changed) {
        for (const AnsweredPart &part : dispatch.parts) {
            const auto decision = transaction.decisionById(part.decision);
            if (!decision) {
                return tl::unexpected<Error>(decision.error());
            }
            if (*decision) {
                changed.insert((*decision)->caseId);
            }
        }
    }
    for (const Endpoint &endpoint : *endpoints) {
        if (endpoint.id == id) {
            // Read after the answer, so nothing in it is older; it speaks for its lane, not for the
            // whole endpoint.
            Observation seen = report.seen;
            seen.begunMs.reset();
            seen.open.reset();
            return IntakeRules(transaction, endpoint, seen, changed, desk).takeAll();
        }
    }
    return {};
}

} // namespace

bool isStopped(const OutboxEntry &entry, const QList<StopOrder> &stops)
{
    return std::any_of(entry.agents.cbegin(), entry.agents.cend(),
                       [&](const QString &agent) -> bool {
                           return stopFor(stops, entry.endpoint, agent).has_value();
                       });
}

Result<QList<Dispatch>> recordSending(Transaction &transaction, const QList<OutboxId> &entries,
                                      const PolicyDesk *desk)
{
    auto stops = transaction.stops();
    if (!stops) {
        return tl::unexpected<Error>(stops.error());
    }
    if (desk != nullptr) {
        *stops += desk->pendingStops();
    }
    QList<Dispatch> dispatches;
    for (const OutboxId &id : entries) {
        const auto prepared = prepare(transaction, id, *stops);
        if (!prepared) {
            return tl::unexpected<Error>(prepared.error());
        }
        if (!*prepared) {
            continue;
        }
        const Dispatch &dispatch = **prepared;
        const auto recorded = dispatch.repair
            ? Result<void>()
            : appendForEach(transaction, event::decisionSent, dispatch,
                            Json::object({{member("outbox"), Json(id.toString())},
                                          {member("attempt"), Json(dispatch.attempt)}}),
                            std::nullopt);
        if (!recorded) {
            return tl::unexpected<Error>(recorded.error());
        }
        dispatches.append(dispatch);
    }
    return dispatches;
}

Result<void> recordReport(Transaction &transaction, const EndpointId &endpoint,
                          const Dispatch &dispatch, const DeliveryReport &report,
                          const PolicyDesk *desk)
{
    const auto record = [&]() -> Result<void> {
        if (dispatch.repair) {
            return recordRepair(transaction, dispatch, report);
        }
        return report.outcome == Outcome::Retry || report.outcome == Outcome::Unknown
            ? recordDelay(transaction, dispatch, report)
            : recordEnd(transaction, dispatch, report);
    };
    if (const auto recorded = record(); !recorded) {
        return recorded;
    }
    return takeSeen(transaction, endpoint, dispatch, report, desk);
}

} // namespace countersign
