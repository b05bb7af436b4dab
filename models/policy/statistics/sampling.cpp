// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/sampling.h"

#include "policy/statistics/search.h"

#include <algorithm>
#include <cmath>

namespace countersign::statistics {

std::optional<qint64> spotCheckCases(double errorRate, double certainty)
{
    // Seeing none of them has probability (1 - errorRate)^n: the zero-error rule.
    return zeroErrorCases(1 - errorRate, 1 - certainty);
}

std::optional<WeightedEstimate> horvitzThompson(const QList<Draw> &draws, qint64 population)
{
    if (population < 1 || draws.size() > population) {
        return std::nullopt;
    }
    double sum = 0;
    double variance = 0;
    for (const Draw &draw : draws) {
        const double pi = draw.probability;
        if (!(pi > 0 && pi <= 1)) {
            return std::nullopt;
        }
        if (draw.error) {
            sum += 1 / pi;
            variance += (1 - pi) / (pi * pi);
        }
    }
    const double n = double(population);
    return WeightedEstimate{sum / n, std::sqrt(variance) / n};
}

Interval stratifiedErrors(const QList<Stratum> &strata, double confidence)
{
    double cases = 0;
    Interval errors{0, 0};
    const double each = 1 - (1 - confidence) / double(strata.size());
    for (const Stratum &stratum : strata) {
        if (stratum.errors < 0 || stratum.errors > stratum.drawn || stratum.drawn > stratum.cases) {
            return {};
        }
        const Interval share = clopperPearson(
            {double(stratum.errors), double(stratum.drawn - stratum.errors)}, each);
        cases += double(stratum.cases);
        errors.low += double(stratum.cases) * share.low;
        errors.high += double(stratum.cases) * share.high;
    }
    if (cases == 0 || !isInsideUnit(confidence)) {
        return {};
    }
    return {errors.low / cases, errors.high / cases};
}

double hoeffdingLower(double mean, qint64 n, double alpha)
{
    if (!isInUnit(mean) || n < 1 || !isInsideUnit(alpha)) {
        return 0;
    }
    return std::max(0.0, mean - std::sqrt(-std::log(alpha) / (2 * double(n))));
}

double empiricalBernsteinLower(double mean, double variance, qint64 n, double alpha)
{
    if (!isInUnit(mean) || !(variance >= 0) || n < 2 || !isInsideUnit(alpha)) {
        return 0;
    }
    const double logTerm = std::log(2 / alpha);
    const double bound = mean - std::sqrt(2 * variance * logTerm / double(n))
        - 7 * logTerm / (3 * (double(n) - 1));
    return std::max(0.0, bound);
}

} // namespace countersign::statistics
