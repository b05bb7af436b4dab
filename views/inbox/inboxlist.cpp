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

InboxList::InboxList(InboxModel &model, const Clock &clock, QWidget *parent)
    : QListView(parent),
      m_model(model)
{
    setModel(&model);
    setItemDelegate(new InboxDelegate(model, clock, m_marks, this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setObjectName(QStringLiteral("cases"));
    setAccessibleName(tr("Cases"));
    setMinimumWidth(style::foldBelow / 4);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this]() -> void {
        m_resetting = true;
        m_row = m_model.indexOf(m_current);
        m_scroll = verticalScrollBar()->value();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &InboxList::restore);
}

void InboxList::select(const CaseId &id)
{
    const int row = m_model.indexOf(id);
    if (row >= 0) {
        setCurrentIndex(m_model.index(row));
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
        return m_model.rowAt(row).state == CaseState::Waiting && m_model.idAt(row) != after;
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
    QListView::currentChanged(current, previous);
    if (m_resetting) {
        return;
    }
    if (!m_ranging) {
        m_anchor = {};
    }
    const CaseId id = current.isValid() ? m_model.idAt(current.row()) : CaseId();
    if (id != m_current) {
        m_current = id;
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
    QListView::keyPressEvent(event);
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
            m_current = {};
            Q_EMIT currentCaseChanged(m_current);
        }
        return;
    }
    const int same = m_model.indexOf(m_current);
    const int row = same >= 0 ? same : qBound(0, m_row, m_model.rowCount() - 1);
    doItemsLayout();
    setCurrentIndex(m_model.index(row));
    if (same >= 0 && same == m_row) {
        verticalScrollBar()->setValue(m_scroll);
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
        ids.append(m_model.rowAt(row).id);
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
        marks.insert(m_model.rowAt(i).id);
    }
    setMarks(marks);
}

void InboxList::markWhere(const std::function<bool(const InboxRow &)> &takes)
{
    QSet<CaseId> marks;
    for (int row = 0; row < m_model.rowCount() && marks.size() < BatchModel::most; ++row) {
        const InboxRow &one = m_model.rowAt(row);
        if (one.state == CaseState::Waiting && takes(one)) {
            marks.insert(one.id);
        }
    }
    m_anchor = {};
    setMarks(marks);
}

void InboxList::markAlike()
{
    const int row = m_model.indexOf(m_current);
    if (row < 0) {
        return;
    }
    const InboxRow like = m_model.rowAt(row);
    markWhere([&like](const InboxRow &one) -> bool {
        return one.id == like.id
            || (!like.shape.isEmpty() && one.shape == like.shape && one.action == like.action
                && one.caseType == like.caseType && one.endpoint == like.endpoint);
    });
}

void InboxList::markAll()
{
    markWhere([](const InboxRow &) -> bool { return true; });
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
        QListView::mousePressEvent(event);
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
