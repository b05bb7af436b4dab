// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/evidence.h"

#include "policy/statistics/search.h"
#include "policy/statistics/sequential.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace countersign::statistics {

namespace {

Counts scaled(const Counts &counts, double factor)
{
    if (!counts.isValid() || !isInUnit(factor)) {
        return {};
    }
    return {counts.successes * factor, counts.failures * factor};
}

} // namespace

Counts decayed(const Counts &counts, double age, double halfLife)
{
    if (!(halfLife > 0) || std::isnan(age)) {
        return {};
    }
    return scaled(counts, std::exp2(-std::max(0.0, age) / halfLife));
}

Counts carriedOver(const Counts &counts, double weight)
{
    return scaled(counts, std::clamp(weight, 0.0, mostCarriedOver));
}

Result<Evaluation> evaluate(qint64 successes, qint64 failures, double target, double alpha)
{
    const Counts counts{double(successes), double(failures)};
    if (!counts.isValid()) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "statistics",
                        "Successes and failures must be whole numbers from 0, together at most "
                        "1,000,000,000."));
    }
    if (!isInsideUnit(target)) {
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate(
                "statistics", "The target accuracy must lie between 0 and 1, for example 0.95."));
    }
    if (!isInsideUnit(alpha)) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "statistics",
                        "Alpha, the accepted probability of a false promotion, must lie between 0 "
                        "and 1, for example 0.05."));
    }
    return Evaluation{wilsonLower(counts, alpha), clopperPearsonLower(counts, alpha),
                      jeffreysLower(counts, alpha), logEValue(counts, target),
                      isPromotionProven(counts, target, alpha)};
}

QByteArray exponentialText(double logValue)
{
    constexpr int digits = 9;
    if (!std::isfinite(logValue)) {
        return QByteArrayLiteral("0");
    }
    if (std::abs(logValue) < 700) {
        return QByteArray::number(std::exp(logValue), 'g', digits);
    }
    const double decimal = logValue / std::numbers::ln10;
    const double exponent = std::floor(decimal);
    const QByteArray mantissa
        = QByteArray::number(std::pow(10.0, decimal - exponent), 'f', digits - 1);
    return mantissa + (exponent < 0 ? "e" : "e+") + QByteArray::number(qint64(exponent));
}

} // namespace countersign::statistics
