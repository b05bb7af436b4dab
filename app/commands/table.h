// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace countersign {

/// Rows for a terminal, columns side by side. Foreign text is made visible and cut: nothing in it
/// reaches the terminal as a control.
[[nodiscard]] QString table(const QStringList &titles, const QList<QStringList> &rows);
[[nodiscard]] QString visible(const QString &foreign);

} // namespace countersign
