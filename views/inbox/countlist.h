// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace countersign {

/// A list of words with a count at the right of each, and a tick at the left where its items have
/// one.
[[nodiscard]] QListWidget *makeCountList(const QString &name);
/// `key`: what it stands for; a negative count is not shown. Says the count aloud, too. Changes
/// nothing where nothing changed.
void setCount(QListWidgetItem *item, const QString &key, int count);
[[nodiscard]] QString keyOf(const QListWidgetItem *item);
/// As high as so many rows.
void fitRows(QListWidget *list, int rows);

} // namespace countersign
