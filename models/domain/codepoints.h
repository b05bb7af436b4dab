// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace countersign {

/// What a code point does to the eye that reads it.
enum class CodePointKind
{
    Plain,
    Space,
    Break,
    Mark,
    Bidi, ///< this and the next ones nobody sees
    Invisible,
    Control
};

[[nodiscard]] CodePointKind codePointKind(char32_t c);
[[nodiscard]] inline bool isHidden(CodePointKind kind)
{
    return kind >= CodePointKind::Bidi;
}
/// Scripts whose letters pass for each other's, one bit each, 1 for plain Latin; 0 for others.
[[nodiscard]] int lookAlikeScript(char32_t c);
[[nodiscard]] bool isEmoji(char32_t c);
/// Letters of scripts that need joiners, and viramas.
[[nodiscard]] bool isCursive(char32_t c);

} // namespace countersign
