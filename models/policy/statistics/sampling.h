// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/statistics/proportion.h"

#include <QList>

/// What a random sample says about the cases that nobody looked at. Pure, reentrant.
namespace countersign::statistics {

/// Sample size that shows at least one error with probability `certainty` where the error rate is
/// `errorRate`: ln(1 - certainty) / ln(1 - errorRate), rounded up. Nothing unless both are in (0,
/// 1) and the answer is at most maxCases.
[[nodiscard]] std::optional<qint64> spotCheckCases(double errorRate, double certainty = 0.95);

/// A case that was drawn, with the probability it was drawn with.
struct Draw
{
    double probability = 1;
    bool error = false;
};

struct WeightedEstimate
{
    double rate = 0; ///< unbiased; above 1 is possible, with few draws of small probability
    double standardError = 0; ///< 0 where no error was drawn: use stratifiedErrors() for a bound
};

/// Horvitz and Thompson 1952: (1/N) sum of error / probability over the draws; standard error for
/// draws made independently of each other. Nothing where a probability is not in (0, 1], or
/// `population` is less than the number of draws, or 0.
[[nodiscard]] std::optional<WeightedEstimate> horvitzThompson(const QList<Draw> &draws,
                                                              qint64 population);

/// Cases that had the same probability of being drawn.
struct Stratum
{
    qint64 cases = 0;
    qint64 drawn = 0;
    qint64 errors = 0; ///< among the drawn
};

/// Interval for the share of errors among all cases of the strata: their Clopper-Pearson bounds at
/// alpha / (number of strata) each, weighted by size. Holds for any sizes; 0..1 for invalid or no
/// strata.
[[nodiscard]] Interval stratifiedErrors(const QList<Stratum> &strata, double confidence = 0.95);

/// Lower bounds for the mean of n graded results in [0, 1], one-sided at level 1 - alpha, not below
/// 0; 0 for invalid input. Hoeffding 1963: mean - sqrt(ln(1/alpha) / 2n).
[[nodiscard]] double hoeffdingLower(double mean, qint64 n, double alpha);
/// Maurer and Pontil 2009: mean - sqrt(2 V ln(2/alpha) / n) - 7 ln(2/alpha) / (3 (n-1)), V the
/// sample variance (divided by n - 1), n >= 2. Tighter than Hoeffding where V is small.
[[nodiscard]] double empiricalBernsteinLower(double mean, double variance, qint64 n, double alpha);

} // namespace countersign::statistics
