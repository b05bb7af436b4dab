// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/batchtable.h"

#include "views/style/icons.h"

#include <QEvent>
#include <QHeaderView>
#include <QStyledItemDelegate>

namespace countersign {

namespace {

/// One line and the padding of tables, no focus frame around single cells.
class LineDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex & /*index*/) const override
    {
        return {0, option.fontMetrics.height() + style::tableRowPadding};
    }
};

} // namespace

BatchTable::BatchTable(const QString &name, const QList<Column> &columns, QWidget *parent)
    : QTreeWidget(parent),
      m_columns(columns)
{
    setColumnCount(int(columns.size()));
    setHeaderHidden(true);
    setAccessibleName(name);
    setItemDelegate(new LineDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTextElideMode(Qt::ElideRight);
    setAllColumnsShowFocus(true);
    setTabKeyNavigation(false);
    header()->setMinimumSectionSize(style::unit);
    viewport()->setAutoFillBackground(false); // stands on the page
    connect(this, &QTreeWidget::itemActivated, this, &BatchTable::choose);
    connect(this, &QTreeWidget::itemClicked, this, &BatchTable::choose);
}

void BatchTable::choose(QTreeWidgetItem *item)
{
    const CaseId id = m_rows.value(indexOfTopLevelItem(item)).id;
    if (!id.isEmpty()) {
        Q_EMIT caseChosen(id);
    }
}

void BatchTable::fill(const QList<Row> &rows)
{
    m_rows = rows;
    clear();
    QList<QTreeWidgetItem *> items;
    bool choosable = false;
    for (const Row &row : rows) {
        auto *item = new QTreeWidgetItem(row.cells);
        for (int i = 0; i < m_columns.size(); ++i) {
            if (m_columns.at(i).right) {
                item->setText(i, row.cells.value(i) + QChar(0x2002)); // its distance to the next
            }
            item->setTextAlignment(
                i, (m_columns.at(i).right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        if (!row.symbol.isEmpty()) {
            item->setIcon(0, style::symbol(row.symbol, row.role));
        }
        choosable = choosable || !row.id.isEmpty();
        items.append(item);
    }
    addTopLevelItems(items);
    setSelectionMode(choosable ? SingleSelection : NoSelection);
    setFocusPolicy(choosable ? Qt::StrongFocus : Qt::NoFocus);
    tint();
    setVisible(!rows.isEmpty());
    updateGeometry();
}

QSize BatchTable::sizeHint() const
{
    const int row = fontMetrics().height() + style::tableRowPadding;
    return {style::unit * 60, int(m_rows.size()) * row};
}

void BatchTable::resizeEvent(QResizeEvent *event)
{
    QTreeWidget::resizeEvent(event);
    int shares = 0;
    for (const Column &column : std::as_const(m_columns)) {
        shares += column.share;
    }
    for (int i = 0; i + 1 < m_columns.size(); ++i) {
        header()->resizeSection(i, viewport()->width() * m_columns.at(i).share / shares);
    }
}

void BatchTable::changeEvent(QEvent *event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        tint();
    }
}

void BatchTable::tint()
{
    for (int i = 0; i < m_rows.size() && i < topLevelItemCount(); ++i) {
        if (const auto role = m_rows.at(i).role) {
            topLevelItem(i)->setForeground(int(m_columns.size()) - 1,
                                           style::color(*role, palette()));
        }
    }
}

} // namespace countersign
