// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"
#include "store/sql/statements.h"

namespace countersign {

/// Policies, stops and what happens when time runs out; as Reader promises them. Standard SQL.
class OversightTables
{
public:
    explicit OversightTables(Statements &sql);

    [[nodiscard]] Result<PolicyRecord> policyInForce();
    [[nodiscard]] Result<std::optional<PolicyRecord>> policyVersion(int version);
    [[nodiscard]] Result<QList<PolicyRecord>> policies();
    [[nodiscard]] Result<QHash<EndpointId, KeptPolicy>> keptPolicies();
    [[nodiscard]] Result<QList<StopOrder>> stops();
    [[nodiscard]] Result<QHash<QString, QList<qint64>>> workloads();
    [[nodiscard]] Result<QList<CaseId>> casesAtZero(qint64 beforeMs);
    [[nodiscard]] Result<std::optional<qint64>> nextZeroMs();

private:
    [[nodiscard]] Result<QList<PolicyRecord>> load(const QString &where,
                                                   const QVariantList &arguments, bool whole);

    Statements &m_sql;
};

} // namespace countersign
