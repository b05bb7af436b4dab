// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policylook.h"

#include <QAbstractTableModel>

namespace countersign {

/// What differs between two policies, a line each. GUI thread.
class PolicyChangesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        RuleColumn,
        SettingColumn,
        BeforeColumn,
        AfterColumn,
        ColumnCount
    };
    enum Role
    {
        KindRole = Qt::UserRole + 1 ///< int, PolicyRow::Mark: Added, Changed or Removed
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setLines(const QList<PolicyChangeLine> &lines);
    /// As the headings say it: "In force", "Draft".
    void setSides(const QString &before, const QString &after);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<PolicyChangeLine> m_lines;
    QString m_before;
    QString m_after;
};

} // namespace countersign
