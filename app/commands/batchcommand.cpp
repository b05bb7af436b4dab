// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/decisioncommands.h"

#include "app/commands/casefilter.h"
#include "domain/error.h"
#include "domain/translate.h"

namespace countersign {

namespace {

/// Those that are named, or all that wait and match.
Result<CaseChoice> wantedCases(const Arguments &arguments)
{
    const qsizetype ids = arguments.positionals.size() - 1;
    if (arguments.has("digest") || arguments.has("arguments")) {
        return invalid(tr("Many cases take neither --digest nor --arguments; decide them one by one."));
    }
    if (ids > 0 && hasCaseFilter(arguments)) {
        return invalid(tr("Name the cases or give a filter, not both."));
    }
    if (ids > 0) {
        CaseChoice named;
        for (const QString &id : arguments.positionals.first(ids)) {
            named.ids.insert(CaseId(id));
        }
        return named;
    }
    if (!hasCaseFilter(arguments)) {
        return invalid(tr("Name the cases or give a filter; nothing decides all there are."));
    }
    auto filter = caseFilter(arguments);
    if (filter && filter->filter.states.isEmpty()) {
        filter->filter.states = {CaseState::Waiting};
    }
    return filter;
}

/// The outcome where the profile is closed meanwhile: nothing is known of any case.
QFuture<BatchReport> decided(Profile &profile, const BatchRequest &request, bool rehearsal)
{
    BatchService &batches = profile.batches();
    auto future = rehearsal ? batches.rehearse(request) : batches.decideMany(request, {});
    return future.onCanceled([request]() -> BatchReport {
        BatchReport report;
        for (const BatchRequest::Item &item : request.cases) {
            report.entries.append({.id = item.id, .error = cutShort(), .receipt = {}});
        }
        return report;
    });
}

/// In the order in which they were named, else oldest first.
Result<QList<BatchRequest::Item>> itemsOf(const QList<Case> &cases, const QStringList &named)
{
    QHash<QString, QString> digests;
    QStringList order = named;
    for (const Case &one : cases) {
        digests.insert(one.id.toString(), one.digest);
        if (named.isEmpty()) {
            order.append(one.id.toString());
        }
    }
    order.removeDuplicates();
    QList<BatchRequest::Item> items;
    for (const QString &id : std::as_const(order)) {
        if (!digests.contains(id)) {
            return fail(ErrorCode::NotFound,
                        tr("There is no case “%1”; see countersignctl cases list.").arg(id));
        }
        items.append({CaseId(id), digests.value(id)});
    }
    return items;
}

int severity(int code)
{
    static const QList<int> worstLast{exitcode::done, exitcode::superseded, exitcode::notDelivered,
                                      exitcode::refused, exitcode::failed};
    return int(worstLast.indexOf(code));
}

/// An array with an entry for each case.
struct Printout
{
    Json entries = Json::array();
    QByteArray err;
    int code = exitcode::done;

    void worsen(int other) { code = severity(other) > severity(code) ? other : code; }
    void add(const CaseId &id, const Json &rest)
    {
        Json entry = Json::object({{QStringLiteral("case"), Json(id.toString())}});
        for (const auto &[name, value] : rest.members()) {
            entry.set(name, value);
        }
        entries.append(entry);
    }
    void refuse(const CaseId &id, const Error &error)
    {
        add(id, refusalForm(error));
        err += id.toString().toUtf8() + ": " + error.text.toUtf8() + '\n';
        worsen(isRefusal(error.code) ? exitcode::refused : exitcode::failed);
    }
    [[nodiscard]] Outcome outcome() const
    {
        Outcome outcome = printed(entries);
        outcome.code = code;
        outcome.err = err;
        return outcome;
    }
};

Json rehearsed(DecisionKind kind)
{
    return Json::object({{QStringLiteral("would"), Json(toWord(kind))}});
}

Result<BatchRequest> batchOf(const Arguments &arguments)
{
    const auto request = requestedDecision(arguments, arguments.positionals.last());
    const auto wait = waitMs(arguments);
    if (!request || !wait) {
        return tl::unexpected<Error>(request ? wait.error() : request.error());
    }
    return BatchRequest{.cases = {},
                        .kind = request->kind,
                        .message = request->message,
                        .reasonCode = request->reasonCode,
                        .skipHold = request->skipHold};
}

} // namespace

bool isForMany(const Arguments &arguments)
{
    return arguments.positionals.size() != 2 || arguments.has("dry-run")
        || hasCaseFilter(arguments);
}

QCoro::Task<Outcome> decideMany(Profile &profile, const Arguments &arguments)
{
    auto request = batchOf(arguments);
    const auto query = wantedCases(arguments);
    if (!request || !query) {
        co_return complaint(query ? request.error() : query.error());
    }
    const bool rehearsal = arguments.has("dry-run");
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    const auto cases = co_await chosenCases(profile, *query);
    if (!person || !cases) {
        co_return complaint(person ? cases.error() : person.error());
    }
    const auto items
        = itemsOf(*cases, arguments.positionals.first(arguments.positionals.size() - 1));
    if (!items) {
        co_return complaint(items.error());
    }
    request->cases = *items;
    request->person = person->id;
    const qint64 deadline = profile.clock().monotonicMs() + waitMs(arguments)->value_or(0);
    const auto report = co_await decided(profile, *request, rehearsal);
    Printout printout;
    for (const BatchEntry &entry : report.entries) {
        if (entry.error) {
            printout.refuse(entry.id, *entry.error);
        } else if (rehearsal) {
            printout.add(entry.id, rehearsed(request->kind));
        } else if (!request->skipHold || entry.receipt.approval
                   || entry.receipt.state == DecisionState::WaitingForParts) {
            printout.add(entry.id, receiptForm(entry.receipt));
        } else {
            const Outcome end = co_await deliverDecision(profile, entry.receipt.id, deadline);
            printout.add(entry.id, parseJson(end.out.trimmed()).value_or(Json::object()));
            printout.err += end.err;
            printout.worsen(end.code);
        }
    }
    co_return printout.outcome();
}

} // namespace countersign
