// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QLayout;
class QWidget;

namespace countersign {

/// What Tab stops at within a layout, in its order. Widgets that lead on to another one are none.
[[nodiscard]] QList<QWidget *> tabStops(const QLayout *layout);
/// Lets Tab go from `before` through all of them; for what is built late, which else comes last.
void linkTabs(QWidget *before, const QList<QWidget *> &stops);

} // namespace countersign
