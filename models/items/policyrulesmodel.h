// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policymodel.h"

#include <QAbstractTableModel>

namespace countersign {

/// The rules of the draft (or of the policy in force) as sentences, each marked by how it differs
/// from what is in force; what is gone at the end, then what holds otherwise. GUI thread.
class PolicyRulesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        CasesColumn,
        HappensColumn,
        PeopleColumn,
        TimeColumn,
        MarkColumn,
        ColumnCount
    };
    enum Role
    {
        RowKeyRole = Qt::UserRole + 1, ///< QString, keeps a row's identity over a reset
        PlaceRole, ///< int, in the document; -1 for none
        OtherwiseRole, ///< bool
        MarkRole, ///< int, PolicyRow::Mark
        FaultsRole, ///< QStringList
        ChangesRole ///< QStringList
    };

    /// `policy` outlives the model.
    explicit PolicyRulesModel(PolicyModel &policy, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] int rowOfPlace(int place) const; ///< -1 where there is none
    [[nodiscard]] int rowOfKey(const QString &key) const; ///< -1 where there is none

private:
    void follow();
    [[nodiscard]] static QString keyOf(const PolicyRow &row);

    PolicyModel &m_policy;
    QList<PolicyRow> m_rows;
};

} // namespace countersign
