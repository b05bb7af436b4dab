// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/countersign/round.h"
#include "endpoints/countersign/watch.h"

namespace countersign {

/// countersign/1, our own: resources/protocol/countersign-1.openapi.yaml.
class CountersignProtocol final : public Protocol
{
public:
    [[nodiscard]] QString kind() const override;
    [[nodiscard]] QString displayName() const override;
    [[nodiscard]] Result<void> validate(const AnsweredPart &part) const override;
    [[nodiscard]] Result<QByteArray> encode(const QList<AnsweredPart> &parts) const override;
    [[nodiscard]] std::unique_ptr<AgentEndpoint>
    open(const EndpointContext &context) const override;
};

/// Watches by server-sent events; pages through what waits at the start, after a gap, and while the
/// stream cannot be had.
class CountersignEndpoint final : public AgentEndpoint
{
    Q_OBJECT
public:
    CountersignEndpoint(const EndpointContext &context, const native::Timing &timing,
                        QObject *parent = nullptr);

    void start() override;
    void stop() override;
    [[nodiscard]] QFuture<Result<Observation>> observe() override;
    [[nodiscard]] QFuture<QList<DeliveryReport>>
    deliver(const QList<Dispatch> &dispatches) override;
    [[nodiscard]] QFuture<Result<QString>> test() override;
    [[nodiscard]] EndpointStatus status() const override { return m_status; }
    [[nodiscard]] QFuture<Result<bool>> tellStop(const QString &agent, bool stopped,
                                                 const QString &reason) override;
    [[nodiscard]] QFuture<Result<KeptPolicy>> pushPolicy(const PolicyRecord &policy) override;

private:
    void page(); ///< a round for the watch
    void takeRound(const Result<native::RoundResult> &round);
    void takeEvent(const ServerEvent &event);
    void takeLoss(const Error &error);
    [[nodiscard]] Result<Observation> judged(const Result<native::RoundResult> &round);
    void setStatus(EndpointStatus::State state, const QString &text);

    // Requests end before the jobs that wait for them, and both while this is still a context.
    QObject m_jobs;
    native::Api m_api;
    native::Watch m_watch;
    EndpointStatus m_status;
    bool m_streaming = false;
    bool m_heard = false; ///< events came, each with its own place to read on from
    bool m_paged = false; ///< what waits was read whole, once
    bool m_paging = false;
    bool m_pageAgain = false;
    bool m_running = false;
    QHash<QString, bool> m_told; ///< while paging: what the stream told meanwhile, whether it waits
};

} // namespace countersign
