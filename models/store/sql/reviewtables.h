// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/evidence.h"
#include "store/sql/statements.h"

namespace countersign {

/// The tables on looking itself: draws, verdicts, committed and known answers, settings; as Reader
/// promises them. Standard SQL.
class ReviewTables
{
public:
    explicit ReviewTables(Statements &sql);

    [[nodiscard]] Result<std::optional<SpotDraw>> newestDraw();
    [[nodiscard]] Result<std::optional<SpotDraw>> drawAt(const EndpointId &endpoint,
                                                         const QString &question);
    [[nodiscard]] Result<QList<SpotDraw>> draws(qint64 after, int limit);
    [[nodiscard]] Result<QList<Mark>> marks(const CaseId &id);
    [[nodiscard]] Result<std::optional<DecisionKind>>
    commitment(const CaseId &id, const PersonId &person, const QString &digest);
    [[nodiscard]] Result<QSet<CaseId>> committedCases(const PersonId &person);
    [[nodiscard]] Result<std::optional<KnownAnswer>> knownAnswer(const CaseId &id);
    [[nodiscard]] Result<QList<CaseId>> settledCases(const EndpointId &endpoint);
    [[nodiscard]] Result<QString> outcomeOf(const CaseId &id);
    [[nodiscard]] Result<QList<JudgedCase>> judgedCases(int limit);
    [[nodiscard]] Result<QList<CheckedAnswer>> checkedAnswers(qint64 sinceMs);
    [[nodiscard]] Result<QString> setting(const QString &name, const PersonId &person);
    [[nodiscard]] Result<QList<Reviewed>> reviewed(const PersonId &person, qint64 sinceMs);

private:
    template <class T>
    [[nodiscard]] Result<QList<T>> load(const QString &sql, const QVariantList &arguments,
                                        T (*read)(const Rows &));
    [[nodiscard]] Result<QList<SpotDraw>> loadDraws(const QString &where,
                                                    const QVariantList &arguments);

    Statements &m_sql;
};

} // namespace countersign
