// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "policy/statistics/proportion.h"

/// What becomes of evidence with age and change, and the verdict of the command line. Pure,
/// reentrant.
namespace countersign::statistics {

/// Most of earlier evidence that may be carried over a change of model, prompt or tools.
constexpr double mostCarriedOver = 0.3;

/// Counts shrunk by 2^(-age / half-life), both in the same unit. Age below 0 (a clock that jumped)
/// counts as 0. No evidence (0, 0) for invalid counts, a half-life that is not positive, or NaN.
/// Use with bounds, never with an e-value.
[[nodiscard]] Counts decayed(const Counts &counts, double age, double halfLife);

/// Power prior (Ibrahim and Chen 2000): weight times the counts, the weight held within [0,
/// mostCarriedOver]. No evidence for invalid counts or NaN.
[[nodiscard]] Counts carriedOver(const Counts &counts, double weight);

/// What the cases prove about one target accuracy.
struct Evaluation
{
    double wilson = 0; ///< one-sided lower bounds at level 1 - alpha
    double clopperPearson = 0;
    double jeffreys = 0;
    double logEValue = 0; ///< natural logarithm, may exceed what exp() can hold
    bool promote = false; ///< E >= 1/alpha, and so clopperPearson >= target
};

/// InvalidInput with a sentence for negative counts, more than maxCases, or target or alpha outside
/// (0, 1).
[[nodiscard]] Result<Evaluation> evaluate(qint64 successes, qint64 failures, double target,
                                          double alpha = 0.05);

/// e^logValue as a JSON number with nine significant digits, also where a double overflows:
/// "37.8690952", "1.25000000e+400". "0" for anything not finite.
[[nodiscard]] QByteArray exponentialText(double logValue);

} // namespace countersign::statistics
