// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/decisionrules.h"

#include "policy/gate.h"
#include "services/caseevents.h"
#include "services/knownanswers.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestMessage = 100'000;
constexpr qsizetype longestReason = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("Decisions", text);
}

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

tl::unexpected<Error> alreadyDecided(const Case &subject)
{
    if (!subject.decision) {
        return fail(ErrorCode::AlreadyDecided,
                    tr("This was answered elsewhere; your decision was not taken."));
    }
    const Decision &decision = *subject.decision;
    QString text
        = tr("%1 decided “%2” at %3; your decision was not taken.")
              .arg(decision.personName, toWord(decision.kind), isoTime(decision.decidedMs));
    if (subject.state == CaseState::Held) {
        text += QLatin1Char(' ') + tr("It is still held: undo it first to decide anew.");
    }
    return fail(ErrorCode::AlreadyDecided, text);
}

Result<void> checkState(const Case &subject)
{
    switch (subject.state) {
    case CaseState::Waiting:
        return {};
    case CaseState::Trouble:
        return fail(
            ErrorCode::NotAllowed,
            tr("This cannot be answered as it is; repair it first, where that is offered."));
    case CaseState::Withdrawn:
        return fail(ErrorCode::NotAllowed,
                    tr("The agent withdrew this; there is nothing to decide."));
    case CaseState::Marked:
        return fail(ErrorCode::AlreadyDecided, tr("This was looked at and marked already."));
    case CaseState::Held:
    case CaseState::Sending:
    case CaseState::Delivered:
    case CaseState::Superseded:
    case CaseState::Failed:
        return alreadyDecided(subject);
    }
    Q_UNREACHABLE();
}

Result<void> checkInput(const DecisionRequest &request)
{
    if (request.message.size() > longestMessage || !request.message.isValidUtf16()) {
        return fail(ErrorCode::InvalidInput,
                    tr("The message is too long; at most %1 characters.").arg(longestMessage));
    }
    const bool plain = std::all_of(request.reasonCode.begin(), request.reasonCode.end(),
                                   [](QChar c) -> bool { return c.isPrint() && !c.isSpace(); });
    if (request.reasonCode.size() > longestReason || !plain) {
        return fail(ErrorCode::InvalidInput,
                    tr("A reason code is one word of at most %1 characters.").arg(longestReason));
    }
    if (request.kind == DecisionKind::Edit && !request.arguments) {
        return fail(ErrorCode::InvalidInput, tr("An edit needs the new arguments."));
    }
    if (request.kind == DecisionKind::Respond && !request.arguments && request.message.isEmpty()
        && request.work.isEmpty()) {
        return fail(ErrorCode::InvalidInput, tr("A response needs a message or a value."));
    }
    if (request.arguments && request.kind != DecisionKind::Edit
        && request.kind != DecisionKind::Respond) {
        return fail(
            ErrorCode::InvalidInput,
            tr("Only an edit or a response takes arguments, not “%1”.").arg(toWord(request.kind)));
    }
    return {};
}

/// What policy lets nobody decide together with others.
Result<void> checkBatch(const Case &subject, DecisionKind kind)
{
    if (kind == DecisionKind::Edit) {
        return fail(ErrorCode::NotAllowed, tr("Changes are made to one case at a time."));
    }
    const BatchRule rule = batchRule();
    return rule.takes(subject.proposal.risk) ? Result<void>()
                                             : fail(ErrorCode::NotAllowed, rule.sentence);
}

Result<void> checkWork(const std::optional<Artifact> &artifact, const DecisionRequest &request)
{
    const ArtifactWork &work = request.work;
    if (work.isEmpty()) {
        return {};
    }
    if (!artifact) {
        return fail(ErrorCode::InvalidInput, tr("This case has no artifact to work on."));
    }
    const bool takes = request.kind == DecisionKind::Respond
        || (request.kind == DecisionKind::Edit && work.comments.isEmpty());
    if (!takes) {
        return fail(ErrorCode::InvalidInput,
                    tr("A changed artifact goes with an edit or a response, comments with a "
                       "response only."));
    }
    return work.check(*artifact);
}

Result<void> check(const Case &subject, const DecisionRequest &request, const Protocol *protocol,
                   const BatchMark &batch)
{
    if (auto state = checkState(subject); !state) {
        return state;
    }
    if (subject.purpose == Purpose::SpotCheck) {
        return fail(ErrorCode::NotAllowed,
                    tr("This was done already; a spot check is marked, not decided."));
    }
    if (request.digest != subject.digest) {
        return fail(ErrorCode::Changed,
                    tr("The proposal changed since you looked; look again before you decide."));
    }
    if (!batch.id.isEmpty()) {
        if (auto together = checkBatch(subject, request.kind); !together) {
            return together;
        }
    }
    if (!subject.proposal.allowed.testFlag(request.kind)) {
        return fail(ErrorCode::NotAllowed,
                    tr("This case cannot take “%1”; it takes: %2.")
                        .arg(toWord(request.kind),
                             toWords(subject.proposal.allowed).join(QStringLiteral(", "))));
    }
    if (auto input = checkInput(request); !input) {
        return input;
    }
    // A click is what words slow down; a script has its own author.
    if (request.look && reasonIsNeeded(subject, request.kind)
        && request.message.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("The risk is high: say in a few words why, as the message."));
    }
    if (auto work = checkWork(subject.proposal.artifact, request); !work) {
        return work;
    }
    if (protocol == nullptr) {
        return fail(ErrorCode::NotAllowed,
                    tr("This version of Countersign does not speak “%1”; the case cannot be "
                       "answered with it.")
                        .arg(subject.endpointKind));
    }
    return protocol->validate({.proposal = subject.proposal,
                               .kind = request.kind,
                               .arguments = request.arguments,
                               .work = request.work,
                               .message = request.message,
                               .reasonCode = request.reasonCode});
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

Risk worst(const QList<Case> &parts)
{
    Risk risk = Risk::Low;
    for (const Case &part : parts) {
        risk = std::max(risk, part.proposal.risk); // unknown is the last word and the worst
    }
    return risk;
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
    return kind != DecisionKind::Respond && needsReason(subject.proposal);
}

Result<DecisionReceipt> recordDecision(Transaction &transaction, const DecisionRequest &request,
                                       const FindProtocol &findProtocol, const BatchMark &batch)
{
    const auto subject = existingCase(transaction, request.caseId);
    const auto actor = enrolledPerson(transaction, request.person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    const Protocol *protocol = findProtocol(subject->endpointKind);
    if (const auto checked = check(*subject, request, protocol, batch); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    if (subject->purpose == Purpose::KnownAnswer) {
        return recordCheckedAnswer(transaction, *subject, request, *actor);
    }
    const Source &source = subject->proposal.source;
    auto parts
        = transaction.casesOfQuestion(subject->endpoint, source.question, subject->occurrence);
    if (!parts) {
        return tl::unexpected<Error>(parts.error());
    }
    DecisionReceipt receipt{
        .id = DecisionId(QStringLiteral("d-") + QUuid::createUuid().toString(QUuid::WithoutBraces)),
        .of = source.of};
    receipt.sendAtMs = std::max(
        batch.heldUntilMs, transaction.nowMs() + (request.skipHold ? 0 : holdMs(worst(*parts))));
    const auto own = transaction.commitment(subject->id, request.person, subject->digest);
    if (!own) {
        return tl::unexpected<Error>(own.error());
    }
    EventDraft decided = decisionEvent(*subject, request, *actor, receipt, batch.id);
    if (*own) {
        decided.fields.set(QStringLiteral("own_answer"), Json(toWord(**own)));
    }
    if (const auto appended = transaction.append(decided); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    parts = transaction.casesOfQuestion(subject->endpoint, source.question, subject->occurrence);
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
    const auto queued = queueAnswer(transaction, *parts, *subject, *protocol, receipt.sendAtMs);
    if (!queued) {
        return tl::unexpected<Error>(queued.error());
    }
    return receipt;
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
