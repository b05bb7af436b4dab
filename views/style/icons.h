// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/words.h"
#include "views/style/tokens.h"

#include <QIcon>
#include <QString>

#include <optional>

namespace countersign::style {

/// A symbol of our own family by its file name in resources/icons ("approve"). Strokes keep 1.5 px
/// at every size; the colour is the palette's text at the time of painting, or `role`'s, so a theme
/// switch needs no new icon.
[[nodiscard]] QIcon symbol(const QString &name, std::optional<Role> role = std::nullopt);
/// The same as a pixmap in any colour, cached; for delegates. `size` in device-independent pixels.
[[nodiscard]] QPixmap symbolPixmap(const QString &name, int size, const QColor &color, qreal ratio);

/// Risk and state always have a shape, a word (views/words.h) and a colour.
[[nodiscard]] QString symbolName(Risk risk);
[[nodiscard]] QString symbolName(CaseState state);
[[nodiscard]] QString symbolName(DecisionKind kind);
[[nodiscard]] Role roleOf(Risk risk);
[[nodiscard]] Role roleOf(CaseState state);

} // namespace countersign::style
