// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/oversightport.h"
#include "services/policydesk.h"

#include <QTimer>

namespace countersign {

/// Has policy look again at what waits, when another one is put in force or a stop ends: case by
/// case, in small pieces, so that others get in between. What says the same as before is left as it
/// is; nothing is looked at while the clock cannot be trusted. Lives on the GUI thread.
class Regating final : public QObject
{
    Q_OBJECT
public:
    /// `stops`, where given, outlives this.
    Regating(Store &store, const PolicyDesk &desk, const Clock &clock, StopPort *stops = nullptr,
             QObject *parent = nullptr);

    /// From now on by itself, beginning with what was interrupted: what another policy than the one
    /// in force gated.
    void start();
    void stop();
    /// Everything that waits now; how many cases are gated otherwise than before.
    [[nodiscard]] QFuture<Result<int>> run();

private:
    struct Turn;
    using Ids = QList<CaseId>;
    [[nodiscard]] QFuture<Result<int>> ask(bool older);
    void begin();
    void next(const std::shared_ptr<Turn> &turn);
    void write(const std::shared_ptr<Turn> &turn, const Ids &ids, bool byPeople);
    void end(const std::shared_ptr<Turn> &turn, const Result<int> &result);
    void followStops();

    Store &m_store;
    const PolicyDesk &m_desk;
    const Clock &m_clock;
    StopPort *m_stops;
    QList<StopScope> m_scopes; ///< of the stops that held when they were last looked at
    QTimer m_again;
    std::shared_ptr<Turn> m_turn; ///< under way
    std::shared_ptr<Turn> m_asked; ///< after it
    bool m_started = false;
};

} // namespace countersign
