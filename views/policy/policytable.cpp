// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/policytable.h"

#include "views/style/tokens.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

namespace countersign {

PolicyTable::PolicyTable(const QString &name, QWidget *parent) : QTableView(parent)
{
    setAccessibleName(name);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(style::pageEdge);
    sizeRows();
}

void PolicyTable::show(QAbstractItemModel &model, int stretched)
{
    setModel(&model);
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
}

void PolicyTable::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void PolicyTable::sizeRows()
{
    verticalHeader()->setDefaultSectionSize(2 * fontMetrics().height() + style::tableRowPadding);
}

void PolicyTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        sizeRows();
    }
}

void PolicyTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (model() != nullptr && model()->rowCount() == 0 && !m_emptyText.isEmpty()) {
        QPainter painter(viewport());
        painter.setPen(style::color(style::Role::Muted, palette()));
        painter.drawText(viewport()->rect().adjusted(style::groupGap, style::groupGap,
                                                     -style::groupGap, 0),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
    }
}

} // namespace countersign
