// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/evaluation.h"

#include <array>

namespace countersign {

/// What is known afterwards of a case that was decided.
enum class PastResult
{
    Unknown, ///< sent back, ignored, withdrawn, or nobody looked
    Correct,
    Wrong ///< rejected, materially edited, or its outcome was bad
};

struct ReplayCase
{
    CaseId id;
    Proposal proposal;
    QString endpointName;
    PastResult result = PastResult::Unknown;
};

/// Compares what two policies say of past cases: "try before you set". Feed it case by case, in any
/// order, on any one thread; it keeps sums and the cases behind each. Pure and deterministic.
class PolicyReplay
{
public:
    enum Figure
    {
        ReviewedBefore, ///< waited for a person under the policy in force
        ReviewedAfter,
        MoreReviews, ///< only under the draft
        FewerReviews,
        WrongCaught, ///< wrong ones that only the draft shows to a person
        WrongLetThrough, ///< wrong ones that only the draft lets pass
        Blocked, ///< newly rejected by policy
        Unblocked,
        FigureCount
    };
    /// How many cases are kept by name behind a figure; the figure itself counts all.
    static constexpr int mostKept = 10'000;

    struct Row
    {
        QString action;
        QString caseType;
        qint64 cases = 0;
        std::array<qint64, FigureCount> figures{};
        /// Sums of the amounts that newly go by themselves, and of those newly held, by currency.
        QMap<QString, Decimal> released;
        QMap<QString, Decimal> held;
    };

    PolicyReplay(PolicyEvaluator inForce, PolicyEvaluator draft);

    void add(const ReplayCase &past);
    [[nodiscard]] const Row &total() const { return m_total; }
    [[nodiscard]] QList<Row> rows() const; ///< by action and case type, most cases first
    [[nodiscard]] const QList<CaseId> &casesBehind(Figure figure) const { return m_behind[figure]; }

private:
    PolicyEvaluator m_inForce;
    PolicyEvaluator m_draft;
    Row m_total;
    QHash<std::pair<QString, QString>, Row> m_rows;
    std::array<QList<CaseId>, FigureCount> m_behind;
};

} // namespace countersign
