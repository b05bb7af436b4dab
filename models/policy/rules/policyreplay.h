// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/evaluation.h"

#include <QSet>

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

/// The members of Proposal::toJson() that a policy may look at: what a replay has to read.
[[nodiscard]] QSet<QByteArray> membersAskedBy(const Policy &policy);

/// Compares what two policies say of past cases: "try before you set". Feed it case by case, newest
/// first, on any one thread; it keeps sums and the cases behind each. What a policy would answer by
/// itself and the case does not take is asked of a person, as it is live. Pure and deterministic.
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
        Released, ///< newly goes by itself
        Held, ///< newly does not
        FigureCount
    };
    /// How many cases are kept by name behind a figure; the figure itself counts all.
    static constexpr int mostKept = 10'000;
    static constexpr int mostKeptOfRow = 1000; ///< and of one row's figure
    static constexpr int mostKeptOfRows = 50'000; ///< and of that figure in all rows
    static constexpr int mostRows = 2000; ///< the rest is one row

    struct Row
    {
        QString action;
        QString caseType;
        bool isRest = false; ///< of all kinds beyond mostRows; action and type are empty
        qint64 cases = 0;
        qint64 measured = 0; ///< on which a verdict stands
        std::array<qint64, FigureCount> figures{};
        std::array<QList<CaseId>, FigureCount> behind; ///< in the order they were fed
        /// Sums of the amounts that newly go by themselves, and of those newly held, by currency.
        QMap<QString, Decimal> released;
        QMap<QString, Decimal> held;
    };

    PolicyReplay(PolicyEvaluator inForce, PolicyEvaluator draft);

    void add(const ReplayCase &past);
    void addUnreadable() { ++m_unreadable; }
    /// Takes in what another one, of the same two policies, has counted of other cases.
    void add(const PolicyReplay &other);

    [[nodiscard]] const Row &total() const { return m_total; }
    [[nodiscard]] QList<Row> rows() const; ///< by action and case type, most cases first
    [[nodiscard]] const QList<CaseId> &casesBehind(Figure figure) const
    {
        return m_total.behind[figure];
    }
    /// Cases of which nothing is left to replay (erased).
    [[nodiscard]] qint64 unreadable() const { return m_unreadable; }

private:
    [[nodiscard]] Row &rowOf(const QString &action, const QString &caseType);
    void keep(Row &row, Figure figure, const CaseId &id);

    PolicyEvaluator m_inForce;
    PolicyEvaluator m_draft;
    Row m_total;
    QHash<std::pair<QString, QString>, Row> m_rows;
    Row m_rest;
    std::array<int, FigureCount> m_keptOfRows{};
    qint64 m_unreadable = 0;
};

} // namespace countersign
