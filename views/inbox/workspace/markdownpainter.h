// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QSyntaxHighlighter>

namespace countersign {

/// Gives Markdown the look of what it means while it stays the characters that it is, so that it is
/// read and changed in one place, and nothing of it can be loaded, followed or hidden.
class MarkdownPainter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    void setBase(const QFont &font, const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    QFont m_font;
    QPalette m_palette;
};

} // namespace countersign
