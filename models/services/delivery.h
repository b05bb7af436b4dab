// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/intakerules.h"

#include <QTimer>

namespace countersign {

/// Sends what is due: per lane one after the other, lanes side by side. decision.sent is committed
/// before the endpoint is called; where that fails, nothing is sent. What was being sent when the
/// process ended goes out again marked maybeSent, so that the endpoint looks before it sends. Lives
/// on the GUI thread.
class Delivery final : public QObject
{
    Q_OBJECT
public:
    using FindEndpoint = std::function<AgentEndpoint *(const EndpointId &id)>;

    Delivery(Store &store, const Clock &clock, FindEndpoint findEndpoint,
             QObject *parent = nullptr);

    void start(); ///< from now on everything that becomes due is sent by itself
    void stop(); ///< what is on its way ends; nothing else is begun

    /// Sends once what is due now (of `only`, where given) and ends when all of it has been
    /// answered and recorded, or at `deadlineMs` (Clock::monotonicMs), whichever comes first. How
    /// many answers were tried.
    [[nodiscard]] QFuture<Result<int>> runDue(qint64 deadlineMs,
                                              const std::optional<OutboxId> &only = {});

private:
    struct Pass;
    struct Batch
    {
        EndpointId endpoint;
        QString lane;
        QList<OutboxId> entries;
        std::shared_ptr<Pass> pass; ///< null in the timer's mode
    };
    using Lane = std::pair<EndpointId, QString>;

    void pump();
    [[nodiscard]] QList<Batch> plan(const QList<OutboxEntry> &open,
                                    const std::optional<OutboxId> &only) const;
    void begin(const Batch &batch);
    void send(const Batch &batch, const QList<Dispatch> &dispatches);
    void record(const Batch &batch, const QList<Dispatch> &dispatches,
                const QList<DeliveryReport> &reports);
    void end(const Batch &batch, bool recorded);

    Store &m_store;
    const Clock &m_clock;
    FindEndpoint m_findEndpoint;
    QSet<Lane> m_busy;
    QTimer m_timer;
    bool m_running = false;
    bool m_reading = false; ///< the outbox; it may have changed since
    bool m_again = false;
};

} // namespace countersign
