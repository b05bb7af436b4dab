// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

namespace countersign {

/// What may be told apart in Markdown that an agent wrote. Nothing is taken away or replaced: a
/// span only says how characters that stay where they are may look. Links, images and HTML have no
/// span, so they are the text that they are.
struct MarkdownSpan
{
    enum class Kind
    {
        Marker, ///< "##", "-", "**", a fence
        Heading,
        Strong,
        Emphasis,
        Code,
        Quote
    };
    qsizetype start = 0;
    qsizetype length = 0;
    Kind kind = Kind::Marker;
    int level = 0; ///< of a heading, 1 to 6
    friend bool operator==(const MarkdownSpan &, const MarkdownSpan &) = default;
};

struct MarkdownLine
{
    QList<MarkdownSpan> spans; ///< by start, without overlap
    bool inCode = false; ///< the next line is within a fence
};

/// One line. `inCode`: what the line before said. Linear; beyond 2,000 characters nothing is told
/// apart within the line. Pure.
[[nodiscard]] MarkdownLine markdownLine(QStringView line, bool inCode);

} // namespace countersign
