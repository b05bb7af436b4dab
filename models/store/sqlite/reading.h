// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite/connection.h"

namespace countersign::sqlite {

struct Reading
{
    QString name; ///< what to open again for another connection: a path or a file: URI
    std::unique_ptr<Connection> connection;
};

/// Opens an existing profile's file for reading, beside a writer or on a medium that cannot be
/// written. Unreadable where it is no profile or an older one, NewerSchema.
[[nodiscard]] Result<Reading> openForReading(const QString &path);

} // namespace countersign::sqlite
