// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"
#include "store/sql/statements.h"

namespace countersign {

/// The tables of cases, decisions and the outbox, as Reader promises them. Standard SQL.
class CaseTables
{
public:
    explicit CaseTables(Statements &sql);

    [[nodiscard]] Result<std::optional<Case>> caseById(const CaseId &id);
    [[nodiscard]] Result<std::optional<Case>> newestAt(const EndpointId &endpoint,
                                                       const QString &question, int part);
    [[nodiscard]] Result<std::optional<Case>> newestByRebind(const EndpointId &endpoint,
                                                             const QString &rebind, int part);
    [[nodiscard]] Result<QList<Case>> ofQuestion(const EndpointId &endpoint,
                                                 const QString &question, int occurrence);
    [[nodiscard]] Result<QList<Case>> cases(const CaseQuery &query);
    [[nodiscard]] Result<QList<CaseRow>> rows(const CaseQuery &query);
    [[nodiscard]] Result<std::optional<Decision>> decisionById(const DecisionId &id);
    [[nodiscard]] Result<QList<OutboxEntry>> outbox(bool openOnly);
    [[nodiscard]] Result<std::optional<OutboxEntry>> outboxById(const OutboxId &id);

private:
    [[nodiscard]] Result<QList<Case>> load(const QString &where, const QVariantList &arguments);
    [[nodiscard]] Result<std::optional<Case>> loadOne(const QString &where,
                                                      const QVariantList &arguments);
    [[nodiscard]] Result<QList<Decision>> loadDecisions(const QString &where,
                                                        const QVariant &argument);
    [[nodiscard]] Result<void> complete(Case &item);
    [[nodiscard]] Result<void> loadApprovals(Case &item);
    [[nodiscard]] Result<QHash<QString, QString>> namesIn(const QString &table);
    [[nodiscard]] Result<QList<OutboxEntry>> loadOutbox(const QString &where,
                                                        const QVariantList &arguments);

    Statements &m_sql;
};

} // namespace countersign
