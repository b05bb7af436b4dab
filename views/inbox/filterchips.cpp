// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/filterchips.h"

#include "views/inbox/filterpopup.h"
#include "views/style/icons.h"
#include "views/style/tokens.h"
#include "views/words.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace countersign {

namespace {

constexpr int linesAtFirst = 3;

QPushButton *flat(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setFlat(true);
    button->setAutoDefault(false);
    return button;
}

} // namespace

FilterChip::FilterChip(FilterField field, const QString &text, QWidget *parent)
    : QPushButton(text, parent),
      m_field(field)
{
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
}

QSize FilterChip::sizeHint() const
{
    const int width = fontMetrics().horizontalAdvance(text()) + 3 * style::gap + style::icon;
    return {qMin(width, style::foldBelow / 4), fontMetrics().height() + style::gap};
}

QRect FilterChip::cross() const
{
    return {width() - style::icon - style::gap / 2, 0, style::icon + style::gap / 2, height()};
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = hasFocus() || underMouse();
    const QColor edge
        = hasFocus() ? palette().color(QPalette::Highlight) : style::hairlineColor(palette());
    painter.setPen(QPen(edge, style::hairline));
    painter.setBrush(style::ground(lit ? style::Ground::Hovered : style::Ground::Base, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), style::corner,
                            style::corner);
    const QRect area = rect().adjusted(style::gap, 0, -style::icon - style::gap, 0);
    const qsizetype colon = text().indexOf(QStringLiteral(": ")) + 1;
    const QString field = text().left(colon);
    painter.setPen(style::color(style::Role::Muted, palette()));
    painter.drawText(area, Qt::AlignVCenter | Qt::TextSingleLine, field);
    const int indent = fontMetrics().horizontalAdvance(text().left(colon + 1));
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(
        area.adjusted(indent, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
        fontMetrics().elidedText(text().mid(colon + 1), Qt::ElideRight, area.width() - indent));
    const QPixmap symbol
        = style::symbolPixmap(QStringLiteral("close"), style::icon,
                              style::color(style::Role::Muted, palette()), devicePixelRatioF());
    painter.drawPixmap(cross().left(), (height() - style::icon) / 2, symbol);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    default:
        QPushButton::keyPressEvent(event);
    }
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    m_onCross = cross().contains(event->position().toPoint());
    QPushButton::mousePressEvent(event);
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_onCross) {
        setDown(false);
        if (cross().contains(event->position().toPoint())) {
            Q_EMIT removeRequested();
        }
        return;
    }
    QPushButton::mouseReleaseEvent(event);
}

FilterChips::FilterChips(InboxModel &model, EndpointName name, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_name(std::move(name)),
      m_add(flat(tr("Filter"), this)),
      m_more(flat({}, this))
{
    m_add->setIcon(style::symbol(QStringLiteral("add")));
    m_add->setObjectName(QStringLiteral("addfilter"));
    connect(m_add, &QPushButton::clicked, this, &FilterChips::openMenu);
    connect(m_more, &QPushButton::clicked, this, [this]() -> void {
        m_expanded = true;
        relayout();
        m_chips.last()->setFocus(Qt::OtherFocusReason);
    });
    connect(&model, &InboxModel::filterChanged, this, &FilterChips::rebuild);
    rebuild();
}

void FilterChips::addButton(QPushButton *button)
{
    button->setParent(this);
    button->setFlat(true);
    m_buttons.append(button);
    relayout();
}

FilterChip *FilterChips::chipOf(FilterField field) const
{
    const auto at = std::find_if(m_chips.begin(), m_chips.end(), [field](FilterChip *chip) -> bool {
        return chip->field() == field;
    });
    return at == m_chips.end() ? nullptr : *at;
}

void FilterChips::rebuild()
{
    const InboxFilter &filter = m_model.filter();
    QList<FilterChip *> chips;
    QWidget *before = m_add;
    for (const FilterField field : allFilterFields) {
        FilterChip *chip = chipOf(field);
        if (!restricts(filter, field)) {
            if (chip) {
                chip->hide();
                chip->deleteLater();
            }
            continue;
        }
        const QString text = words::chip(filter, field, m_name);
        if (!chip) {
            chip = new FilterChip(field, text, this);
            chip->installEventFilter(this);
            connect(chip, &QPushButton::clicked, this, [this, field]() -> void { edit(field); });
            connect(chip, &FilterChip::removeRequested, this,
                    [this, field]() -> void { remove(field); });
        }
        chip->setText(text);
        setTabOrder(before, chip);
        before = chip;
        chips.append(chip);
    }
    m_chips = chips;
    m_expanded = m_expanded && !chips.isEmpty();
    setTabOrder(before, m_more);
    before = m_more;
    for (QPushButton *button : std::as_const(m_buttons)) {
        setTabOrder(before, button);
        before = button;
    }
    relayout();
}

int FilterChips::place(const QList<QWidget *> &widgets, int most, int *shown)
{
    const int line = m_add->sizeHint().height() + style::unit;
    int x = 0;
    int lines = 1;
    *shown = 0;
    for (QWidget *widget : widgets) {
        const QSize size = widget->sizeHint();
        if (x > 0 && x + size.width() > width()) {
            x = 0;
            ++lines;
        }
        widget->setVisible(lines <= most);
        if (lines <= most) {
            widget->setGeometry(x, (lines - 1) * line + (line - style::unit - size.height()) / 2,
                                qMin(size.width(), width()), size.height());
            ++*shown;
        }
        x += size.width() + style::unit;
    }
    return lines;
}

void FilterChips::relayout()
{
    QList<QWidget *> widgets{m_add};
    for (FilterChip *chip : std::as_const(m_chips)) {
        widgets.append(chip);
    }
    const bool narrows = m_model.filter().narrows();
    QList<QWidget *> buttons;
    for (QPushButton *button : std::as_const(m_buttons)) {
        if (narrows && button->property("offered") != QVariant(false)) {
            buttons.append(button);
        } else {
            button->hide();
        }
    }
    const int most = m_expanded ? int(widgets.size() + buttons.size()) : linesAtFirst;
    m_more->hide();
    int shown = 0;
    int lines = place(widgets + buttons, most, &shown);
    // What does not fit gives way to a button that tells of it; what can be done stays.
    for (int left = int(m_chips.size()) - 1; lines > most && left >= 0; --left) {
        m_more->setText(tr("%n more", nullptr, int(m_chips.size()) - left));
        for (int i = left; i < m_chips.size(); ++i) {
            m_chips[i]->hide();
        }
        lines = place(widgets.mid(0, left + 1) + QList<QWidget *>{m_more} + buttons, most, &shown);
    }
    setFixedHeight(qMin(lines, most) * (m_add->sizeHint().height() + style::unit));
}

void FilterChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

void FilterChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        relayout();
    }
}

bool FilterChips::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key
        = event->type() == QEvent::KeyPress ? dynamic_cast<QKeyEvent *>(event) : nullptr;
    const int by = !key ? 0 : key->key() == Qt::Key_Left ? -1 : key->key() == Qt::Key_Right ? 1 : 0;
    if (by == 0) {
        return QWidget::eventFilter(watched, event);
    }
    const auto at = m_chips.indexOf(qobject_cast<FilterChip *>(watched)) + by;
    if (at >= 0 && at < m_chips.size() && m_chips[at]->isVisible()) {
        m_chips[at]->setFocus(Qt::TabFocusReason);
    } else if (at < 0) {
        m_add->setFocus(Qt::BacktabFocusReason);
    }
    return true;
}

/// The keys go to the chip beside it.
void FilterChips::remove(FilterField field)
{
    const auto at = m_chips.indexOf(chipOf(field));
    QWidget *next = m_chips.value(at + 1, m_chips.value(at - 1));
    InboxFilter filter = m_model.filter();
    release(filter, field);
    m_model.setFilter(filter);
    (next && next->isVisible() ? next : m_add)->setFocus(Qt::OtherFocusReason);
}

void FilterChips::clearAll()
{
    InboxFilter plain;
    plain.queue = m_model.filter().queue;
    m_model.setFilter(plain);
    m_add->setFocus(Qt::OtherFocusReason);
}

void FilterChips::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("fields"));
    menu->setAccessibleName(tr("Filter by"));
    for (const FilterField field : allFilterFields) {
        QAction *action = menu->addAction(words::of(field) + QStringLiteral("…"));
        connect(action, &QAction::triggered, this, [this, field]() -> void { edit(field); });
    }
    menu->setActiveAction(menu->actions().constFirst());
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void FilterChips::edit(FilterField field)
{
    FilterChip *chip = chipOf(field);
    QWidget *anchor = chip && chip->isVisible() ? static_cast<QWidget *>(chip) : m_add;
    auto *popup = new FilterPopup(field, m_model, m_name, this);
    connect(popup, &FilterPopup::closed, this, [this, field]() -> void {
        FilterChip *made = chipOf(field);
        (made && made->isVisible() ? static_cast<QWidget *>(made) : m_add)
            ->setFocus(Qt::OtherFocusReason);
    });
    popup->openAt(anchor);
}

} // namespace countersign
