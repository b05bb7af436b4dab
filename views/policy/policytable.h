// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace countersign {

/// How every table of the policy page looks and moves: whole rows, two lines each, no grid; Tab
/// leaves it. Says in its middle why it is empty.
class PolicyTable final : public QTableView
{
    Q_OBJECT
public:
    explicit PolicyTable(const QString &name, QWidget *parent = nullptr);

    /// Not null; kept by its own owner.
    void show(QAbstractItemModel &model, int stretched);
    void setEmptyText(const QString &text);
    using QTableView::show;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void sizeRows();
    QString m_emptyText;
};

} // namespace countersign
