// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/inboxlist.h"

#include "items/batchmodel.h"
#include "views/inbox/inboxdelegate.h"
#include "views/style/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace countersign {

namespace {

constexpr int nearRows = 200; // looked through for one that is still there

} // namespace

InboxList::InboxList(InboxModel &model, const Clock &clock, QWidget *parent)
    : UniformList(parent),
      m_model(model),
      m_delegate(new InboxDelegate(model, clock, m_marks, this))
{
    measure();
    setVerticalScrollMode(ScrollPerPixel);
    setModel(&model);
    setItemDelegate(m_delegate);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setObjectName(QStringLiteral("cases"));
    setAccessibleName(tr("Cases"));
    setMinimumWidth(style::foldBelow / 4);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &InboxList::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &InboxList::restore);
}

void InboxList::measure()
{
    m_rowHeight = m_delegate->rowHeight(font());
    m_headingHeight = m_delegate->headingHeight(font());
}

void InboxList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        scheduleDelayedItemsLayout();
    }
    UniformList::changeEvent(event);
}

void InboxList::select(const CaseId &id)
{
    const int row = m_model.indexOf(id);
    if (row >= 0) {
        setCurrentIndex(m_model.index(row));
    } else {
        m_wanted = id;
    }
}

void InboxList::step(int by)
{
    if (m_model.rowCount() > 0) {
        const int row = qBound(0, currentIndex().row() + by, m_model.rowCount() - 1);
        setCurrentIndex(m_model.index(row));
    }
}

void InboxList::selectNextWaiting(const CaseId &after)
{
    const int from = m_model.indexOf(after);
    const auto waits = [this, &after](int row) -> bool {
        return m_model.stateAt(row) == CaseState::Waiting && m_model.idAt(row) != after;
    };
    for (int row = from + 1; row < m_model.rowCount(); ++row) {
        if (waits(row)) {
            setCurrentIndex(m_model.index(row));
            return;
        }
    }
    for (int row = from - 1; row >= 0; --row) {
        if (waits(row)) {
            setCurrentIndex(m_model.index(row));
            return;
        }
    }
}

void InboxList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    UniformList::currentChanged(current, previous);
    if (m_resetting) {
        return;
    }
    if (!m_ranging) {
        m_anchor = {};
    }
    const CaseId id = current.isValid() ? m_model.idAt(current.row()) : CaseId();
    if (id != m_current) {
        m_current = id;
        m_wanted = {};
        m_left = {};
        Q_EMIT currentCaseChanged(id);
    }
}

void InboxList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat() && currentIndex().isValid()) {
            Q_EMIT openRequested();
        }
        return;
    }
    UniformList::keyPressEvent(event);
}

void InboxList::remember()
{
    m_resetting = true;
    m_row = m_model.indexOf(m_current);
    m_near.clear();
    if (m_row < 0) {
        return;
    }
    const QRect area = visualRect(m_model.index(m_row));
    m_height = area.bottom() - rowHeight(); // its heading aside
    for (int by = 0; by < nearRows; ++by) {
        for (const int row : {m_row + by, m_row - by}) {
            if (row >= 0 && row < m_model.rowCount() && (by > 0 || row == m_row)) {
                m_near.append(m_model.idAt(row));
            }
        }
    }
}

void InboxList::restore()
{
    m_resetting = false;
    m_anchor = {};
    QSet<CaseId> kept = m_marks;
    kept.removeIf([this](const CaseId &id) -> bool { return m_model.indexOf(id) < 0; });
    setMarks(kept);
    if (m_model.rowCount() == 0) {
        setCurrentIndex({});
        if (!m_current.isEmpty()) {
            m_left = std::exchange(m_current, {});
            Q_EMIT currentCaseChanged(m_current);
        }
        return;
    }
    if (const int wanted = m_wanted.isEmpty() ? -1 : m_model.indexOf(m_wanted); wanted >= 0) {
        setCurrentIndex(m_model.index(wanted));
        scrollTo(currentIndex());
        return;
    }
    int row = m_current.isEmpty() ? m_model.indexOf(m_left) : -1;
    const bool inPlace = row < 0 && m_row >= 0;
    for (const CaseId &id : std::as_const(m_near)) {
        row = row < 0 ? m_model.indexOf(id) : row;
    }
    setCurrentIndex(m_model.index(row >= 0 ? row : qBound(0, m_row, m_model.rowCount() - 1)));
    if (inPlace) {
        const QRect area = visualRect(currentIndex());
        verticalScrollBar()->setValue(verticalOffset() + area.bottom() - rowHeight() - m_height);
    }
    if (inPlace && m_height >= 0 && m_height < viewport()->height()) {
        scrollTo(currentIndex());
    }
}

void InboxList::setMarks(const QSet<CaseId> &marks)
{
    if (marks != m_marks) {
        m_marks = marks;
        viewport()->update();
        Q_EMIT marksChanged();
    }
}

QList<CaseId> InboxList::marked() const
{
    QList<int> rows;
    for (const CaseId &id : m_marks) {
        rows.append(m_model.indexOf(id));
    }
    std::sort(rows.begin(), rows.end());
    QList<CaseId> ids;
    for (const int row : rows) {
        ids.append(m_model.idAt(row));
    }
    return ids;
}

void InboxList::toggleMark()
{
    if (m_current.isEmpty()) {
        return;
    }
    m_anchor = {};
    QSet<CaseId> marks = m_marks;
    if (!marks.remove(m_current)) {
        marks.insert(m_current);
    }
    setMarks(marks);
}

void InboxList::extendMarks(int by)
{
    if (m_model.rowCount() > 0 && currentIndex().isValid()) {
        markTo(qBound(0, currentIndex().row() + by, m_model.rowCount() - 1));
    }
}

void InboxList::moveTo(int row)
{
    m_ranging = true;
    setCurrentIndex(m_model.index(row));
    m_ranging = false;
}

void InboxList::markTo(int row)
{
    int from = m_model.indexOf(m_anchor);
    if (from < 0) {
        m_anchor = m_current;
        m_base = m_marks;
        from = currentIndex().row();
    }
    moveTo(row);
    QSet<CaseId> marks = m_base;
    for (int i = qMin(from, row); i <= qMax(from, row); ++i) {
        marks.insert(m_model.idAt(i));
    }
    setMarks(marks);
}

void InboxList::markAlike()
{
    const QList<CaseId> alike = m_model.waiting(BatchModel::most, m_current);
    m_anchor = {};
    setMarks({alike.begin(), alike.end()});
}

void InboxList::markAll()
{
    const QList<CaseId> all = m_model.waiting(BatchModel::most);
    m_anchor = {};
    setMarks({all.begin(), all.end()});
}

/// As lists do it: with Ctrl one more or less, with Shift up to here, else only this one.
void InboxList::mousePressEvent(QMouseEvent *event)
{
    const int row = indexAt(event->position().toPoint()).row();
    const bool more = event->modifiers().testFlag(Qt::ControlModifier);
    const bool range = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->button() != Qt::LeftButton || row < 0 || !(more || range)) {
        if (event->button() == Qt::LeftButton && row >= 0) {
            setMarks({});
        }
        UniformList::mousePressEvent(event);
        return;
    }
    if (range) {
        markTo(row);
        return;
    }
    if (m_marks.isEmpty() && row != currentIndex().row()) {
        toggleMark();
    }
    setCurrentIndex(m_model.index(row));
    toggleMark();
}

} // namespace countersign
