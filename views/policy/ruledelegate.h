// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace countersign {

/// Cells of the policy tables: two lines at most, the first column in full ink; the row's edge and
/// the mark column say by shape, word and colour how it differs from what is in force.
class RuleDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// `markRole` gives PolicyRow::Mark as an int, `faultsRole` (0: none) the faults; `markColumn`
    /// holds the mark's word (-1: none does).
    RuleDelegate(int markRole, int faultsRole, int markColumn, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    int m_markRole;
    int m_faultsRole;
    int m_markColumn;
};

} // namespace countersign
