// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policyhistorymodel.h"

#include "domain/displaytext.h"

#include <QDateTime>

namespace countersign {

PolicyHistoryModel::PolicyHistoryModel(PolicyModel &policy, QObject *parent)
    : QAbstractTableModel(parent),
      m_policy(policy)
{
    connect(&policy, &PolicyModel::changed, this, &PolicyHistoryModel::follow);
    follow();
}

void PolicyHistoryModel::follow()
{
    const QList<PolicyRecord> &now = m_policy.history();
    if (!m_records.isEmpty() && m_records.size() == now.size() + 1) {
        return; // versions are only added
    }
    beginResetModel();
    m_records = now;
    m_records.append(PolicyRecord{}); // the built-in one
    endResetModel();
}

int PolicyHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int PolicyHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString PolicyHistoryModel::cell(const PolicyRecord &record, int column) const
{
    const bool builtIn = record.event.isEmpty();
    switch (column) {
    case VersionColumn:
        return QStringLiteral("v%1").arg(record.version);
    case TimeColumn:
        return builtIn ? QString()
                       : QDateTime::fromMSecsSinceEpoch(record.atMs)
                             .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    case WhoColumn:
        return builtIn ? tr("built in")
                       : displayText(record.personName, {.singleLine = true}).text;
    case ReasonColumn:
        return builtIn ? tr("Everything goes to a person.")
                       : displayText(record.reason, {.singleLine = true, .maxLength = 600}).text;
    default:
        return {};
    }
}

QVariant PolicyHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_records.size()) {
        return {};
    }
    const PolicyRecord &record = m_records.at(index.row());
    const bool inForce = record.version == m_policy.inForce().version;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == VersionColumn && inForce
            ? tr("v%1, in force").arg(record.version)
            : cell(record, index.column());
    case Qt::AccessibleTextRole: {
        if (index.column() != VersionColumn) {
            return cell(record, index.column());
        }
        QStringList parts;
        for (int column = 0; column < ColumnCount; ++column) {
            if (const QString text = cell(record, column); !text.isEmpty()) {
                parts.append(text);
            }
        }
        return parts.join(QLatin1String(", ")) + (inForce ? tr(", in force") : QString());
    }
    case VersionRole:
        return record.version;
    case InForceRole:
        return inForce;
    default:
        return {};
    }
}

QVariant PolicyHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case VersionColumn:
        return tr("Version");
    case TimeColumn:
        return tr("Set at");
    case WhoColumn:
        return tr("By");
    default:
        return tr("Reason");
    }
}

} // namespace countersign
