// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "policy/statistics/proportion.h"

/// Promotion tests that stay valid although somebody looks after every case. Pure, reentrant.
///
/// They hold for cases drawn uniformly from the cell and judged one by one: whole counts, never
/// decayed or carried over.
namespace countersign::statistics {

/// ln E(s, f), the anytime-valid evidence against "accuracy <= target" (Ville 1939; Robbins 1970;
/// Waudby-Smith and Ramdas, arXiv 2010.09686): the likelihood ratio mixed uniformly over (target,
/// 1),
///     B(1+s, 1+f) (1 - I_target(1+s, 1+f)) / (target^s (1-target)^f (1-target)).
/// P(E ever reaches 1/alpha) <= alpha at every accuracy <= target. In logarithms because E itself
/// leaves the range of a double. Minus infinity (no evidence) for invalid counts or a target
/// outside (0, 1).
[[nodiscard]] double logEValue(const Counts &counts, double target);

/// Whether E >= 1/alpha. It implies clopperPearsonLower(counts, alpha) >= target. False for invalid
/// input.
[[nodiscard]] bool isPromotionProven(const Counts &counts, double target, double alpha);

/// How many more cases without an error prove it; 0 where it is proven. Nothing for invalid input
/// or beyond maxCases.
[[nodiscard]] std::optional<qint64> cleanCasesToProof(const Counts &counts, double target,
                                                      double alpha);

/// What look k = 1, 2, … of an open-ended series of scheduled looks may spend: alpha 6 / (pi^2
/// k^2). 0 (never significant) for k < 1 or alpha outside (0, 1).
[[nodiscard]] double alphaForLook(double alpha, qint64 look);

/// Sequential probability ratio test (Wald 1945) of "accuracy = bad" against "accuracy = good".
class Sprt
{
public:
    enum class Verdict
    {
        Continue,
        Promote,
        Refuse
    };

    /// 0 < bad < good < 1; falsePromotion (Wald's alpha) and falseRefusal (beta) positive, together
    /// below 1; InvalidInput otherwise.
    [[nodiscard]] static Result<Sprt> create(double bad, double good, double falsePromotion,
                                             double falseRefusal);

    /// One more case; what stands after it. A verdict once reached stays.
    Verdict add(bool success);
    [[nodiscard]] Verdict verdict() const { return m_verdict; }
    [[nodiscard]] double logRatio() const; ///< computed from the counts: no rounding piles up
    [[nodiscard]] double successWeight() const { return m_success; }
    [[nodiscard]] double failureWeight() const { return m_failure; }
    [[nodiscard]] double promoteAt() const { return m_promoteAt; }
    [[nodiscard]] double refuseAt() const { return m_refuseAt; }
    /// Wald's approximate mean number of cases to a verdict where the accuracy is bad, or good.
    [[nodiscard]] double meanCasesIfBad() const;
    [[nodiscard]] double meanCasesIfGood() const;

private:
    Sprt() = default;
    [[nodiscard]] double meanCases(double accuracy, double promoted) const;

    double m_bad = 0;
    double m_good = 0;
    double m_falsePromotion = 0;
    double m_falseRefusal = 0;
    double m_success = 0;
    double m_failure = 0;
    double m_promoteAt = 0;
    double m_refuseAt = 0;
    Counts m_counts;
    Verdict m_verdict = Verdict::Continue;
};

} // namespace countersign::statistics
