// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// The only way by which text that an agent or a server wrote reaches a widget
/// (domain/displaytext.h); the widget must show plain text.
[[nodiscard]] QString foreignText(const QString &text, qsizetype limit = 20'000);
/// The same on one line, its direction kept to itself.
[[nodiscard]] QString foreignLine(const QString &text, qsizetype limit = 300);
/// A name: also joiners and odd spaces are made visible.
[[nodiscard]] QString foreignName(const QString &text, qsizetype limit = 120);
/// The same as foreignText(), with foreignWarning() of what is shown of it.
struct ForeignText
{
    QString text;
    QString warning;
};
[[nodiscard]] ForeignText foreignWithWarning(const QString &text, qsizetype limit = 20'000);
/// What a person should know of how `text` was written, one sentence; empty where it is honest.
[[nodiscard]] QString foreignWarning(const QString &text);

} // namespace countersign
