// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace countersign {

/// Files that only their owner may read (0600) in folders that only their owner may enter (0700).

/// Nothing where there is no such file. Storage where it is not a plain file of ours, or others may
/// read it.
[[nodiscard]] Result<std::optional<QByteArray>> readPrivateFile(const QString &path);
/// Creates the folder where it is missing, closes it to others where it is open, and replaces the
/// file in one step.
[[nodiscard]] Result<void> writePrivateFile(const QString &path, const QByteArray &bytes);
[[nodiscard]] Result<void> removePrivateFile(const QString &path);

} // namespace countersign
