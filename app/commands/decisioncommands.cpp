// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/decisioncommands.h"

#include "app/commands/casefilter.h"
#include "app/commands/forms.h"
#include "domain/error.h"
#include "domain/translate.h"

#include <QCoroTimer>

namespace countersign {

namespace {

constexpr int mostWaitS = 86'400;
constexpr std::chrono::milliseconds lookAgain{50};

Result<std::optional<Json>> newArguments(const Arguments &arguments)
{
    if (!arguments.has("arguments")) {
        return std::nullopt;
    }
    const QString file = arguments.value("arguments");
    auto json = parseJson(arguments.files.value(file));
    if (!json) {
        return invalid(tr("The file %1 is not JSON: %2").arg(file, json.error().text));
    }
    return std::move(*json);
}

Outcome refused(const Error &error)
{
    Outcome outcome = printed(refusalForm(error));
    outcome.code = exitcode::refused;
    outcome.err = error.text.toUtf8() + '\n';
    return outcome;
}

Outcome settledForm(const DecisionId &id, DecisionState state, const QString &text)
{
    Json form = Json::object({{QStringLiteral("decision_id"), Json(id.toString())},
                              {QStringLiteral("state"), Json(toWord(state))}});
    if (!text.isEmpty()) {
        form.set(QStringLiteral("text"), Json(text));
    }
    Outcome outcome = printed(form);
    outcome.code = state == DecisionState::Delivered ? exitcode::done
        : state == DecisionState::Superseded         ? exitcode::superseded
                                                     : exitcode::notDelivered;
    return outcome;
}

/// A decision and the outbox entry that carries it.
struct Progress
{
    Decision decision;
    std::optional<OutboxId> entry;
};

QFuture<Result<Progress>> progressOf(Profile &profile, const DecisionId &id)
{
    return settled(profile.store().read<Progress>([id](Reader &reader) -> Result<Progress> {
        const auto decision = reader.decisionById(id);
        const auto open = reader.outbox(true);
        if (!decision || !open || !*decision) {
            return tl::unexpected<Error>(!decision   ? decision.error()
                                             : !open ? open.error()
                                                     : cutShort());
        }
        Progress progress{.decision = **decision};
        for (const OutboxEntry &entry : *open) {
            if (entry.decisions.contains(id)) {
                progress.entry = entry.id;
            }
        }
        return progress;
    }));
}

bool isFinal(DecisionState state)
{
    return state != DecisionState::Held && state != DecisionState::Sending;
}

QCoro::Task<Outcome> decide(Profile &profile, const Arguments &arguments)
{
    if (isForMany(arguments)) {
        co_return co_await decideMany(profile, arguments);
    }
    auto request = requestedDecision(arguments, arguments.positionals.last());
    const auto wait = waitMs(arguments);
    if (!request || !wait) {
        co_return complaint(request ? wait.error() : request.error());
    }
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto subject = co_await namedCase(profile, arguments.positionals.first());
    const auto person = co_await namedPerson(profile, as);
    if (!subject || !person) {
        co_return complaint(subject ? person.error() : subject.error());
    }
    request->caseId = subject->id;
    request->person = person->id;
    if (request->digest.isEmpty()) {
        request->digest = subject->digest;
    }
    const qint64 deadline = profile.clock().monotonicMs() + wait->value_or(0);
    const auto receipt = co_await settled(profile.decisions().decide(*request));
    if (!receipt) {
        co_return isRefusal(receipt.error().code) ? refused(receipt.error())
                                                  : complaint(receipt.error());
    }
    if (receipt->checked) {
        co_return printed(Json::object({{QStringLiteral("state"), Json(QStringLiteral("marked"))},
                                        {QStringLiteral("right"), Json(receipt->checked->right)},
                                        {QStringLiteral("text"), Json(receipt->checked->text)}}));
    }
    if (receipt->approval || !*wait || receipt->state == DecisionState::WaitingForParts) {
        co_return printed(receiptForm(*receipt));
    }
    co_return co_await deliverDecision(profile, receipt->id, deadline);
}

QCoro::Task<Outcome> repair(Profile &profile, const Arguments &arguments)
{
    const auto subject = co_await namedCase(profile, arguments.positionals.first());
    const auto person = co_await namedPerson(profile, {});
    if (!subject || !person) {
        co_return complaint(subject ? person.error() : subject.error());
    }
    const auto requested = co_await settled(profile.decisions().repair(subject->id, person->id));
    if (!requested) {
        co_return isRefusal(requested.error().code) ? refused(requested.error())
                                                    : complaint(requested.error());
    }
    co_return arguments.json
        ? printed(Json::object({{QStringLiteral("repair"), Json(subject->id.toString())},
                                {QStringLiteral("state"), Json(QStringLiteral("requested"))}}))
        : printed(tr("The repair is queued; the next sync carries it out."));
}

} // namespace

Result<std::optional<qint64>> waitMs(const Arguments &arguments)
{
    if (!arguments.has("wait")) {
        return std::nullopt;
    }
    bool ok = false;
    const double seconds = arguments.value("wait").toDouble(&ok);
    if (!ok || !(seconds >= 0 && seconds <= mostWaitS)) {
        return invalid(tr("“%1” is no time to wait; give --wait a number of seconds.")
                       .arg(arguments.value("wait")));
    }
    return qint64(seconds * 1000);
}

Result<DecisionRequest> requestedDecision(const Arguments &arguments, const QString &word)
{
    const auto kind = fromWord<DecisionKind>(word);
    if (!kind) {
        return invalid(tr("There is no decision “%1”; use approve, edit, reject, respond or ignore.")
                       .arg(word));
    }
    auto value = newArguments(arguments);
    if (!value) {
        return tl::unexpected<Error>(value.error());
    }
    if (*kind == DecisionKind::Edit && !*value) {
        return invalid(tr("An edit needs the new arguments: --arguments FILE."));
    }
    if (*kind == DecisionKind::Respond && !*value && arguments.value("message").isEmpty()) {
        return invalid(tr("A response needs --message T or --arguments FILE."));
    }
    if (*value && *kind != DecisionKind::Edit && *kind != DecisionKind::Respond) {
        return invalid(tr("Only edit and respond take --arguments; leave it out."));
    }
    return DecisionRequest{.digest = arguments.value("digest"),
                           .kind = *kind,
                           .arguments = std::move(*value),
                           .message = arguments.value("message"),
                           .reasonCode = arguments.value("reason"),
                           .skipHold = arguments.has("wait")};
}

bool isRefusal(ErrorCode code)
{
    return code != ErrorCode::Storage && code != ErrorCode::Locked && code != ErrorCode::Unreadable
        && code != ErrorCode::Tampered && code != ErrorCode::Cancelled;
}

Json refusalForm(const Error &error)
{
    return Json::object({{QStringLiteral("error"),
                          Json::object({{QStringLiteral("code"), Json(errorCodeName(error.code))},
                                        {QStringLiteral("text"), Json(error.text)}})}});
}

Json receiptForm(const DecisionReceipt &receipt)
{
    if (receipt.approval) { // nobody has decided yet
        return Json::object(
            {{QStringLiteral("state"), Json(QStringLiteral("waiting_for_approvals"))},
             {QStringLiteral("given"), Json(receipt.approval->given)},
             {QStringLiteral("of"), Json(receipt.approval->of)}});
    }
    Json form = Json::object({{QStringLiteral("decision_id"), Json(receipt.id.toString())},
                              {QStringLiteral("state"), Json(toWord(receipt.state))}});
    if (receipt.state == DecisionState::WaitingForParts) {
        form.set(QStringLiteral("decided"), Json(receipt.decided));
        form.set(QStringLiteral("of"), Json(receipt.of));
    } else {
        form.set(QStringLiteral("send_at"), Json(isoTime(receipt.sendAtMs)));
    }
    return form;
}

QCoro::Task<Outcome> deliverDecision(Profile &profile, DecisionId id, qint64 deadlineMs)
{
    const auto loaded = co_await settled(profile.endpoints().load());
    if (!loaded) {
        co_return complaint(loaded.error());
    }
    while (true) {
        auto progress = co_await progressOf(profile, id);
        if (!progress) {
            co_return complaint(progress.error());
        }
        const bool late = profile.clock().monotonicMs() >= deadlineMs;
        if (isFinal(progress->decision.state) || late || !progress->entry) {
            co_return settledForm(id, progress->decision.state, progress->decision.stateText);
        }
        const auto tried = co_await settled(profile.delivery().runDue(deadlineMs, progress->entry));
        if (!tried) {
            co_return complaint(tried.error());
        }
        if (*tried == 0) {
            co_await QCoro::sleepFor(lookAgain); // a back-off runs, or the desktop is at it
        }
    }
}

QList<Command> decisionCommands()
{
    const QString id = QStringLiteral("ID");
    return {
        {{.name = QStringLiteral("decide"),
          .positionals
          = {QStringLiteral("[ID…]"), QStringLiteral("approve|edit|reject|respond|ignore")},
          .options = QList<OptionSpec>{{QStringLiteral("arguments"), QStringLiteral("FILE"),
                                        tr("JSON: the new arguments of an edit, or the answer"),
                                        false, true},
                                       {QStringLiteral("message"), QStringLiteral("T"),
                                        tr("for reject and respond; with the others why, kept with "
                                           "the decision")},
                                       {QStringLiteral("reason"), QStringLiteral("CODE"),
                                        tr("a reason code")},
                                       {QStringLiteral("as"), QStringLiteral("NAME"),
                                        tr("an enrolled person")},
                                       {QStringLiteral("digest"), QStringLiteral("D"),
                                        tr("refuse unless the proposal is still this one")},
                                       {QStringLiteral("wait"), QStringLiteral("SECONDS"),
                                        tr("skip the hold, deliver, and wait so long for the end")},
                                       {QStringLiteral("dry-run"),
                                        {},
                                        tr("record nothing; say what would be decided")}}
              + caseFilterOptions(),
          .help = tr("Decides a case, or many as one act: those named, or all that wait and match "
                     "the filter. The words that the window asks for where the risk is high are "
                     "not demanded here: who scripts a decision answers for it. --message keeps "
                     "them all the same."),
          .writes = true},
         decide},
        {{.name = QStringLiteral("repair"),
          .positionals = {id},
          .help = tr("Asks for the repair of a case in trouble."),
          .writes = true},
         repair},
    };
}

} // namespace countersign
