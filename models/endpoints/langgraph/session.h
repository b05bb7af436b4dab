// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/langgraph/api.h"

#include <functional>

namespace countersign::langgraph {

/// Of a thread as the server tells it.
inline QString idOf(const Json &thread)
{
    return thread[u"thread_id"].toString();
}

/// What a connection knows, shared by its coroutines, which outlive the endpoint by at most one
/// step after close().
class Session : public std::enable_shared_from_this<Session>
{
public:
    explicit Session(const EndpointContext &context) : m_api(context) { }

    void close();
    void start();
    void stop() { ++m_generation; }

    [[nodiscard]] QCoro::Task<Answer<Observation>> observe();
    [[nodiscard]] QCoro::Task<QList<DeliveryReport>> deliver(QList<Dispatch> dispatches);
    [[nodiscard]] QCoro::Task<Result<QString>> test();
    [[nodiscard]] const EndpointStatus &status() const { return m_status; }

    std::function<void(const Observation &)> onObserved; ///< emptied by close()
    std::function<void()> onStatus;

private:
    /// A thread that asks, as it was when it was read.
    struct Seen
    {
        QString updatedAt;
        QString status;
        QStringList questions;
    };
    /// One thread, read right now.
    struct Look
    {
        qint64 begunMs = 0;
        Json thread;
        Json state;
        QList<Proposal> proposals;

        [[nodiscard]] QString status() const { return thread[u"status"].toString(); }
        [[nodiscard]] QList<Proposal> at(const QString &question) const;
        [[nodiscard]] Observation observation() const;
    };
    /// Threads being read, by several workers.
    struct Reading
    {
        QList<Json> threads;
        qsizetype next = 0;
        Observation observation;
        QSet<QString> open;
        std::optional<Failure> failure;
    };
    struct Attempt;

    QCoro::Task<> watch(int generation);
    QCoro::Task<Answer<void>> poll();
    QCoro::Task<Answer<void>> sweep(bool everything, Observation *result);
    QCoro::Task<Answer<QList<Json>>> listing(QString status);
    QCoro::Task<Answer<QSet<QString>>> busyQuestions();
    QCoro::Task<Answer<void>> learnServer();
    QCoro::Task<Answer<void>> read(QList<Json> threads, bool quiet, QSet<QString> *open,
                                   Observation *result);
    QCoro::Task<> work(std::shared_ptr<Reading> reading);
    QCoro::Task<> takeIn(std::shared_ptr<Reading> reading, Json thread);
    QCoro::Task<Observation> closed(QStringList threads);
    QCoro::Task<Gone> gone(QString question, bool lookUp);
    void setStatus(EndpointStatus::State state, const QString &text = {});
    [[nodiscard]] bool isNews(const Json &thread) const;

    QCoro::Task<Answer<Look>> look(QString thread);
    QCoro::Task<Answer<Look>> lookAtRest(QString thread);
    QCoro::Task<QList<DeliveryReport>> answer(QList<Dispatch> dispatches);
    QCoro::Task<> sendAnswers(std::shared_ptr<Attempt> attempt);
    QCoro::Task<Answer<Json>> ownRun(QString thread, QList<Dispatch> dispatches);
    QCoro::Task<Answer<Json>> startRun(Look look, Json body, QList<Dispatch> dispatches);
    QCoro::Task<Answer<Json>> endOf(QString thread, QString run);
    QCoro::Task<DeliveryReport> winner(Dispatch dispatch, Look look);
    QCoro::Task<DeliveryReport> repair(Dispatch dispatch);
    QCoro::Task<DeliveryReport> afterRepair(Dispatch dispatch, QString thread, Json run);

    Api m_api;
    int m_generation = 0;
    EndpointStatus m_status;
    std::optional<bool> m_javascript;
    QHash<QString, Seen> m_seen; ///< by thread
    QSet<QString> m_answered; ///< questions that we answered and have not seen since
    QString m_watermark; ///< the newest updated_at that was read
    Json m_count; ///< of interrupted threads, at the last poll
    qint64 m_nextSweepMs = 0; ///< monotonic
};

} // namespace countersign::langgraph
