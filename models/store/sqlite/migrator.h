// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace countersign::sqlite {

/// Says what the file is: its schema's version, 0 where it has none yet. Unreadable where it is no
/// Countersign database, NewerSchema where `steps` do not reach that far.
[[nodiscard]] Result<int> schemaVersion(Connection &connection, const QList<Migration> &steps);

/// Takes the file through the steps that it still needs, each one transaction. A file that holds
/// something is copied to "<path>.v<version>.backup" before each step.
[[nodiscard]] Result<void> migrate(Connection &connection, const QString &path,
                                   const QList<Migration> &steps);

/// A consistent copy by SQLite's own means, checked and in place whole or not at all.
[[nodiscard]] Result<void> backUp(Connection &connection, const QString &target);

} // namespace countersign::sqlite
