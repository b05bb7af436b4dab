// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/evidence.h"
#include "store/sql/statements.h"

namespace countersign {

/// Past cases by the stretch, as EvidenceReader promises them. Standard SQL; each look is a walk
/// along the primary key.
class HistoryTables
{
public:
    explicit HistoryTables(Statements &sql);

    [[nodiscard]] Result<qint64> newestNumber();
    [[nodiscard]] Result<QList<HistoryRow>> rows(const HistoryQuery &query);
    [[nodiscard]] Result<QList<HistoryCase>> cases(const HistoryQuery &query);

private:
    [[nodiscard]] Result<QHash<QString, QString>> endpointNames();

    Statements &m_sql;
};

} // namespace countersign
