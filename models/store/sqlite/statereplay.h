// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/projection.h"
#include "store/sqlite/connection.h"

namespace countersign::sqlite {

/// An empty database of the newest schema, aside and temporary, into which events are folded anew.
class StateReplay
{
public:
    [[nodiscard]] static Result<std::unique_ptr<StateReplay>> begin();

    /// The profile's schema is the newest one to the letter: tables, indexes, guards, nothing
    /// missing or added.
    [[nodiscard]] Result<void> compareSchema(sqlite3 *profile) const;
    [[nodiscard]] Result<void> apply(const EventRecord &record, const QByteArray &payload);
    /// Every row of every state table is as the events made it.
    [[nodiscard]] Result<void> compareState(sqlite3 *profile) const;

private:
    explicit StateReplay(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> m_connection;
    Projection m_projection;
};

} // namespace countersign::sqlite
