// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/workspace/markdownpainter.h"

#include "domain/markdown.h"
#include "views/style/tokens.h"

namespace countersign {

namespace {

constexpr int fenced = 1;
constexpr int largeHeadings = 2; ///< levels that are larger, not only stronger

} // namespace

void MarkdownPainter::setBase(const QFont &font, const QPalette &palette)
{
    m_font = font;
    m_palette = palette;
    rehighlight();
}

void MarkdownPainter::highlightBlock(const QString &text)
{
    const MarkdownLine line = markdownLine(text, previousBlockState() == fenced);
    setCurrentBlockState(line.inCode ? fenced : 0);
    const QColor muted = style::color(style::Role::Muted, m_palette);
    for (const MarkdownSpan &span : line.spans) {
        QTextCharFormat format;
        switch (span.kind) {
        case MarkdownSpan::Kind::Marker:
            format.setForeground(muted);
            break;
        case MarkdownSpan::Kind::Heading:
            format.setFont(style::font(
                span.level <= largeHeadings ? style::Type::Title : style::Type::Strong, m_font));
            break;
        case MarkdownSpan::Kind::Strong:
            format.setFontWeight(QFont::DemiBold);
            break;
        case MarkdownSpan::Kind::Emphasis:
            format.setFontItalic(true);
            break;
        case MarkdownSpan::Kind::Code:
            format.setFont(style::monospace(m_font));
            break;
        case MarkdownSpan::Kind::Quote:
            format.setForeground(muted);
            format.setFontItalic(true);
            break;
        }
        setFormat(int(span.start), int(span.length), format);
    }
}

} // namespace countersign
