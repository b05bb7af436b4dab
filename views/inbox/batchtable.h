// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "views/style/tokens.h"

#include <QTreeWidget>
#include <QWheelEvent>

namespace countersign {

/// A small table that is as tall as what it holds; the page scrolls. Plain text, elided; a click or
/// Enter on a row that stands for a case chooses it.
class BatchTable final : public QTreeWidget
{
    Q_OBJECT
public:
    struct Row
    {
        QStringList cells;
        std::optional<style::Role> role; ///< of the last cell
        QString symbol; ///< before the first cell
        CaseId id;
    };
    struct Column
    {
        int share = 1; ///< of the width
        bool right = false; ///< numbers
    };

    BatchTable(const QString &name, const QList<Column> &columns, QWidget *parent = nullptr);

    void fill(const QList<Row> &rows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override { event->ignore(); } // the page scrolls
    void changeEvent(QEvent *event) override;

private:
    void choose(QTreeWidgetItem *item);
    void tint();

    QList<Column> m_columns;
    QList<Row> m_rows;
};

} // namespace countersign
