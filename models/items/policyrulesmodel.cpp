// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policyrulesmodel.h"

#include <algorithm>

namespace countersign {

PolicyRulesModel::PolicyRulesModel(PolicyModel &policy, QObject *parent)
    : QAbstractTableModel(parent),
      m_policy(policy),
      m_rows(policy.look().rows)
{
    connect(&policy, &PolicyModel::changed, this, &PolicyRulesModel::follow);
}

int PolicyRulesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PolicyRulesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

namespace {

QString markWord(const PolicyRow &row)
{
    if (!row.faults.isEmpty()) {
        return PolicyRulesModel::tr("Fault");
    }
    switch (row.mark) {
    case PolicyRow::Mark::Same:
        return {};
    case PolicyRow::Mark::Added:
        return PolicyRulesModel::tr("New");
    case PolicyRow::Mark::Changed:
        return PolicyRulesModel::tr("Changed");
    case PolicyRow::Mark::Removed:
        return PolicyRulesModel::tr("Goes");
    }
    return {};
}

/// The row as one sentence for those who listen.
QString spoken(const PolicyRow &row)
{
    QStringList parts{row.words.cases + QLatin1Char(' ') + row.words.happens};
    if (!row.words.people.isEmpty()) {
        parts.append(row.words.people);
    }
    if (!row.words.time.isEmpty()) {
        parts.append(PolicyRulesModel::tr("due after %1").arg(row.words.time));
    }
    if (const QString mark = markWord(row); !mark.isEmpty()) {
        parts.prepend(mark);
    }
    return (parts + row.faults).join(QLatin1String("; "));
}

QString cellOf(const PolicyRow &row, int column)
{
    switch (column) {
    case PolicyRulesModel::CasesColumn:
        return row.words.cases;
    case PolicyRulesModel::HappensColumn:
        return row.words.happens;
    case PolicyRulesModel::PeopleColumn:
        return row.words.people;
    case PolicyRulesModel::TimeColumn:
        return row.words.time;
    case PolicyRulesModel::MarkColumn:
        return markWord(row);
    default:
        return {};
    }
}

} // namespace

QVariant PolicyRulesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size()) {
        return {};
    }
    const PolicyRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellOf(row, index.column());
    case Qt::ToolTipRole:
        return row.faults.isEmpty() ? row.title : row.faults.join(QLatin1Char('\n'));
    case Qt::AccessibleTextRole:
        return index.column() == CasesColumn ? spoken(row) : cellOf(row, index.column());
    case RowKeyRole:
        return keyOf(row);
    case PlaceRole:
        return row.place;
    case OtherwiseRole:
        return row.otherwise;
    case MarkRole:
        return int(row.mark);
    case FaultsRole:
        return row.faults;
    case ChangesRole:
        return row.changes;
    default:
        return {};
    }
}

QVariant PolicyRulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case CasesColumn:
        return tr("Cases");
    case HappensColumn:
        return tr("What happens");
    case PeopleColumn:
        return tr("Who decides");
    case TimeColumn:
        return tr("Due after");
    default:
        return tr("Draft");
    }
}

QString PolicyRulesModel::keyOf(const PolicyRow &row)
{
    return row.otherwise ? QStringLiteral("*")
        : row.place < 0  ? QLatin1Char('-') + row.id
                         : QLatin1Char('+') + row.id;
}

int PolicyRulesModel::rowOfPlace(int place) const
{
    const auto found
        = std::find_if(m_rows.cbegin(), m_rows.cend(), [place](const PolicyRow &row) -> bool {
              return place < 0 ? row.otherwise : row.place == place;
          });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

int PolicyRulesModel::rowOfKey(const QString &key) const
{
    const auto found
        = std::find_if(m_rows.cbegin(), m_rows.cend(),
                       [&](const PolicyRow &row) -> bool { return keyOf(row) == key; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

void PolicyRulesModel::follow()
{
    const QList<PolicyRow> &rows = m_policy.look().rows;
    if (m_policy.isLooking() || rows == m_rows) {
        return;
    }
    const bool alike = rows.size() == m_rows.size()
        && std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(),
                      [](const PolicyRow &a, const PolicyRow &b) -> bool {
                          return a.place == b.place && a.otherwise == b.otherwise;
                      });
    if (alike) { // the same rules: nothing moves under the cursor
        m_rows = rows;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

} // namespace countersign
