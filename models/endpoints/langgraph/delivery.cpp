// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/codec.h"
#include "endpoints/langgraph/runs.h"
#include "endpoints/langgraph/session.h"

#include <qcoro/qcorofuture.h>

#include <algorithm>

namespace countersign::langgraph {

using Outcome = DeliveryReport::Outcome;

/// Answers of one lane on their way. Every dispatch without a report is still to be sent.
struct Session::Attempt
{
    QList<Dispatch> dispatches;
    QList<std::optional<DeliveryReport>> reports;

    [[nodiscard]] QList<Dispatch> left() const
    {
        QList<Dispatch> open;
        for (qsizetype i = 0; i < dispatches.size(); ++i) {
            if (!reports.at(i)) {
                open.append(dispatches.at(i));
            }
        }
        return open;
    }
    void settle(const DeliveryReport &report)
    {
        for (qsizetype i = 0; i < dispatches.size(); ++i) {
            if (dispatches.at(i).id == report.id && !reports.at(i)) {
                reports[i] = report;
            }
        }
    }
    void settleAll(Outcome outcome, const Failure &failure)
    {
        for (const Dispatch &dispatch : left()) {
            // What an earlier try may have done is not undone by a later one that failed.
            const bool unknown = outcome == Outcome::Retry && dispatch.maybeSent;
            settle(reportOf(dispatch, unknown ? Outcome::Unknown : outcome, failure));
        }
    }
};

QList<Proposal> Session::Look::at(const QString &question) const
{
    QList<Proposal> parts;
    std::copy_if(proposals.cbegin(), proposals.cend(), std::back_inserter(parts),
                 [&question](const Proposal &proposal) -> bool {
                     return proposal.source.question == question;
                 });
    return parts;
}

Observation Session::Look::observation() const
{
    Observation observation;
    observation.begunMs = begunMs;
    observation.proposals = proposals;
    return observation;
}

QCoro::Task<Answer<Session::Look>> Session::look(QString thread)
{
    Look look;
    look.begunMs = m_api.clock().nowMs();
    // The state first: a question that appears in between is then in the thread alone, and not yet
    // believed.
    const auto state = co_await m_api.state(thread);
    if (!state) {
        co_return tl::unexpected<Failure>(state.error());
    }
    const auto entry = co_await m_api.thread(thread);
    if (!entry) {
        co_return tl::unexpected<Failure>(entry.error());
    }
    look.thread = *entry;
    look.state = *state;
    look.proposals
        = readThread(look.thread, look.state, m_api.endpoint(), m_javascript.value_or(true));
    co_return look;
}

/// Waits until no run is under way, within bounds.
QCoro::Task<Answer<Session::Look>> Session::lookAtRest(QString thread)
{
    constexpr int patienceMs = 15'000;
    const qint64 until = m_api.clock().monotonicMs() + patienceMs;
    while (true) {
        const auto now = co_await look(thread);
        if (!now || now->status() != QLatin1String("busy")
            || m_api.clock().monotonicMs() >= until) {
            co_return now;
        }
        const QFuture<void> rest = m_api.after(300);
        co_await rest;
    }
}

QCoro::Task<QList<DeliveryReport>> Session::deliver(QList<Dispatch> dispatches)
{
    const auto self = shared_from_this();
    QList<DeliveryReport> reports;
    if (!dispatches.isEmpty() && !dispatches.first().repair) {
        co_return co_await answer(dispatches);
    }
    for (const Dispatch &dispatch : dispatches) {
        reports.append(co_await repair(dispatch));
    }
    co_return reports;
}

QCoro::Task<QList<DeliveryReport>> Session::answer(QList<Dispatch> dispatches)
{
    const auto attempt = std::make_shared<Attempt>();
    attempt->dispatches = dispatches;
    attempt->reports = QList<std::optional<DeliveryReport>>(dispatches.size());
    const auto server = co_await learnServer();
    if (server) {
        // Once more where the thread turned out busy between the look and the sending.
        for (int tries = 0; tries < 2 && !attempt->left().isEmpty(); ++tries) {
            co_await sendAnswers(attempt);
        }
    } else {
        attempt->settleAll(Outcome::Retry, server.error());
    }
    attempt->settleAll(Outcome::Retry, busyFailure());
    QList<DeliveryReport> reports;
    for (const auto &report : std::as_const(attempt->reports)) {
        reports.append(*report);
    }
    co_return reports;
}

QCoro::Task<> Session::sendAnswers(std::shared_ptr<Attempt> attempt)
{
    const QString thread = threadOf(attempt->dispatches.first());
    Json run;
    if (std::any_of(attempt->dispatches.cbegin(), attempt->dispatches.cend(),
                    [](const Dispatch &dispatch) -> bool { return dispatch.maybeSent; })) {
        const auto earlier = co_await ownRun(thread, attempt->left());
        if (!earlier && earlier.error().status != 404) {
            attempt->settleAll(Outcome::Retry, earlier.error());
            co_return;
        }
        run = earlier.value_or(Json());
    }
    QList<Dispatch> sent;
    if (run.isNull()) {
        const auto now = co_await lookAtRest(thread);
        if (!now) {
            attempt->settleAll(now.error().status == 404 ? Outcome::Superseded : Outcome::Retry,
                               now.error());
            co_return;
        }
        if (now->status() == QLatin1String("busy")) {
            co_return;
        }
        QList<QByteArray> answers;
        for (const Dispatch &dispatch : attempt->left()) {
            if (isStillAsked(dispatch, now->at(questionOf(dispatch)))) {
                sent.append(dispatch);
                answers.append(dispatch.answer);
            } else {
                attempt->settle(co_await winner(dispatch, *now));
            }
        }
        if (sent.isEmpty()) {
            co_return;
        }
        const auto body = joinAnswers(answers);
        if (!body) {
            attempt->settleAll(Outcome::Failed, Failure{.error = body.error()});
            co_return;
        }
        const auto started = co_await startRun(*now, *body, sent);
        if (!started) {
            const auto outcome = outcomeOf(started.error());
            if (outcome) {
                attempt->settleAll(*outcome, started.error());
            }
            co_return; // busy: once more
        }
        run = *started;
    } else {
        sent = namedIn(run, attempt->left());
    }
    const auto ended = co_await endOf(thread, run[u"run_id"].toString());
    const auto after = co_await look(thread);
    const auto runs = co_await m_api.runs(thread);
    for (const Dispatch &dispatch : std::as_const(sent)) {
        m_answered.insert(questionOf(dispatch));
        if (!ended || !after || !runs) {
            const Failure &failure = !ended ? ended.error() : !after ? after.error() : runs.error();
            attempt->settle(reportOf(dispatch, Outcome::Unknown, failure));
        } else {
            DeliveryReport report = judge(dispatch, *ended, *runs, after->thread, after->state);
            report.seen = after->observation();
            attempt->settle(report);
        }
    }
}

/// Our own run for one of these decisions; null where there is none.
QCoro::Task<Answer<Json>> Session::ownRun(QString thread, QList<Dispatch> dispatches)
{
    const auto runs = co_await m_api.runs(thread);
    if (!runs) {
        co_return runs;
    }
    for (const Json &run : runs->items()) {
        if (!namedIn(run, dispatches).isEmpty()) {
            co_return run;
        }
    }
    co_return Json();
}

QCoro::Task<Answer<Json>> Session::startRun(Look look, Json body, QList<Dispatch> dispatches)
{
    const Json &metadata = look.thread[u"metadata"];
    const QString thread = look.thread[u"thread_id"].toString();
    body.set(QStringLiteral("assistant_id"),
             metadata[u"assistant_id"].isString() ? metadata[u"assistant_id"]
                                                  : metadata[u"graph_id"]);
    body.set(QStringLiteral("multitask_strategy"), Json(QStringLiteral("reject")));
    body.set(QStringLiteral("metadata"), runMetadata(dispatches));
    const auto started
        = co_await m_api.call("POST", QStringLiteral("/threads/%1/runs").arg(thread), body);
    const bool unclear = !started
        && (started.error().error.code == ErrorCode::OutcomeUnknown
            || started.error().status >= 500);
    if (unclear) {
        const auto own = co_await ownRun(thread, dispatches);
        if (own && !own->isNull()) {
            co_return own;
        }
    }
    co_return started;
}

/// The run, ended. One that takes longer than we wait for is returned as it is.
QCoro::Task<Answer<Json>> Session::endOf(QString thread, QString run)
{
    constexpr int patienceMs = 60'000;
    const qint64 until = m_api.clock().monotonicMs() + patienceMs;
    int pause = 100;
    while (true) {
        const auto now
            = co_await m_api.call("GET", QStringLiteral("/threads/%1/runs/%2").arg(thread, run));
        const bool late = m_api.clock().monotonicMs() >= until || m_api.isClosed();
        if ((now && !isUnderWay(*now)) || late || (!now && !now.error().error.retryable)) {
            co_return now;
        }
        const QFuture<void> rest = m_api.after(pause);
        co_await rest;
        pause = std::min(pause * 2, 1'000);
    }
}

/// Why this answer is not sent: the question is closed, or another one stands in its place.
QCoro::Task<DeliveryReport> Session::winner(Dispatch dispatch, Look look)
{
    const auto runs = co_await m_api.runs(look.thread[u"thread_id"].toString());
    DeliveryReport report
        = lostReport(dispatch, look.at(questionOf(dispatch)), runs ? *runs : Json(), look.thread);
    report.seen = look.observation();
    co_return report;
}

} // namespace countersign::langgraph
