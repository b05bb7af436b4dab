// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/codeblock.h"

#include "views/style/tokens.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QTextOption>

#include <cmath>

namespace countersign {

namespace {

constexpr qsizetype longest = 100'000;

} // namespace

CodeBlock::CodeBlock(const QString &accessibleName, QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setAccessibleName(accessibleName);
    setFont(style::monospace(font()));
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CodeBlock::setCode(const QString &text)
{
    setPlainText(
        text.size() <= longest ? text
                               : text.left(longest)
                + tr("\n… cut here; %1 characters in all, copy to have the rest").arg(text.size()));
    updateGeometry();
}

QSize CodeBlock::sizeHint() const
{
    // A plain text document measures its height in lines.
    const qreal lines = document()->documentLayout()->documentSize().height();
    const int height = int(std::ceil(lines * fontMetrics().lineSpacing()))
        + int(2 * document()->documentMargin()) + 2 * frameWidth();
    return {QPlainTextEdit::sizeHint().width() / 2, height};
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

void CodeBlock::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(style::monospace(parentWidget() ? parentWidget()->font() : font()));
    }
}

} // namespace countersign
