// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

/// Every size, type size and colour of the windows. Nothing else writes a literal one.
namespace countersign::style {

// The grid, in device-independent pixels.
inline constexpr int unit = 4;
inline constexpr int gap = 8; ///< inside a group
inline constexpr int groupGap = 16; ///< between groups
inline constexpr int pageEdge = 24;
inline constexpr int hairline = 1;
inline constexpr int edgeWidth = 3; ///< the coloured edge of a row
inline constexpr int corner = 4; ///< chips and bars only
inline constexpr int barWidth = 40; ///< a confidence bar
inline constexpr int barHeight = 4;
inline constexpr int icon = 16;
inline constexpr int railIcon = 24;
inline constexpr int railWidth = 72;
inline constexpr int listRowPadding = 16; ///< two lines and this
inline constexpr int tableRowPadding = 10; ///< one line and this
inline constexpr int foldBelow = 1120; ///< page width under which the side pane folds
inline constexpr int readingWidth = 760; ///< running text is not wider
inline constexpr int fadeMs = 120;
inline constexpr int noticeMs = 6000; ///< news leaves after this; errors stay
inline constexpr int armMs = 500; ///< decisions act this long after what is shown has changed
inline constexpr qreal iconStroke = 1.5;

enum class Type
{
    Caption,
    Body,
    Strong,
    Title,
    Figure
};

/// `base`: the desktop's font. Its default figures are tabular in every font that desktops ship.
[[nodiscard]] QFont font(Type type, const QFont &base);
/// Monospace, for JSON, digests and raw arguments only.
[[nodiscard]] QFont monospace(const QFont &base);

enum class Role
{
    Accept,
    Reject,
    Caution,
    Info,
    Muted,
    Hold
};
inline constexpr Role allRoles[]
    = {Role::Accept, Role::Reject, Role::Caution, Role::Info, Role::Muted, Role::Hold};

enum class Scheme
{
    Light,
    Dark
};

[[nodiscard]] QPalette palette(Scheme scheme);
[[nodiscard]] Scheme schemeOf(const QPalette &palette);
[[nodiscard]] QColor color(Role role, Scheme scheme);
[[nodiscard]] QColor color(Role role, const QPalette &palette);

/// Grounds that text stands on. `Agent` is for what agents wrote and for nothing else, so that
/// chrome cannot be imitated.
enum class Ground
{
    Base,
    Window,
    Selected,
    Hovered,
    Agent
};
inline constexpr Ground allGrounds[]
    = {Ground::Base, Ground::Window, Ground::Selected, Ground::Hovered, Ground::Agent};
[[nodiscard]] QColor ground(Ground ground, Scheme scheme);
[[nodiscard]] QColor ground(Ground ground, const QPalette &palette);
[[nodiscard]] QColor agentBorder(const QPalette &palette);
[[nodiscard]] QColor hairlineColor(const QPalette &palette);

/// WCAG 2 contrast, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace countersign::style
