// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/endpoint.h"

#include "endpoints/langgraph/codec.h"
#include "endpoints/langgraph/session.h"

#include <QPointer>
#include <QPromise>

namespace countersign {

namespace langgraph {

namespace {

/// Awaits `task` into `promise`, which ends cancelled where the endpoint ends first.
template <class T> QCoro::Task<> fulfil(QCoro::Task<T> task, std::shared_ptr<QPromise<T>> promise)
{
    const T result = co_await task;
    promise->addResult(result);
    promise->finish();
}

/// Futures that are still open, by what ends them.
using Cancels = QList<std::pair<std::weak_ptr<void>, std::function<void()>>>;

template <class T> QFuture<T> futureOf(QCoro::Task<T> task, Cancels &cancels)
{
    const auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const QFuture<T> future = promise->future();
    cancels.removeIf(
        [](const Cancels::value_type &cancel) -> bool { return cancel.first.expired(); });
    const std::weak_ptr<QPromise<T>> weak = promise;
    cancels.append({weak, [weak]() -> void {
                        if (const auto open = weak.lock()) {
                            open->future().cancel();
                            open->finish();
                        }
                    }});
    fulfil(std::move(task), promise);
    return future;
}

class LangGraphEndpoint final : public AgentEndpoint
{
public:
    explicit LangGraphEndpoint(const EndpointContext &context)
        : m_session(std::make_shared<Session>(context))
    {
        m_session->onObserved = [this](const Observation &observation) -> void {
            Q_EMIT observed(observation);
        };
        m_session->onStatus = [this]() -> void {
            Q_EMIT statusChanged();
        };
    }
    ~LangGraphEndpoint() override
    {
        for (const auto &[promise, cancel] : std::as_const(m_cancels)) {
            cancel();
        }
        m_session->close();
    }

    void start() override { m_session->start(); }
    void stop() override { m_session->stop(); }
    QFuture<Result<Observation>> observe() override
    {
        return futureOf(seenBy(m_session), m_cancels);
    }
    QFuture<QList<DeliveryReport>> deliver(const QList<Dispatch> &dispatches) override
    {
        return futureOf(m_session->deliver(dispatches), m_cancels);
    }
    QFuture<Result<QString>> test() override { return futureOf(m_session->test(), m_cancels); }
    EndpointStatus status() const override { return m_session->status(); }

private:
    static QCoro::Task<Result<Observation>> seenBy(std::shared_ptr<Session> session)
    {
        const auto seen = co_await session->observe();
        if (!seen) {
            co_return tl::unexpected<Error>(seen.error().error);
        }
        co_return *seen;
    }

    std::shared_ptr<Session> m_session;
    Cancels m_cancels;
};

} // namespace

QCoro::Task<Result<QString>> Session::test()
{
    const auto self = shared_from_this();
    const auto ok = co_await m_api.call("GET", QStringLiteral("/ok"));
    if (!ok) {
        co_return tl::unexpected<Error>(ok.error().error);
    }
    if (!(*ok)[u"ok"].toBool()) {
        co_return fail(ErrorCode::Protocol,
                       LangGraphEndpoint::tr(
                           "%1 answers, but not as a LangGraph server does. Check the address.")
                           .arg(m_api.endpoint().url.authority()));
    }
    const auto info = co_await m_api.call("GET", QStringLiteral("/info"));
    if (!info) {
        co_return tl::unexpected<Error>(info.error().error);
    }
    const bool javascript = (*info)[u"context"].toString() == QLatin1String("js");
    co_return LangGraphEndpoint::tr("LangGraph server %1 (%2) answers.")
        .arg((*info)[u"version"].toString(),
             javascript ? QStringLiteral("JavaScript") : QStringLiteral("Python"));
}

} // namespace langgraph

QString LangGraphProtocol::kind() const
{
    return QStringLiteral("langgraph");
}

QString LangGraphProtocol::displayName() const
{
    return QStringLiteral("LangGraph");
}

Result<void> LangGraphProtocol::validate(const AnsweredPart &part) const
{
    return langgraph::validateAnswer(part);
}

Result<QByteArray> LangGraphProtocol::encode(const QList<AnsweredPart> &parts) const
{
    return langgraph::encodeAnswer(parts).map(
        [](const Json &answer) -> QByteArray { return toJson(answer); });
}

std::unique_ptr<AgentEndpoint> LangGraphProtocol::open(const EndpointContext &context) const
{
    return std::make_unique<langgraph::LangGraphEndpoint>(context);
}

} // namespace countersign
