// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/statistics/calibration.h"

/// Which confidence may pass without a person. Pure, reentrant. Whatever is invalid gives no
/// threshold: everything goes to a person.
namespace countersign::statistics {

/// What happens at one threshold: cases with confidence >= threshold pass.
struct RiskPoint
{
    double threshold = 1;
    qint64 passed = 0;
    qint64 errors = 0; ///< wrong cases among the passed

    [[nodiscard]] double risk() const; ///< selective risk: errors / passed, 0 where none pass
};

/// One point per threshold. Thresholds in [0, 1], strictly descending (strict to loose), chosen
/// before looking at the cases. Empty where they are not, or the cases are not usable
/// (calibration.h). Sorts once: 1 million cases in well under a second.
[[nodiscard]] QList<RiskPoint> riskAt(const QList<Scored> &cases, const QList<double> &thresholds);

/// Risk-coverage curve (Geifman and El-Yaniv, arXiv 1705.08500): one point per distinct confidence,
/// strict to loose.
[[nodiscard]] QList<RiskPoint> riskCoverage(const QList<Scored> &cases);
/// Area under it: mean selective risk over the coverages 1/n … n/n; equal confidences pass
/// together.
[[nodiscard]] std::optional<double> areaUnderRiskCoverage(const QList<RiskPoint> &curve);

struct ThresholdStep
{
    RiskPoint point;
    double pValue = 1; ///< P(Bin(passed, alpha) <= errors)
    bool accepted = false;
};

struct ThresholdAdvice
{
    std::optional<double> threshold; ///< the loosest accepted one
    QList<ThresholdStep> steps; ///< up to and with the one that stopped the walk
    /// The walk stopped where so few pass that not even zero errors would have been accepted.
    bool tooFewCases = false;
};

/// Learn-then-Test, fixed sequence (Angelopoulos et al., arXiv 2110.01052): walks from strict to
/// loose while p <= delta. Then P(selective risk <= alpha) >= 1 - delta. alpha, delta in (0, 1);
/// `points` from riskAt().
[[nodiscard]] ThresholdAdvice learnThenTest(const QList<RiskPoint> &points, double alpha,
                                            double delta);

/// (n/(n+1)) R + 1/(n+1) of conformal risk control (arXiv 2208.02814), where R is the share of ALL
/// `cases` that pass and are wrong. 1 for an invalid count.
[[nodiscard]] double conformalRisk(const RiskPoint &point, qint64 cases);
/// The loosest threshold with conformalRisk() <= alpha. Bounds the expected share of all cases that
/// pass and are wrong, not the selective risk.
[[nodiscard]] std::optional<double> conformalThreshold(const QList<RiskPoint> &points, qint64 cases,
                                                       double alpha);

/// SGR bound (arXiv 1705.08500): upper bound of the selective risk at level 1 - delta/m where m
/// thresholds are tried. 1 for invalid input.
[[nodiscard]] double selectiveRiskUpper(const RiskPoint &point, double delta, int tried);

/// Cost rule: the error probability below which passing is cheaper than a review, reviewCost /
/// errorCost, at most 1. 0 (never pass) unless both are positive and finite.
[[nodiscard]] double breakEvenError(double reviewCost, double errorCost);

} // namespace countersign::statistics
