// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/decisionchecks.h"

#include "domain/translate.h"
#include "policy/gate.h"


#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestMessage = 100'000;
constexpr qsizetype longestReasonCode = 64;

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
    if (request.reasonCode.size() > longestReasonCode || !plain) {
        return fail(ErrorCode::InvalidInput,
                    tr("A reason code is one word of at most %1 characters.").arg(longestReasonCode));
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
    if (subject.terms.batch.value_or(rule.takes(subject.proposal.risk))) {
        return {};
    }
    return fail(
        ErrorCode::NotAllowed,
        subject.terms.batch
            ? tr("%1 has this decided by itself, not with others.").arg(subject.policyVersion)
            : rule.sentence);
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

} // namespace

Result<void> checkDecision(const Case &subject, const DecisionRequest &request,
                           const Protocol *protocol, const BatchMark &batch)
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
                    subject.terms.typedReason
                        ? tr("Policy asks for words here: say in a few why, as the message.")
                        : tr("The risk is high: say in a few words why, as the message."));
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

} // namespace countersign
