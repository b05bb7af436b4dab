// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/statistics/proportion.h"

#include <QList>

/// How far a person's look can be trusted. Pure, reentrant. None of these is a verdict on anybody:
/// each has its uncertainty, and no single one may raise a flag (ladder rule: several signals
/// together).
namespace countersign::statistics {

/// True error rate behind an observed rejection rate (Rogan and Gladen 1978): (r + Sp - 1) / (Se +
/// Sp - 1), held within [0, 1]. `sensitivity`: share of wrong actions that reviewers catch;
/// `specificity`: share of right ones they pass. Nothing where an argument is outside [0, 1] or Se
/// + Sp <= 1 (reviews that say nothing).
[[nodiscard]] std::optional<double> roganGladen(double rejectionRate, double sensitivity,
                                                double specificity);

/// One-sided lower bound of the true accuracy from reviewed cases (successes = passed): the
/// Clopper-Pearson bound of the rejection rate, corrected. For given Se and Sp; to be cautious
/// about them, give a lower bound of Se and 1 for Sp. 0 where roganGladen() has nothing.
[[nodiscard]] double correctedAccuracyLower(const Counts &reviewed, double sensitivity,
                                            double specificity, double alpha);

/// P(X >= approved) for X binomial of `reviewed` cases at the team's approval rate on comparable
/// ones: small means that this person approves more than the team. 1 (nothing unusual) for invalid
/// input.
[[nodiscard]] double peerTail(qint64 approved, qint64 reviewed, double teamRate);

/// Two persons over the same cases.
struct PairTable
{
    qint64 bothApprove = 0;
    qint64 firstOnly = 0; ///< the first approves, the second rejects
    qint64 secondOnly = 0;
    qint64 bothReject = 0;

    /// None negative, 1 to maxCases in all.
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] double total() const;
};

/// 1 agreement on every case, 0 no more than chance. Nothing for an invalid table, and for kappa
/// where chance alone explains everything (both gave one and the same answer throughout).
[[nodiscard]] std::optional<double> cohenKappa(const PairTable &table); ///< Cohen 1960
/// Gwet 2008; stays meaningful where nearly everything is approved.
[[nodiscard]] std::optional<double> gwetAc1(const PairTable &table);

/// The votes that one case got.
struct Votes
{
    qint64 approvals = 0;
    qint64 rejections = 0;
};

/// Krippendorff's alpha for two-valued votes by any number of persons; cases with fewer than two
/// votes say nothing and are left out. Nothing for negative votes, no pair, or where all votes are
/// alike.
[[nodiscard]] std::optional<double> krippendorffAlpha(const QList<Votes> &cases);
[[nodiscard]] std::optional<double> krippendorffAlpha(const PairTable &table);

} // namespace countersign::statistics
