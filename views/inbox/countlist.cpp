// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/countlist.h"

#include "views/style/icons.h"
#include "views/words.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace countersign {

namespace {

constexpr int keyRole = Qt::UserRole + 1;
constexpr int countRole = Qt::UserRole + 2;

class CountDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {style::foldBelow / 8, option.fontMetrics.height() + style::tableRowPadding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
        painter->save();
        if (selected || hovered) {
            painter->fillRect(
                option.rect,
                style::ground(selected ? style::Ground::Selected : style::Ground::Hovered,
                              option.palette));
        }
        if (selected) {
            painter->fillRect(option.rect.left(), option.rect.top(), style::edgeWidth,
                              option.rect.height(), option.palette.color(QPalette::Highlight));
        }
        if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(option.palette.color(QPalette::Highlight));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        QRect area = option.rect.adjusted(style::groupGap, 0, -style::groupGap, 0);
        if (index.data(Qt::CheckStateRole).isValid()) {
            area.setLeft(paintTick(*painter, option, index));
        }
        const int known = index.data(countRole).toInt();
        const QString count = known < 0 ? QString() : words::count(known);
        painter->setFont(option.font);
        painter->setPen(style::color(style::Role::Muted, option.palette));
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, count);
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(count) - style::gap);
        painter->setPen(option.palette.color(QPalette::Text));
        if (selected) {
            painter->setFont(style::font(style::Type::Strong, option.font));
        }
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            area.width()));
        painter->restore();
    }

private:
    /// Where the words begin.
    static int paintTick(QPainter &painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index)
    {
        QStyleOptionButton box;
        box.palette = option.palette;
        box.rect = {option.rect.left() + style::gap, option.rect.center().y() - style::icon / 2,
                    style::icon, style::icon};
        const bool on = index.data(Qt::CheckStateRole).value<Qt::CheckState>() == Qt::Checked;
        box.state = QStyle::State_Enabled | (on ? QStyle::State_On : QStyle::State_Off);
        option.widget->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter,
                                              option.widget);
        return box.rect.right() + style::gap;
    }
};

/// A click anywhere on a row that has a tick sets it.
class CountList final : public QListWidget
{
    Q_OBJECT
public:
    using QListWidget::QListWidget;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        QListWidget::mouseReleaseEvent(event);
        QListWidgetItem *item = itemAt(event->position().toPoint());
        if (item != nullptr && item->flags().testFlag(Qt::ItemIsUserCheckable)) {
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        }
    }
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override
    {
        // Ticks are set here, by the mouse, and by Space.
        const bool mouse = event != nullptr && event->type() == QEvent::MouseButtonRelease;
        return !mouse && QListWidget::edit(index, trigger, event);
    }
};

} // namespace

QListWidget *makeCountList(const QString &name)
{
    auto *list = new CountList;
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setItemDelegate(new CountDelegate(list));
    list->setMouseTracking(true);
    list->setUniformItemSizes(true);
    list->viewport()->setAutoFillBackground(false);
    return list;
}

void setCount(QListWidgetItem *item, const QString &key, int count)
{
    const QString spoken = count < 0
        ? item->text()
        : QCoreApplication::translate("CountList", "%1, %2").arg(item->text(), words::count(count));
    if (item->data(Qt::AccessibleTextRole) == QVariant(spoken) && keyOf(item) == key) {
        return;
    }
    item->setData(keyRole, key);
    item->setData(countRole, count);
    item->setData(Qt::AccessibleTextRole, spoken);
}

QString keyOf(const QListWidgetItem *item)
{
    return item->data(keyRole).toString();
}

void fitRows(QListWidget *list, int rows)
{
    list->setFixedHeight((list->fontMetrics().height() + style::tableRowPadding) * rows);
}

} // namespace countersign

#include "countlist.moc"
