// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace countersign {

/// A list whose rows all have one height, but for those that begin a section and carry its heading.
/// Places are computed, never stored: painting, scrolling and selecting cost the same with 100,000
/// rows as with ten. One column, one selected row, no editing. The heir sets ScrollPerPixel once it
/// can tell heights.
class UniformList : public QListView
{
    Q_OBJECT
public:
    explicit UniformList(QWidget *parent = nullptr);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void reset() override;

protected:
    /// Rows that begin a section, ascending.
    [[nodiscard]] virtual const QList<int> &sections() const = 0;
    [[nodiscard]] virtual int rowHeight() const = 0; ///< in pixels, more than 0
    [[nodiscard]] virtual int headingHeight() const = 0;

    [[nodiscard]] int
    topOf(int row) const; ///< of its heading, where it has one; from the first row
    [[nodiscard]] int
    rowAtHeight(int y) const; ///< from the first row's top; within the rows there are

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void dataChanged(const QModelIndex &first, const QModelIndex &last,
                     const QList<int> &roles = {}) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void wheelEvent(QWheelEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action,
                                         Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    [[nodiscard]] QModelIndexList selectedIndexes() const override;

private:
    [[nodiscard]] int rows() const;
    [[nodiscard]] int contentHeight() const { return topOf(rows()); }
};

} // namespace countersign
