// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite/connection.h"
#include "store/store.h"

namespace countersign::sqlite {

/// A new profile's file: schema, origin, log key and first person, all there or nothing.
[[nodiscard]] Result<void> createProfile(const QString &path, const OpenOptions &options,
                                         KeyRing &keys, const Clock &clock);

/// The origin of the log, from its first event.
[[nodiscard]] Result<QString> originOf(Connection &connection);

} // namespace countersign::sqlite
