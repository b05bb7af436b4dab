// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/runs.h"
#include "domain/translate.h"
#include "endpoints/langgraph/session.h"


#include <algorithm>

namespace countersign::langgraph {

using Outcome = DeliveryReport::Outcome;

/// A new checkpoint without the wrong answer, then a run without input: the agent asks again, under
/// a new id. A checkpoint is never named on a run, where it would stick.
QCoro::Task<DeliveryReport> Session::repair(Dispatch dispatch)
{
    const QString thread = threadOf(dispatch);
    const auto server = co_await learnServer();
    const auto now = co_await lookAtRest(thread);
    if (!server || !now) {
        const Failure failure = server ? now.error() : server.error();
        co_return reportOf(dispatch, failure.status == 404 ? Outcome::Superseded : Outcome::Retry,
                           failure);
    }
    const QList<Proposal> asked = now->at(questionOf(dispatch));
    const bool sick
        = std::any_of(asked.cbegin(), asked.cend(), [](const Proposal &proposal) -> bool {
              return proposal.trouble && proposal.trouble->repairable;
          });
    const bool halfDone = dispatch.maybeSent && now->status() == QLatin1String("error")
        && now->proposals.isEmpty() && !now->state[u"next"].items().isEmpty();
    if (!sick && !halfDone) {
        DeliveryReport report;
        report.id = dispatch.id;
        report.outcome = Outcome::Superseded;
        report.text = tr("The thread needs no repair any more.");
        report.seen = now->observation();
        co_return report;
    }
    if (sick) {
        Json checkpoint = Json::object();
        checkpoint.set(QStringLiteral("checkpoint_id"),
                       now->state[u"checkpoint"][u"checkpoint_id"]);
        checkpoint.set(QStringLiteral("checkpoint_ns"), Json(QString()));
        Json body = Json::object();
        body.set(QStringLiteral("values"), Json());
        body.set(QStringLiteral("checkpoint"), checkpoint);
        const auto cleared
            = co_await m_api.call("POST", QStringLiteral("/threads/%1/state").arg(thread), body);
        if (!cleared) {
            co_return reportOf(dispatch, outcomeOf(cleared.error()).value_or(Outcome::Retry),
                               cleared.error());
        }
    }
    Json body = Json::object();
    body.set(QStringLiteral("input"), Json());
    QList<Dispatch> alone; // GCC 12 fails on a braced list here
    alone.append(dispatch);
    const auto run = co_await startRun(*now, body, alone);
    if (!run) {
        co_return reportOf(dispatch, outcomeOf(run.error()).value_or(Outcome::Retry), run.error());
    }
    co_return co_await afterRepair(dispatch, thread, *run);
}

QCoro::Task<DeliveryReport> Session::afterRepair(Dispatch dispatch, QString thread, Json run)
{
    const auto ended = co_await endOf(thread, run[u"run_id"].toString());
    const auto after = co_await look(thread);
    if (!ended || !after) {
        co_return reportOf(dispatch, Outcome::Unknown, ended ? after.error() : ended.error());
    }
    const bool failed = after->status() == QLatin1String("error");
    DeliveryReport report;
    report.id = dispatch.id;
    report.outcome = failed ? Outcome::Failed : Outcome::Delivered;
    report.text = failed
        ? tr("The thread failed again while it was repaired: %1").arg(errorOf(after->state))
        : tr("The thread is repaired; the agent asks again.");
    report.receipt = receiptOf(*ended);
    report.seen = after->observation();
    if (after->at(questionOf(dispatch)).isEmpty()) {
        Gone gone;
        gone.question = questionOf(dispatch);
        gone.text = tr("The thread was repaired.");
        report.seen.gone.append(gone);
    }
    co_return report;
}

} // namespace countersign::langgraph
