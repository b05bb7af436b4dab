// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/policydesk.h"

#include <QObject>
#include <QTimer>

namespace countersign {

/// What happens to cases that nobody decided in time, as their gate said beforehand: each step
/// once, in its order, also those that passed while nothing ran. Nothing happens while the clock
/// cannot be trusted, and nothing is rejected while it is stopped. Lives on the GUI thread.
class TimeService final : public QObject
{
    Q_OBJECT
public:
    TimeService(Store &store, const PolicyDesk &desk, const Clock &clock,
                QObject *parent = nullptr);

    void start(); ///< from now on by itself
    void stop();
    /// Everything that is due now; how many steps were taken.
    [[nodiscard]] QFuture<Result<int>> runDue();

private:
    void plan();

    Store &m_store;
    const PolicyDesk &m_desk;
    const Clock &m_clock;
    QTimer m_timer;
    bool m_running = false;
    bool m_planning = false;
};

} // namespace countersign
