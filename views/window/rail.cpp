// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/rail.h"

#include "views/style/tokens.h"

#include <QAction>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace countersign {

/// Symbol over word; the page that is shown has a bar at its edge and full ink.
class RailButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

    void setNote(const QString &note, style::Role role)
    {
        m_note = note;
        m_role = role;
        setAccessibleDescription(note);
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int lines = m_note.isEmpty() ? 1 : 2;
        return {style::railWidth - style::hairline,
                style::railIcon + style::unit + lines * fontMetrics().height() + 2 * style::gap};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionToolButton option;
        initStyleOption(&option);
        QPainter painter(this);
        if (option.state.testFlag(QStyle::State_MouseOver) && isEnabled()) {
            painter.fillRect(rect(), style::ground(style::Ground::Hovered, palette()));
        }
        if (isChecked()) {
            painter.fillRect(rect(), style::ground(style::Ground::Selected, palette()));
            painter.fillRect(0, 0, style::edgeWidth, height(), palette().highlight());
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter.setPen(palette().color(QPalette::Highlight));
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
        }
        const int left = (width() - style::railIcon) / 2;
        icon().paint(&painter, left, style::gap, style::railIcon, style::railIcon);
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect words
            = rect().adjusted(style::unit / 2, style::gap + style::railIcon + style::unit,
                              -style::unit / 2, -style::gap);
        const auto line = [&](const QString &text) -> QString {
            return fontMetrics().elidedText(text, Qt::ElideRight, words.width());
        };
        painter.drawText(words, Qt::AlignHCenter | Qt::AlignTop, line(text()));
        if (!m_note.isEmpty()) {
            painter.setPen(style::color(m_role, palette()));
            painter.drawText(words, Qt::AlignHCenter | Qt::AlignBottom, line(m_note));
        }
    }

private:
    QString m_note;
    style::Role m_role = style::Role::Muted;
};

Rail::Rail(QWidget *parent) : QWidget(parent)
{
    setFixedWidth(style::railWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, style::gap, style::hairline, style::gap);
    column->setSpacing(0);
    m_pages = new QVBoxLayout;
    m_foot = new QVBoxLayout;
    column->addLayout(m_pages);
    column->addStretch(1);
    column->addLayout(m_foot);
}

RailButton *Rail::addButton(QAction *action)
{
    auto *button = new RailButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFont(style::font(style::Type::Caption, font()));
    button->setFixedWidth(style::railWidth - style::hairline);
    m_buttons.insert(action, button);
    return button;
}

QToolButton *Rail::addPage(QAction *action)
{
    QToolButton *button = addButton(action);
    m_pages->addWidget(button);
    return button;
}

QToolButton *Rail::addFoot(QAction *action)
{
    QToolButton *button = addButton(action);
    m_foot->addWidget(button);
    return button;
}

void Rail::setNote(const QAction *action, const QString &note, style::Role role)
{
    m_buttons.value(action)->setNote(note, role);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(width() - style::hairline, 0, style::hairline, height(),
                     style::hairlineColor(palette()));
}

} // namespace countersign
