// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/endpointservice.h"
#include "services/oversightport.h"

#include <QTimer>

namespace countersign {

/// Stops in memory first, then in the log, then at the endpoints; each as soon as it can. Lives on
/// the GUI thread.
class StopService final : public StopPort
{
    Q_OBJECT
public:
    StopService(Store &store, PolicyDesk &desk, EndpointService &endpoints, const Clock &clock,
                QObject *parent = nullptr);

    /// Reads what holds; ends when it is known.
    [[nodiscard]] QFuture<Result<void>> load();
    void start(); ///< tells the endpoints from now on, and again until they have heard

    [[nodiscard]] QList<StopOrder> stops() const override;
    [[nodiscard]] QString remark() const override;
    [[nodiscard]] QFuture<Result<void>> stop(const StopRequest &request) override;
    [[nodiscard]] QFuture<Result<void>> resume(const StopRequest &request) override;

private:
    struct Heard
    {
        QString agent;
        bool stopped = false;
        friend bool operator==(const Heard &, const Heard &) = default;
    };
    struct Ear
    {
        QList<Heard> heard; ///< what the endpoint has been told, by agent
        bool asking = false;
        QString fault; ///< why it could not be told
    };
    [[nodiscard]] QFuture<Result<void>> record(const StopOrder &order);
    void recordPending();
    void settle(const QList<StopOrder> &recorded);
    void publish();
    void tell();
    void tell(const EndpointView &view);
    [[nodiscard]] QList<Heard> wanted(const EndpointId &endpoint) const;

    Store &m_store;
    PolicyDesk &m_desk;
    EndpointService &m_endpoints;
    const Clock &m_clock;
    QList<StopOrder> m_recorded;
    QList<StopOrder> m_pending; ///< they hold, but the database has not taken them
    QString m_fault; ///< why not
    QHash<EndpointId, Ear> m_ears;
    QTimer m_again;
    int m_change = 0; ///< counts: what was read before a change of our own is not taken
    bool m_started = false;
    bool m_onceLifted = false; ///< an endpoint may not have heard that it may go on
};

} // namespace countersign
