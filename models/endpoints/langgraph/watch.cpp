// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/backoff.h"
#include "endpoints/langgraph/codec.h"
#include "endpoints/langgraph/session.h"

#include <qcoro/qcorofuture.h>

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace countersign::langgraph {

namespace {

constexpr int pollMs = 1'000;
constexpr int sweepMs = 30'000;
constexpr int pollPage = 20;
constexpr int mostPollPages = 10;

bool mayAsk(const Json &thread)
{
    const QString status = thread[u"status"].toString();
    return status == QLatin1String("interrupted") || status == QLatin1String("error");
}

} // namespace

void Session::close()
{
    stop();
    onObserved = nullptr;
    onStatus = nullptr;
    m_api.close();
}

void Session::start()
{
    m_nextSweepMs = 0;
    watch(++m_generation);
}

void Session::setStatus(EndpointStatus::State state, const QString &text)
{
    if (state == EndpointStatus::State::Ok) {
        m_status.lastSeenMs = m_api.clock().nowMs();
    }
    const bool news = m_status.state != state || m_status.text != text;
    m_status.state = state;
    m_status.text = text;
    if (news && onStatus) {
        onStatus();
    }
}

/// Cheap looks each second, the whole list each half minute and after every failure.
QCoro::Task<> Session::watch(int generation)
{
    const auto self = shared_from_this();
    int failures = 0;
    while (generation == m_generation && !m_api.isClosed()) {
        Answer<void> outcome;
        if (m_api.clock().monotonicMs() >= m_nextSweepMs) {
            outcome = co_await sweep(false, nullptr);
            m_nextSweepMs = m_api.isClosed() ? 0 : m_api.clock().monotonicMs() + sweepMs;
        } else {
            outcome = co_await poll();
        }
        if (generation != m_generation || m_api.isClosed()) {
            break; // closed: the clock may be gone by now
        }
        qint64 pause = pollMs;
        if (outcome) {
            failures = 0;
            setStatus(EndpointStatus::State::Ok);
        } else {
            ++failures;
            m_nextSweepMs = 0;
            pause = std::max(backoffMs(failures, QRandomGenerator::global()->generateDouble()),
                             outcome.error().retryAfterMs.value_or(0));
            setStatus(EndpointStatus::State::Failing, outcome.error().error.text);
        }
        const QFuture<void> rest = m_api.after(int(pause));
        co_await rest;
    }
}

QCoro::Task<Answer<void>> Session::learnServer()
{
    if (!m_javascript) {
        const auto info = co_await m_api.call("GET", QStringLiteral("/info"));
        if (!info && info.error().error.code != ErrorCode::NotFound) {
            co_return tl::unexpected<Failure>(info.error());
        }
        // Unknown counts as the one that rounds.
        m_javascript = !info || (*info)[u"context"].toString() != QLatin1String("python");
    }
    co_return Answer<void>();
}

bool Session::isNews(const Json &thread) const
{
    const auto known = m_seen.constFind(idOf(thread));
    return known == m_seen.cend() || known->updatedAt != thread[u"updated_at"].toString()
        || known->status != thread[u"status"].toString();
}

/// What changed since the newest thread that was read.
QCoro::Task<Answer<void>> Session::poll()
{
    QList<Json> asking;
    QStringList left;
    QString newest = m_watermark;
    for (int page = 0; page < mostPollPages; ++page) {
        Json filter = Json::object();
        filter.set(QStringLiteral("limit"), Json(pollPage));
        filter.set(QStringLiteral("offset"), Json(page * pollPage));
        filter.set(QStringLiteral("sort_by"), Json(QStringLiteral("updated_at")));
        filter.set(QStringLiteral("sort_order"), Json(QStringLiteral("desc")));
        const auto found = co_await m_api.search(filter);
        if (!found && found.error().error.code == ErrorCode::TooLarge) {
            m_nextSweepMs = 0; // its pages shrink
            co_return Answer<void>();
        }
        if (!found) {
            co_return tl::unexpected<Failure>(found.error());
        }
        bool older = found->items().size() < pollPage;
        for (const Json &thread : found->items()) {
            const QString updated = thread[u"updated_at"].toString();
            newest = std::max(newest, updated);
            older = older || updated < m_watermark;
            if (updated >= m_watermark && mayAsk(thread) && isNews(thread)) {
                asking.append(thread);
            } else if (thread[u"status"].toString() == QLatin1String("idle")
                       && m_seen.contains(idOf(thread))) {
                left.append(idOf(thread));
            }
        }
        if (older) {
            break;
        }
        if (page + 1 == mostPollPages) {
            m_nextSweepMs = 0;
        }
    }
    if (!left.isEmpty()) {
        const Observation ended = co_await closed(left);
        if (onObserved && !ended.gone.isEmpty()) {
            onObserved(ended);
        }
    }
    const auto done = co_await read(asking, false, nullptr, nullptr);
    if (!done) {
        co_return done;
    }
    m_watermark = newest;
    // A thread that was deleted shows in no search; the number tells.
    Json filter = Json::object();
    filter.set(QStringLiteral("status"), Json(QStringLiteral("interrupted")));
    const auto count = co_await m_api.call("POST", QStringLiteral("/threads/count"), filter);
    if (count && *count != m_count) {
        m_nextSweepMs = asking.isEmpty() && left.isEmpty() ? 0 : m_nextSweepMs;
        m_count = *count;
    }
    co_return Answer<void>();
}

/// Every thread in this status. Pages overlap, as a thread that leaves moves all later ones up;
/// where no overlap is left the listing begins anew.
QCoro::Task<Answer<QList<Json>>> Session::listing(QString status)
{
    constexpr int overlap = 50;
    int limit = 1000;
    QList<Json> threads;
    QSet<QString> ids;
    qsizetype offset = 0;
    while (true) {
        Json filter = Json::object();
        filter.set(QStringLiteral("status"), Json(status));
        filter.set(QStringLiteral("limit"), Json(limit));
        filter.set(QStringLiteral("offset"), Json(qint64(offset)));
        filter.set(QStringLiteral("sort_by"), Json(QStringLiteral("created_at")));
        filter.set(QStringLiteral("sort_order"), Json(QStringLiteral("asc")));
        const auto page = co_await m_api.search(filter);
        if (!page && page.error().error.code == ErrorCode::TooLarge && limit > 2 * overlap) {
            limit = std::max(limit / 3, 2 * overlap);
            continue;
        }
        if (!page) {
            co_return tl::unexpected<Failure>(page.error());
        }
        bool meets = offset == 0;
        for (const Json &thread : page->items()) {
            if (ids.contains(idOf(thread))) {
                meets = true;
            } else {
                ids.insert(idOf(thread));
                threads.append(thread);
            }
        }
        if (!meets) {
            threads.clear();
            ids.clear();
            offset = 0;
            continue;
        }
        if (page->items().size() < limit) {
            co_return threads;
        }
        offset += limit - overlap;
    }
}

QCoro::Task<Answer<QSet<QString>>> Session::busyQuestions()
{
    const auto busy = co_await listing(QStringLiteral("busy"));
    if (!busy) {
        co_return tl::unexpected<Failure>(busy.error());
    }
    QSet<QString> questions;
    for (const Json &thread : *busy) {
        for (const QString &question :
             possibleQuestions(thread) + m_seen.value(idOf(thread)).questions) {
            questions.insert(question);
        }
    }
    co_return questions;
}

/// The whole list. Threads that did not change since are not read again unless `everything` is
/// asked for.
QCoro::Task<Answer<void>> Session::sweep(bool everything, Observation *result)
{
    const qint64 begun = m_api.clock().nowMs();
    const auto known = co_await learnServer();
    if (!known) {
        co_return known;
    }
    // Listed before and after: a thread may leave for a run or come back from one meanwhile.
    const auto before = co_await busyQuestions();
    if (!before) {
        co_return tl::unexpected<Failure>(before.error());
    }
    QSet<QString> open = *before;
    QList<Json> threads;
    QString newest = m_watermark;
    for (const QString &status : {QStringLiteral("interrupted"), QStringLiteral("error")}) {
        const auto found = co_await listing(status);
        if (!found) {
            co_return tl::unexpected<Failure>(found.error());
        }
        for (const Json &thread : *found) {
            newest = std::max(newest, thread[u"updated_at"].toString());
            if (everything || isNews(thread)) {
                threads.append(thread);
            } else {
                const QStringList questions = m_seen.value(idOf(thread)).questions;
                open.unite(QSet<QString>(questions.cbegin(), questions.cend()));
            }
        }
    }
    const auto done = co_await read(threads, everything, &open, result);
    if (!done) {
        co_return done;
    }
    const auto after = co_await busyQuestions();
    if (!after) {
        co_return tl::unexpected<Failure>(after.error());
    }
    open.unite(*after);
    m_watermark = newest;
    Observation whole;
    whole.begunMs = begun;
    whole.open = open;
    if (result != nullptr) {
        result->begunMs = begun;
        result->open = open;
    } else if (onObserved) {
        onObserved(whole);
    }
    co_return Answer<void>();
}

QCoro::Task<Answer<Observation>> Session::observe()
{
    const auto self = shared_from_this();
    Observation result;
    const auto done = co_await sweep(true, &result);
    if (!done) {
        setStatus(EndpointStatus::State::Failing, done.error().error.text);
        co_return tl::unexpected<Failure>(done.error());
    }
    setStatus(EndpointStatus::State::Ok);
    co_return result;
}

} // namespace countersign::langgraph
