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

    /// `desk` (where given, it outlives this) knows the stops that are not recorded yet.
    Delivery(Store &store, const Clock &clock, FindEndpoint findEndpoint,
             const PolicyDesk *desk = nullptr, QObject *parent = nullptr);

    void start(); ///< from now on everything that becomes due is sent by itself
    void stop(); ///< what is on its way ends; nothing else is begun

    /// Sends once what is due now (of `only`, where given) and ends when all of it has been
    /// answered and recorded, or at `deadlineMs` (Clock::monotonicMs), whichever comes first. How
    /// many answers were tried; the error where the log cannot be signed.
    [[nodiscard]] QFuture<Result<int>> runDue(qint64 deadlineMs,
                                              const std::optional<OutboxId> &only = {});

Q_SIGNALS:
    /// Why nothing goes out, once; nothing when it goes on.
    void heldBack(const std::optional<countersign::Error> &why);

private:
    struct Pass;
    struct Batch
    {
        EndpointId endpoint;
        QString lane;
        QList<OutboxId> entries;
        QStringList agents;
        std::shared_ptr<Pass> pass; ///< null in the timer's mode
    };
    using Lane = std::pair<EndpointId, QString>;

    void pump();
    struct Open
    {
        QList<OutboxEntry> entries;
        QList<StopOrder> stops;
    };
    [[nodiscard]] QFuture<Result<Open>> readOpen();
    [[nodiscard]] QList<Batch> plan(const QList<OutboxEntry> &open,
                                    const std::optional<OutboxId> &only) const;
    void begin(const Batch &batch); ///< once it is known that the log can be signed
    void dispatch(const Batch &batch);
    void holdBack(const Batch &batch, const Error &why);
    [[nodiscard]] bool isStoppedNow(const Batch &batch) const;
    void send(const Batch &batch, const QList<Dispatch> &dispatches);
    void record(const Batch &batch, const QList<Dispatch> &dispatches,
                const QList<DeliveryReport> &reports);
    void end(const Batch &batch, bool recorded);

    Store &m_store;
    const Clock &m_clock;
    FindEndpoint m_findEndpoint;
    const PolicyDesk *m_desk;
    QSet<Lane> m_busy;
    QTimer m_timer;
    bool m_running = false;
    bool m_signs = false; ///< the last checkpoint could be signed
    bool m_told = false; ///< that nothing goes out
    bool m_reading = false; ///< the outbox; it may have changed since
    bool m_again = false;
};

} // namespace countersign
