// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

/// Bounds on a share from counts. Pure, reentrant. `alpha` is the error probability of a one-sided
/// bound (0.05 for 95 %), in (0, 1). Invalid input gets the answer that promotes nobody: lower
/// bound 0, upper bound 1.
///
/// These hold for ONE look at a number of cases fixed beforehand. Who looks after every case needs
/// sequential.h.
namespace countersign::statistics {

constexpr double maxCases = 1e9;

/// What was counted. Fractions are allowed (evidence.h makes them); "success" is whatever the share
/// is of: for an error rate the errors are the successes.
struct Counts
{
    double successes = 0;
    double failures = 0;

    [[nodiscard]] double total() const { return successes + failures; }
    /// Neither negative nor NaN, together at most maxCases.
    [[nodiscard]] bool isValid() const;
    friend bool operator==(const Counts &, const Counts &) = default;
};

struct Interval
{
    double low = 0;
    double high = 1;
};

/// Wilson 1927 (Brown, Cai, DasGupta 2001): for display; covers on average, not always.
[[nodiscard]] double wilsonLower(const Counts &counts, double alpha);
[[nodiscard]] double wilsonUpper(const Counts &counts, double alpha);
[[nodiscard]] Interval wilson(const Counts &counts, double confidence = 0.95);

/// Clopper and Pearson 1934: guaranteed coverage, for gates. Lower: the p with P(Bin(n, p) >= s) =
/// alpha.
[[nodiscard]] double clopperPearsonLower(const Counts &counts, double alpha);
[[nodiscard]] double clopperPearsonUpper(const Counts &counts, double alpha);
[[nodiscard]] Interval clopperPearson(const Counts &counts, double confidence = 0.95);

/// Quantile of the posterior under the Jeffreys prior Beta(1/2, 1/2); 0 without a success and 1
/// without a failure (Brown, Cai, DasGupta 2001).
[[nodiscard]] double jeffreysLower(const Counts &counts, double alpha);
[[nodiscard]] double jeffreysUpper(const Counts &counts, double alpha);
[[nodiscard]] Interval jeffreys(const Counts &counts, double confidence = 0.95);

/// P(share > target) under a uniform prior, for display. 0 for invalid input.
[[nodiscard]] double posteriorAbove(const Counts &counts, double target);

/// Zero-error rule: cases without any error that put the Clopper-Pearson lower bound at `target`:
/// ln alpha / ln target, rounded up. Nothing unless target and alpha are in (0, 1) and the answer
/// is at most maxCases.
[[nodiscard]] std::optional<qint64> zeroErrorCases(double target, double alpha);

/// Cases in all, `errors` of them wrong, after which the Clopper-Pearson lower bound reaches
/// `target`. Less the cases seen, this is "n more clean cases". Nothing for invalid input or beyond
/// maxCases.
[[nodiscard]] std::optional<qint64> casesNeeded(qint64 errors, double target, double alpha);

} // namespace countersign::statistics
