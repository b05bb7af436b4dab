// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/codepoints.h"

#include "domain/displaytext.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace countersign {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

/// Default_Ignorable_Code_Point and other characters without a glyph, without the direction
/// controls.
constexpr std::array invisibleRanges{
    Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F},   Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},   Range{0x200B, 0x200D},
    Range{0x2060, 0x2065},   Range{0x206A, 0x206F},   Range{0x3164, 0x3164},
    Range{0xE000, 0xF8FF},   Range{0xFDD0, 0xFDEF},   Range{0xFE00, 0xFE0F},
    Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFFC},
    Range{0xFFFE, 0xFFFF},   Range{0x13430, 0x1345F}, Range{0x1BCA0, 0x1BCA3},
    Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF}, Range{0xF0000, 0x10FFFF}};

bool isBidi(char32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
}

bool isInvisible(char32_t c)
{
    if ((c & 0xFFFE) == 0xFFFE) {
        return true; // noncharacters at the end of every plane
    }
    const auto it = std::lower_bound(
        invisibleRanges.begin(), invisibleRanges.end(), c,
        [](const Range &range, char32_t value) -> bool { return range.last < value; });
    return it != invisibleRanges.end() && it->first <= c;
}

} // namespace

CodePointKind codePointKind(char32_t c)
{
    if (c == '\n' || c == 0x2028 || c == 0x2029) {
        return CodePointKind::Break;
    }
    if (c == ' ' || c == '\t' || c == 0x2800) {
        return CodePointKind::Space; // U+2800: a Braille cell without dots
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || QChar::isSurrogate(c)) {
        return CodePointKind::Control;
    }
    if (c < 0x7F) {
        return CodePointKind::Plain;
    }
    if (isBidi(c)) {
        return CodePointKind::Bidi;
    }
    if (isInvisible(c)) {
        return CodePointKind::Invisible;
    }
    switch (QChar::category(c)) {
    case QChar::Separator_Space:
        return CodePointKind::Space;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Mark_SpacingCombining:
        return CodePointKind::Mark;
    default:
        return CodePointKind::Plain;
    }
}

int lookAlikeScript(char32_t c)
{
    if ((c >= 0xFF00 && c < 0xFF60) || (c >= 0x1D400 && c < 0x1D800)) {
        return 32; // full-width and mathematical letters
    }
    switch (QChar::script(c)) {
    case QChar::Script_Latin:
        return 1;
    case QChar::Script_Cyrillic:
        return 2;
    case QChar::Script_Greek:
        return 4;
    case QChar::Script_Armenian:
        return 8;
    case QChar::Script_Cherokee:
        return 16;
    default:
        return 0;
    }
}

bool isEmoji(char32_t c)
{
    return c >= 0x203C
        && (QChar::category(c) == QChar::Symbol_Other || (c >= 0x1F000 && c < 0x20000));
}

bool isCursive(char32_t c)
{
    const auto script = QChar::script(c);
    return (QChar::isLetter(c)
            && (script == QChar::Script_Arabic || script == QChar::Script_Syriac))
        || QChar::combiningClass(c) == 9; // a virama
}

bool isHiddenCodePoint(char32_t c)
{
    return c < 0x20 || isHidden(codePointKind(c));
}

} // namespace countersign
