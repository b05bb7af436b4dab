// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/sequential.h"

#include "policy/statistics/search.h"
#include "policy/statistics/special.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>
#include <numbers>

namespace countersign::statistics {

double logEValue(const Counts &counts, double target)
{
    if (!counts.isValid() || !isInsideUnit(target)) {
        return -std::numeric_limits<double>::infinity();
    }
    // B(a, b) / (target^(a-1) (1-target)^b) = target / scale of the incomplete beta: nothing
    // overflows or cancels.
    const BetaTails tails = betaTails(counts.successes + 1, counts.failures + 1, target);
    return std::log(target) + (tails.logUpper - tails.logScale);
}

bool isPromotionProven(const Counts &counts, double target, double alpha)
{
    return isInsideUnit(alpha) && logEValue(counts, target) >= -std::log(alpha);
}

std::optional<qint64> cleanCasesToProof(const Counts &counts, double target, double alpha)
{
    if (!counts.isValid() || !isInsideUnit(target) || !isInsideUnit(alpha)) {
        return std::nullopt;
    }
    return smallestCount(0, [&](qint64 more) {
        return isPromotionProven({counts.successes + double(more), counts.failures}, target, alpha);
    });
}

double alphaForLook(double alpha, qint64 look)
{
    if (look < 1 || !isInsideUnit(alpha)) {
        return 0;
    }
    const double k = double(look);
    return alpha * 6 / (std::numbers::pi * std::numbers::pi * k * k);
}

Result<Sprt> Sprt::create(double bad, double good, double falsePromotion, double falseRefusal)
{
    if (!isInsideUnit(bad) || !isInsideUnit(good) || !(bad < good) || !(falsePromotion > 0)
        || !(falseRefusal > 0) || !(falsePromotion + falseRefusal < 1)) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "statistics",
                        "The sequential test needs two different accuracies between 0 and 1, "
                        "the lower one first, and two error probabilities that together stay "
                        "below 1. Correct them in the policy."));
    }
    Sprt test;
    test.m_bad = bad;
    test.m_good = good;
    test.m_falsePromotion = falsePromotion;
    test.m_falseRefusal = falseRefusal;
    test.m_success = std::log(good / bad);
    test.m_failure = std::log((1 - good) / (1 - bad));
    test.m_promoteAt = std::log((1 - falseRefusal) / falsePromotion);
    test.m_refuseAt = std::log(falseRefusal / (1 - falsePromotion));
    return test;
}

Sprt::Verdict Sprt::add(bool success)
{
    if (m_verdict != Verdict::Continue) {
        return m_verdict;
    }
    (success ? m_counts.successes : m_counts.failures) += 1;
    if (logRatio() >= m_promoteAt) {
        m_verdict = Verdict::Promote;
    } else if (logRatio() <= m_refuseAt) {
        m_verdict = Verdict::Refuse;
    }
    return m_verdict;
}

double Sprt::logRatio() const
{
    return m_counts.successes * m_success + m_counts.failures * m_failure;
}

double Sprt::meanCasesIfBad() const
{
    return meanCases(m_bad, m_falsePromotion);
}

double Sprt::meanCasesIfGood() const
{
    return meanCases(m_good, 1 - m_falseRefusal);
}

double Sprt::meanCases(double accuracy, double promoted) const
{
    return (promoted * m_promoteAt + (1 - promoted) * m_refuseAt)
        / (accuracy * m_success + (1 - accuracy) * m_failure);
}

} // namespace countersign::statistics
