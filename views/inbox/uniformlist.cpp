// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/uniformlist.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

// QListView is the base because screen readers are told of it as a list; of its layout nothing may
// run. Whatever it overrides goes to its own base from here.

namespace countersign {

UniformList::UniformList(QWidget *parent) : QListView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
}

int UniformList::rows() const
{
    return model() ? model()->rowCount(rootIndex()) : 0;
}

int UniformList::topOf(int row) const
{
    const QList<int> &starts = sections();
    const auto before = std::lower_bound(starts.begin(), starts.end(), row) - starts.begin();
    return row * rowHeight() + int(before) * headingHeight();
}

int UniformList::rowAtHeight(int y) const
{
    const QList<int> &starts = sections();
    // The last section that begins at or above y.
    const auto next = std::partition_point(starts.begin(), starts.end(),
                                           [this, y](int row) -> bool { return topOf(row) <= y; });
    const int first = next == starts.begin() ? 0 : *(next - 1);
    const int top = next == starts.begin() ? 0 : topOf(first) + headingHeight();
    return qBound(0, first + qMax(0, y - top) / rowHeight(), rows() - 1);
}

QRect UniformList::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rows()) {
        return {};
    }
    const int top = topOf(index.row());
    return {0, top - verticalOffset(), viewport()->width(), topOf(index.row() + 1) - top};
}

QModelIndex UniformList::indexAt(const QPoint &point) const
{
    const int y = point.y() + verticalOffset();
    return rows() == 0 || y < 0 || y >= contentHeight()
        ? QModelIndex()
        : model()->index(rowAtHeight(y), modelColumn(), rootIndex());
}

void UniformList::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    const QRect area = visualRect(index);
    if (!area.isValid()) {
        return;
    }
    const int top = area.top() + verticalOffset();
    const int page = viewport()->height();
    const int bottom = top + area.height() - page;
    int value = verticalOffset();
    switch (hint) {
    case EnsureVisible:
        value = area.top() < 0 || area.height() > page ? top
            : area.bottom() >= page                    ? bottom
                                                       : value;
        break;
    case PositionAtTop:
        value = top;
        break;
    case PositionAtBottom:
        value = bottom;
        break;
    case PositionAtCenter:
        value = (top + bottom) / 2;
        break;
    }
    verticalScrollBar()->setValue(value);
}

int UniformList::verticalOffset() const
{
    return verticalScrollBar()->value();
}

void UniformList::updateGeometries()
{
    const int page = viewport()->height();
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, qMax(0, contentHeight() - page));
    QAbstractItemView::updateGeometries();
}

void UniformList::doItemsLayout()
{
    QAbstractItemView::doItemsLayout();
    updateGeometries();
}

void UniformList::reset()
{
    QAbstractItemView::reset();
    doItemsLayout(); // now: whoever follows the reset may scroll
}

void UniformList::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}

void UniformList::scrollContentsBy(int, int)
{
    viewport()->update(); // not scroll(): what is under the pointer changes
}

void UniformList::dataChanged(const QModelIndex &first, const QModelIndex &last,
                              const QList<int> &roles)
{
    QAbstractItemView::dataChanged(first, last, roles);
}

void UniformList::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    doItemsLayout();
}

void UniformList::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    scheduleDelayedItemsLayout();
}

void UniformList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (QAccessible::isActive() && current.isValid() && hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(current.row());
        QAccessible::updateAccessibility(&event);
    }
}

void UniformList::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    if (QAccessible::isActive() && !selected.isEmpty()) {
        QAccessibleEvent event(this, QAccessible::SelectionAdd);
        event.setChild(selected.first().top());
        QAccessible::updateAccessibility(&event);
    }
}

void UniformList::wheelEvent(QWheelEvent *event)
{
    QAbstractItemView::wheelEvent(event);
}

void UniformList::timerEvent(QTimerEvent *event)
{
    QAbstractItemView::timerEvent(event);
}

void UniformList::mouseMoveEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseMoveEvent(event);
}

void UniformList::mouseReleaseEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseReleaseEvent(event);
}

QModelIndex UniformList::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    if (rows() == 0) {
        return {};
    }
    const int at = qMax(0, currentIndex().row());
    const int page = qMax(1, viewport()->height() / rowHeight() - 1);
    int to = at;
    switch (action) {
    case MoveUp:
    case MoveLeft:
    case MovePrevious:
        to = at - 1;
        break;
    case MoveDown:
    case MoveRight:
    case MoveNext:
        to = currentIndex().isValid() ? at + 1 : 0;
        break;
    case MovePageUp:
        to = at - page;
        break;
    case MovePageDown:
        to = at + page;
        break;
    case MoveHome:
        to = 0;
        break;
    case MoveEnd:
        to = rows() - 1;
        break;
    }
    return model()->index(qBound(0, to, rows() - 1), modelColumn(), rootIndex());
}

void UniformList::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.normalized().center());
    selectionModel()->select(index.isValid() ? QItemSelection(index, index) : QItemSelection(),
                             command);
}

QRegion UniformList::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        region += visualRect(range.topLeft()).united(visualRect(range.bottomRight()));
    }
    return region.intersected(viewport()->rect());
}

QModelIndexList UniformList::selectedIndexes() const
{
    return selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
}

void UniformList::paintEvent(QPaintEvent *event)
{
    if (rows() == 0) {
        return;
    }
    QStyleOptionViewItem base;
    initViewItemOption(&base);
    QPainter painter(viewport());
    const QRect dirty = event->rect();
    const QPoint pointer = viewport()->mapFromGlobal(QCursor::pos());
    const bool under = viewport()->underMouse();
    const int last = rowAtHeight(dirty.bottom() + verticalOffset());
    for (int row = rowAtHeight(dirty.top() + verticalOffset()); row <= last; ++row) {
        const QModelIndex index = model()->index(row, modelColumn(), rootIndex());
        QStyleOptionViewItem option(base);
        option.rect = visualRect(index);
        option.index = index;
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        option.state.setFlag(QStyle::State_MouseOver, under && option.rect.contains(pointer));
        itemDelegate()->paint(&painter, option, index);
    }
}

} // namespace countersign
