// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policychangesmodel.h"

namespace countersign {

void PolicyChangesModel::setLines(const QList<PolicyChangeLine> &lines)
{
    if (lines != m_lines) {
        beginResetModel();
        m_lines = lines;
        endResetModel();
    }
}

void PolicyChangesModel::setSides(const QString &before, const QString &after)
{
    m_before = before;
    m_after = after;
    Q_EMIT headerDataChanged(Qt::Horizontal, BeforeColumn, AfterColumn);
}

int PolicyChangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int PolicyChangesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PolicyChangesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_lines.size()) {
        return {};
    }
    const PolicyChangeLine &line = m_lines.at(index.row());
    const bool whole = line.setting.isEmpty();
    if (role == KindRole) {
        return int(!whole                   ? PolicyRow::Mark::Changed
                       : line.after.isEmpty() ? PolicyRow::Mark::Removed
                                              : PolicyRow::Mark::Added);
    }
    if (role == Qt::AccessibleTextRole && index.column() == RuleColumn) {
        return line.sentence;
    }
    if (role == Qt::ToolTipRole) {
        return line.sentence;
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (index.column()) {
    case RuleColumn:
        return line.rule;
    case SettingColumn:
        return !whole              ? line.setting
            : line.after.isEmpty() ? tr("The rule goes")
                                   : tr("New rule");
    case BeforeColumn:
        return line.before.isEmpty() ? QStringLiteral("–") : line.before;
    case AfterColumn:
        return line.after.isEmpty() ? QStringLiteral("–") : line.after;
    default:
        return {};
    }
}

QVariant PolicyChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case RuleColumn:
        return tr("Rule");
    case SettingColumn:
        return tr("Setting");
    case BeforeColumn:
        return m_before;
    default:
        return m_after;
    }
}

} // namespace countersign
