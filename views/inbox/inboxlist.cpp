// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/inboxlist.h"

#include "views/inbox/inboxdelegate.h"
#include "views/style/tokens.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace countersign {

InboxList::InboxList(InboxModel &model, const Clock &clock, QWidget *parent)
    : QListView(parent),
      m_model(model)
{
    setModel(&model);
    setItemDelegate(new InboxDelegate(model, clock, this));
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

} // namespace countersign
