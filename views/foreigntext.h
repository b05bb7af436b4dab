// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// The only way by which text that an agent or a server wrote reaches a widget: hidden, control and
/// bidirectional characters become visible, the length is bounded. The widget must show plain text.
[[nodiscard]] QString foreignText(const QString &text, qsizetype limit = 20'000);
/// The same on one line.
[[nodiscard]] QString foreignLine(const QString &text, qsizetype limit = 300);

} // namespace countersign
