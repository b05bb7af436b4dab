// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policymodel.h"

#include <QAbstractTableModel>

namespace countersign {

/// Every version that was in force, newest first; the built-in one is the last. GUI thread.
class PolicyHistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        VersionColumn,
        TimeColumn,
        WhoColumn,
        ReasonColumn,
        ColumnCount
    };
    enum Role
    {
        VersionRole = Qt::UserRole + 1, ///< int
        InForceRole ///< bool
    };

    /// `policy` outlives the model.
    explicit PolicyHistoryModel(PolicyModel &policy, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void follow();
    [[nodiscard]] QString cell(const PolicyRecord &record, int column) const;

    PolicyModel &m_policy;
    QList<PolicyRecord> m_records;
};

} // namespace countersign
