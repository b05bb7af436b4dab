// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/proportion.h"

#include "policy/statistics/search.h"
#include "policy/statistics/special.h"

#include <algorithm>
#include <cmath>

namespace countersign::statistics {

namespace {

using Bound = double (*)(const Counts &, double);

Counts mirrored(const Counts &counts)
{
    return {counts.failures, counts.successes};
}

double upper(Bound lower, const Counts &counts, double alpha)
{
    return 1 - lower(mirrored(counts), alpha);
}

Interval interval(Bound lower, const Counts &counts, double confidence)
{
    const double alpha = (1 - confidence) / 2;
    return {lower(counts, alpha), upper(lower, counts, alpha)};
}

bool isUsable(const Counts &counts, double alpha)
{
    return counts.isValid() && counts.successes > 0 && isInsideUnit(alpha);
}

} // namespace

bool Counts::isValid() const
{
    return successes >= 0 && failures >= 0 && total() <= maxCases;
}

double wilsonLower(const Counts &counts, double alpha)
{
    if (!isUsable(counts, alpha)) {
        return 0;
    }
    // The smaller root of (share - p)^2 = z^2 p (1-p) / n, in a form that does not cancel.
    const double n = counts.total();
    const double z = -normalQuantile(alpha);
    const double root
        = z * std::sqrt(z * z / (4 * n * n) + counts.successes * counts.failures / (n * n * n));
    const double half = z * z / (2 * n);
    const double share = counts.successes / n;
    const double failing = counts.failures / n;
    if (share <= 0.5) {
        return std::clamp(share * share / (share + half + root), 0.0, 1.0);
    }
    return std::clamp(1 - (failing + half + root) / (1 + 2 * half), 0.0, 1.0);
}

double wilsonUpper(const Counts &counts, double alpha)
{
    return upper(wilsonLower, counts, alpha);
}

Interval wilson(const Counts &counts, double confidence)
{
    return interval(wilsonLower, counts, confidence);
}

double clopperPearsonLower(const Counts &counts, double alpha)
{
    return isUsable(counts, alpha)
        ? inverseIncompleteBeta(alpha, counts.successes, counts.failures + 1)
        : 0;
}

double clopperPearsonUpper(const Counts &counts, double alpha)
{
    return upper(clopperPearsonLower, counts, alpha);
}

Interval clopperPearson(const Counts &counts, double confidence)
{
    return interval(clopperPearsonLower, counts, confidence);
}

double jeffreysLower(const Counts &counts, double alpha)
{
    return isUsable(counts, alpha)
        ? inverseIncompleteBeta(alpha, counts.successes + 0.5, counts.failures + 0.5)
        : 0;
}

double jeffreysUpper(const Counts &counts, double alpha)
{
    return upper(jeffreysLower, counts, alpha);
}

Interval jeffreys(const Counts &counts, double confidence)
{
    return interval(jeffreysLower, counts, confidence);
}

double posteriorAbove(const Counts &counts, double target)
{
    if (!counts.isValid() || !isInUnit(target)) {
        return 0;
    }
    return std::exp(betaTails(counts.successes + 1, counts.failures + 1, target).logUpper);
}

std::optional<qint64> zeroErrorCases(double target, double alpha)
{
    return casesNeeded(0, target, alpha);
}

std::optional<qint64> casesNeeded(qint64 errors, double target, double alpha)
{
    if (errors < 0 || double(errors) > maxCases || !isInsideUnit(target) || !isInsideUnit(alpha)) {
        return std::nullopt;
    }
    // A hair of room: where the answer is a whole number, rounding must not ask for one case more.
    const double limit = std::log(alpha) * (1 - 1e-12);
    return smallestCount(errors + 1, [=](qint64 n) {
        return logBinomialAtLeast(double(n - errors), double(n), target) <= limit;
    });
}

} // namespace countersign::statistics
