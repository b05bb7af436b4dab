// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/batchsummary.h"

#include <QSet>

namespace countersign {

/// Counts the values of fields and arguments over many cases. For summarize().
class BatchTraits
{
public:
    void add(const Case &subject);
    /// Fills `same`, `differs` and `cutShort`; arguments in the order they were first seen. Where
    /// the actions differ, only those that more than half of the cases have.
    void fill(BatchSummary &summary) const;

private:
    struct Value
    {
        QString shown;
        int count = 0;
    };
    struct Column
    {
        BatchTrait::Kind kind = BatchTrait::Kind::Argument;
        QString path;
        QHash<QByteArray, Value> values; ///< by a digest where it is long
        int present = 0;
        bool numbers = true;
        std::optional<Decimal> least;
        std::optional<Decimal> most;
    };
    struct Cell
    {
        QByteArray key;
        QList<Json> leaves;
    };
    void addField(BatchTrait::Kind kind, const QString &value);
    void collect(const Json &value, const QString &path, int depth);
    Column &column(BatchTrait::Kind kind, const QString &path);

    QList<Column> m_columns;
    QHash<QString, qsizetype> m_at;
    QHash<QString, Cell> m_cells; ///< of the case under way
    QStringList m_order; ///< its paths
    int m_cases = 0;
    bool m_cutShort = false;
};

} // namespace countersign
