// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/decisionrules.h"

#include "domain/authority.h"
#include "domain/translate.h"
#include "policy/gate.h"
#include "services/approvals.h"
#include "services/caseevents.h"
#include "services/decisionchecks.h"
#include "services/knownanswers.h"

#include <QUuid>

#include <algorithm>

namespace countersign {

namespace {

const char *eventKind(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
        return event::decisionApprove;
    case DecisionKind::Edit:
        return event::decisionEdit;
    case DecisionKind::Reject:
        return event::decisionReject;
    case DecisionKind::Respond:
        return event::decisionRespond;
    case DecisionKind::Ignore:
        return event::decisionIgnore;
    }
    Q_UNREACHABLE();
}

EventDraft decisionEvent(const Case &subject, const DecisionRequest &request, const Actor &actor,
                         const DecisionReceipt &receipt, const QString &batch)
{
    const Source &source = subject.proposal.source;
    EventDraft draft = caseEvent(eventKind(request.kind), actor, subject);
    draft.decision = receipt.id;
    draft.fields = Json::object({{QStringLiteral("digest"), Json(subject.digest)},
                                 {QStringLiteral("question"), Json(source.question)},
                                 {QStringLiteral("occurrence"), Json(subject.occurrence)},
                                 {QStringLiteral("part"), Json(source.part)},
                                 {QStringLiteral("of"), Json(source.of)},
                                 {QStringLiteral("send_at_ms"), Json(receipt.sendAtMs)}});
    if (!batch.isEmpty()) {
        draft.fields.set(QStringLiteral("batch"), Json(batch));
    }
    if (!request.reasonCode.isEmpty()) {
        draft.fields.set(QStringLiteral("reason_code"), Json(request.reasonCode));
    }
    addLook(draft.fields, request.look);
    Json payload = Json::object();
    if (request.arguments) {
        payload.set(QStringLiteral("arguments"), *request.arguments);
    }
    if (!request.work.isEmpty()) {
        payload.set(QStringLiteral("artifact_work"), request.work.toJson());
    }
    if (!request.message.isEmpty()) {
        payload.set(QStringLiteral("message"), Json(request.message));
    }
    if (!payload.members().isEmpty()) {
        draft.payload = payload;
    }
    return draft;
}

/// The answer to a question whose parts are all decided: its bytes are frozen here.
Result<void> queueAnswer(Transaction &transaction, const QList<Case> &parts, const Case &last,
                         const Protocol &protocol, qint64 sendAtMs)
{
    QList<AnsweredPart> answered;
    Json decisions = Json::array();
    for (const Case &part : parts) {
        answered.append(answeredPart(part));
        decisions.append(Json(answered.last().decision.toString()));
    }
    const auto answer = protocol.encode(answered);
    const auto outbox = transaction.nextOutboxId();
    if (!answer || !outbox) {
        return tl::unexpected<Error>(answer ? outbox.error() : answer.error());
    }
    EventDraft draft = caseEvent(event::answerQueued, Actor::system(), last);
    draft.fields = Json::object({{QStringLiteral("outbox"), Json(outbox->toString())},
                                 {QStringLiteral("question"), Json(last.proposal.source.question)},
                                 {QStringLiteral("occurrence"), Json(last.occurrence)},
                                 {QStringLiteral("lane"), Json(last.proposal.source.lane)},
                                 {QStringLiteral("decisions"), decisions},
                                 {QStringLiteral("send_at_ms"), Json(sendAtMs)}});
    draft.payload = Json::object({{QStringLiteral("answer"), Json(QString::fromUtf8(*answer))}});
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    return {};
}

/// The longest that any part asks for.
qint64 holdOf(const QList<Case> &parts)
{
    qint64 longest = 0;
    for (const Case &part : parts) {
        longest = std::max(longest, part.terms.holdMs.value_or(holdMs(part.proposal.risk)));
    }
    return longest;
}

} // namespace

qint64 holdMs(Risk risk)
{
    switch (risk) {
    case Risk::Low:
        return 5'000;
    case Risk::Medium:
        return 10'000;
    case Risk::High:
    case Risk::Unknown:
        return 30'000;
    }
    Q_UNREACHABLE();
}

Result<Case> existingCase(Transaction &transaction, const CaseId &id)
{
    auto subject = transaction.caseById(id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    if (!*subject) {
        return fail(ErrorCode::NotFound, tr("There is no case %1.").arg(id.toString()));
    }
    return std::move(**subject);
}

Result<Actor> enrolledPerson(Transaction &transaction, const PersonId &id)
{
    const auto persons = transaction.persons();
    if (!persons) {
        return tl::unexpected<Error>(persons.error());
    }
    for (const Person &person : *persons) {
        if (person.id == id) {
            return Actor::person(person.id, person.name);
        }
    }
    return fail(ErrorCode::NotAllowed, tr("Only enrolled people can do this."));
}

Result<Actor> enrolledLead(Transaction &transaction, const PersonId &id, const QString &refusal)
{
    auto actor = enrolledPerson(transaction, id);
    const auto persons = transaction.persons();
    if (!actor || !persons) {
        return tl::unexpected<Error>(actor ? persons.error() : actor.error());
    }
    return hasRole(*persons, id, QStringLiteral("lead"))
        ? actor
        : Result<Actor>(fail(ErrorCode::NotAllowed, refusal));
}

AnsweredPart answeredPart(const Case &subject)
{
    AnsweredPart part;
    part.proposal = subject.proposal;
    if (subject.decision) {
        part.decision = subject.decision->id;
        part.kind = subject.decision->kind;
        part.arguments = subject.decision->arguments;
        part.work = subject.decision->work;
        part.message = subject.decision->message;
        part.reasonCode = subject.decision->reasonCode;
    }
    return part;
}

bool reasonIsNeeded(const Case &subject, DecisionKind kind)
{
    return kind != DecisionKind::Respond
        && subject.terms.typedReason.value_or(needsReason(subject.proposal));
}

namespace {

/// Appends a decision that has been checked and, where its question is complete, its answer.
/// `draft` gets what only its actor can say.
Result<DecisionReceipt> append(Transaction &transaction, const Case &subject,
                               const DecisionRequest &request, const Actor &actor,
                               const Protocol &protocol, const BatchMark &batch,
                               const std::function<void(EventDraft &)> &complete)
{
    const Source &source = subject.proposal.source;
    auto parts = transaction.casesOfQuestion(subject.endpoint, source.question, subject.occurrence);
    if (!parts) {
        return tl::unexpected<Error>(parts.error());
    }
    DecisionReceipt receipt{
        .id = DecisionId(QStringLiteral("d-") + QUuid::createUuid().toString(QUuid::WithoutBraces)),
        .of = source.of};
    receipt.sendAtMs = std::max(batch.heldUntilMs,
                                transaction.nowMs() + (request.skipHold ? 0 : holdOf(*parts)));
    EventDraft decided = decisionEvent(subject, request, actor, receipt, batch.id);
    complete(decided);
    if (const auto appended = transaction.append(decided); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    parts = transaction.casesOfQuestion(subject.endpoint, source.question, subject.occurrence);
    if (!parts) {
        return tl::unexpected<Error>(parts.error());
    }
    parts->removeIf([](const Case &part) -> bool { return part.state != CaseState::Held; });
    receipt.decided = int(parts->size());
    if (receipt.decided < receipt.of) {
        receipt.state = DecisionState::WaitingForParts;
        return receipt;
    }
    std::sort(parts->begin(), parts->end(), [](const Case &a, const Case &b) -> bool {
        return a.proposal.source.part < b.proposal.source.part;
    });
    const auto queued = queueAnswer(transaction, *parts, subject, protocol, receipt.sendAtMs);
    if (!queued) {
        return tl::unexpected<Error>(queued.error());
    }
    return receipt;
}

} // namespace

Result<DecisionReceipt> recordDecision(Transaction &transaction, const DecisionRequest &request,
                                       const FindProtocol &findProtocol, const BatchMark &batch)
{
    const auto subject = existingCase(transaction, request.caseId);
    const auto actor = enrolledPerson(transaction, request.person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    const Protocol *protocol = findProtocol(subject->endpointKind);
    if (const auto checked = checkDecision(*subject, request, protocol, batch); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    const QString lack
        = lackOf(*subject, request.person, request.kind, transaction.nowMs(), request.arguments);
    if (!lack.isEmpty()) {
        return fail(ErrorCode::NotAllowed, lack);
    }
    if (subject->purpose == Purpose::KnownAnswer) {
        return recordCheckedAnswer(transaction, *subject, request, *actor);
    }
    const auto waits = recordApproval(transaction, *subject, request, *actor, batch.id);
    if (!waits || *waits) {
        return waits ? Result<DecisionReceipt>(DecisionReceipt{.approval = *waits})
                     : tl::unexpected<Error>(waits.error());
    }
    const auto own = transaction.commitment(subject->id, request.person, subject->digest);
    if (!own) {
        return tl::unexpected<Error>(own.error());
    }
    return append(transaction, *subject, request, *actor, *protocol, batch,
                  [&own](EventDraft &draft) -> void {
                      if (*own) {
                          draft.fields.set(QStringLiteral("own_answer"), Json(toWord(**own)));
                      }
                  });
}

Result<DecisionReceipt> recordPolicyDecision(Transaction &transaction,
                                             const DecisionRequest &request,
                                             const PolicyRecord &policy,
                                             const FindProtocol &findProtocol)
{
    const auto subject = existingCase(transaction, request.caseId);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const Protocol *protocol = findProtocol(subject->endpointKind);
    if (const auto checked = checkDecision(*subject, request, protocol, {}); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    if (subject->purpose != Purpose::Work || policy.event.isEmpty()) {
        return fail(ErrorCode::NotAllowed, tr("Policy does not decide about this."));
    }
    DecisionRequest atOnce = request;
    atOnce.skipHold = true;
    return append(transaction, *subject, atOnce, Actor::policy(policy.name()), *protocol, {},
                  [&policy](EventDraft &draft) -> void {
                      draft.fields.set(QStringLiteral("policy_event"), Json(policy.event));
                  });
}

Result<Carriers> openCarriers(Transaction &transaction)
{
    const auto open = transaction.outbox(true);
    if (!open) {
        return tl::unexpected<Error>(open.error());
    }
    Carriers carriers;
    for (const OutboxEntry &entry : *open) {
        for (const DecisionId &decision : entry.decisions) {
            carriers.insert(decision, entry.id);
        }
    }
    return carriers;
}

Result<void> recordWithdrawal(Transaction &transaction, const CaseId &id, const PersonId &person,
                              Carriers &carriers, const QString &batch)
{
    const auto subject = existingCase(transaction, id);
    const auto actor = enrolledPerson(transaction, person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    const auto taken = withdrawApproval(transaction, *subject, *actor, batch);
    if (!taken || *taken) {
        return taken ? Result<void>() : tl::unexpected<Error>(taken.error());
    }
    if (!subject->decision || subject->state == CaseState::Waiting) {
        return fail(ErrorCode::NotAllowed, tr("There is no decision here to undo."));
    }
    if (subject->state != CaseState::Held) {
        return fail(ErrorCode::NotAllowed,
                    tr("The decision has already left; it can no longer be undone."));
    }
    EventDraft draft = caseEvent(event::decisionWithdrawn, *actor, *subject);
    draft.decision = subject->decision->id;
    if (!batch.isEmpty()) {
        draft.fields.set(QStringLiteral("batch"), Json(batch));
    }
    if (const auto carrier = carriers.constFind(draft.decision); carrier != carriers.cend()) {
        const OutboxId entry = *carrier;
        draft.fields.set(QStringLiteral("outbox"), Json(entry.toString()));
        carriers.removeIf([&entry](const auto &it) -> bool { return it.value() == entry; });
    }
    const auto appended = transaction.append(draft);
    return appended ? Result<void>() : tl::unexpected<Error>(appended.error());
}

} // namespace countersign
