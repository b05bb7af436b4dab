// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/runs.h"

#include "domain/clock.h"
#include "domain/translate.h"


#include <algorithm>
#include <limits>

namespace countersign::langgraph {

using Outcome = DeliveryReport::Outcome;

namespace {

QStringList decisionIds(const Dispatch &dispatch)
{
    QStringList ids;
    for (const AnsweredPart &part : dispatch.parts) {
        ids.append(part.decision.toString());
    }
    if (dispatch.repair) {
        ids = {QStringLiteral("repair-") + dispatch.id.toString()};
    }
    return ids;
}

QStringList namesIn(const Json &run)
{
    const Json &metadata = run[u"metadata"];
    return metadata[u"decision_ids"].toStrings() + QStringList{metadata[u"decision_id"].toString()};
}

qint64 createdMs(const Json &run)
{
    return parseIsoTime(run[u"created_at"].toString()).value_or(0);
}

/// The newest run by somebody else that answered this question after it was asked, and before
/// `beforeMs`.
Json winningRun(const Dispatch &dispatch, const Json &runs, qint64 beforeMs)
{
    const Source &source = dispatch.parts.first().proposal.source;
    const QString interrupt = source.ids[u"interrupt"].toString();
    const qint64 askedMs = dispatch.parts.first().proposal.reportedMs.value_or(0);
    Json found;
    qint64 newest = -1;
    for (const Json &run : runs.items()) {
        const qint64 created = createdMs(run);
        const Json &resume = run[u"kwargs"][u"command"][u"resume"];
        const bool answers = resume.isObject() && !interrupt.isEmpty()
            ? resume.contains(interrupt)
            : run[u"kwargs"].contains(u"command");
        if (answers && created >= askedMs && created < beforeMs && created > newest
            && namedIn(run, {dispatch}).isEmpty()) {
            found = run;
            newest = created;
        }
    }
    return found;
}

} // namespace

QString threadOf(const Dispatch &dispatch)
{
    return dispatch.parts.first().proposal.source.lane;
}

QString questionOf(const Dispatch &dispatch)
{
    return dispatch.parts.first().proposal.source.question;
}

DeliveryReport reportOf(const Dispatch &dispatch, Outcome outcome, const Failure &failure)
{
    return {.id = dispatch.id,
            .outcome = outcome,
            .text = failure.error.text,
            .detail = failure.error.detail,
            .retryAfterMs = failure.retryAfterMs};
}

Failure busyFailure()
{
    return {.error
            = {.code = ErrorCode::Conflict,
               .text = tr("The agent is busy with another run of this thread. It is tried again."),
               .retryable = true}};
}

std::optional<Outcome> outcomeOf(const Failure &failure)
{
    if (failure.error.code == ErrorCode::OutcomeUnknown) {
        return Outcome::Unknown;
    }
    if (failure.status == 422 || failure.status == 409) {
        return std::nullopt;
    }
    if (failure.status == 404 || failure.status == 410) {
        return Outcome::Superseded;
    }
    // 5xx: we looked, and no run of ours is there.
    const bool again = failure.status == 0 || failure.error.retryable || failure.status == 401
        || failure.status == 403;
    return again ? Outcome::Retry : Outcome::Failed;
}

bool isStillAsked(const Dispatch &dispatch, const QList<Proposal> &now)
{
    return now.size() == dispatch.digests.size()
        && std::equal(now.cbegin(), now.cend(), dispatch.digests.cbegin(),
                      [](const Proposal &proposal, const QString &digest) -> bool {
                          return !proposal.trouble && proposal.digest() == digest;
                      });
}

Json runMetadata(const QList<Dispatch> &dispatches)
{
    QStringList ids;
    for (const Dispatch &dispatch : dispatches) {
        ids += decisionIds(dispatch);
    }
    return Json::object({{QStringLiteral("decision_id"), Json(ids.value(0))},
                         {QStringLiteral("decision_ids"), Json::fromStrings(ids)},
                         {QStringLiteral("reviewer"), Json(dispatches.first().reviewer)}});
}

QList<Dispatch> namedIn(const Json &run, const QList<Dispatch> &dispatches)
{
    const QStringList names = namesIn(run);
    QList<Dispatch> named;
    std::copy_if(dispatches.cbegin(), dispatches.cend(), std::back_inserter(named),
                 [&names](const Dispatch &dispatch) -> bool {
                     const QStringList ids = decisionIds(dispatch);
                     return std::any_of(ids.cbegin(), ids.cend(),
                                        [&names](const QString &id) -> bool {
                                            return !id.isEmpty() && names.contains(id);
                                        });
                 });
    return named;
}

bool isUnderWay(const Json &run)
{
    const QString status = run[u"status"].toString();
    return status == QLatin1String("pending") || status == QLatin1String("running");
}

Json receiptOf(const Json &run)
{
    return Json::object(
        {{QStringLiteral("run_id"), run[u"run_id"]}, {QStringLiteral("status"), run[u"status"]}});
}

QString errorOf(const Json &state)
{
    for (const Json &task : state[u"tasks"].items()) {
        if (task[u"error"].isString()) {
            const auto parsed = parseJson(task[u"error"].toString().toUtf8());
            return parsed && (*parsed)[u"message"].isString() ? (*parsed)[u"message"].toString()
                                                              : task[u"error"].toString();
        }
    }
    return tr("the server does not say why.");
}

DeliveryReport judge(const Dispatch &dispatch, const Json &run, const Json &runs,
                     const Json &thread, const Json &state)
{
    DeliveryReport report{
        .id = dispatch.id, .outcome = Outcome::Delivered, .receipt = receiptOf(run)};
    const QString status = run[u"status"].toString();
    const Json winner = winningRun(dispatch, runs, createdMs(run));
    if (!winner.isNull()) {
        // The server takes a late answer without a word and does nothing with it.
        const QString reviewer = winner[u"metadata"][u"reviewer"].toString();
        report.outcome = Outcome::Superseded;
        report.text = reviewer.isEmpty() ? tr("Somebody answered this a moment earlier.")
                                         : tr("%1 answered this a moment earlier.").arg(reviewer);
    } else if (isUnderWay(run)) {
        report.text = tr("The agent took the answer and is still at work on it.");
    } else if (thread[u"status"].toString() == QLatin1String("error")
               || status == QLatin1String("error")) {
        report.outcome = Outcome::Failed;
        report.text = tr("The agent failed on the answer: %1").arg(errorOf(state));
    } else if (status != QLatin1String("success")) {
        report.outcome = Outcome::Failed;
        report.text = tr("The run that took the answer ended early (%1).").arg(status);
    } else {
        report.text = tr("The agent took the answer.");
    }
    return report;
}

DeliveryReport lostReport(const Dispatch &dispatch, const QList<Proposal> &now, const Json &runs,
                          const Json &thread)
{
    DeliveryReport report{.id = dispatch.id, .outcome = Outcome::Superseded};
    const Json run = winningRun(dispatch, runs, std::numeric_limits<qint64>::max());
    const QString reviewer = run[u"metadata"][u"reviewer"].toString();
    if (!now.isEmpty() && now.first().trouble) {
        report.text = now.first().trouble->text;
    } else if (!reviewer.isEmpty()) {
        report.text = tr("%1 answered this first. Nothing was sent.").arg(reviewer);
    } else if (!run.isNull()) {
        report.text = tr("Somebody answered this first. Nothing was sent.");
    } else if (!now.isEmpty()) {
        report.outcome = Outcome::Changed;
        report.text = tr("The agent asks something else now. Nothing was sent.");
    } else {
        report.text
            = tr("The agent does not ask this any more (its thread is “%1”). Nothing was sent.")
                  .arg(thread[u"status"].toString());
    }
    return report;
}

} // namespace countersign::langgraph
