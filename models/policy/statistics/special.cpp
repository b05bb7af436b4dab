// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/special.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace countersign::statistics {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const double halfLogTwoPi = 0.5 * std::log(2 * std::numbers::pi);

/// ln Gamma(z + 1) - ((z + 1/2) ln z - z + 1/2 ln 2 pi), z > 0. std::lgamma is left alone: it
/// writes a global, and at 1e7 its rounding alone would cost eight digits of the difference.
double stirlingError(double z)
{
    constexpr double enough = 16;
    if (z >= enough) {
        const double y = 1 / (z * z);
        return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188)))))
            / z;
    }
    double product = 1;
    double shifted = z;
    while (shifted < enough) {
        shifted += 1;
        product *= shifted;
    }
    const double logGamma = (shifted + 0.5) * std::log(shifted) - shifted + stirlingError(shifted)
        - std::log(product);
    return logGamma - ((z + 0.5) * std::log(z) - z);
}

/// x ln(x / m) + m - x without cancellation (Loader 2000), x > 0, m > 0.
double deviance(double x, double m)
{
    const double difference = x - m;
    if (std::abs(difference) >= 0.1 * (x + m)) {
        return x * std::log(x / m) - difference;
    }
    const double v = difference / (x + m);
    double sum = difference * v;
    double term = 2 * x * v;
    for (int j = 1; j < 1000; ++j) {
        term *= v * v;
        const double next = sum + term / (2 * j + 1);
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

/// ln(x^a y^b / B(a, b)) where y = 1 - x, both in (0, 1).
double logScale(double a, double b, double x, double y)
{
    const double n = a + b;
    return 0.5 * (std::log(a) + std::log(b) - std::log(n)) - halfLogTwoPi + stirlingError(n)
        - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
}

/// The fraction of I_x(a, b) = x^a y^b / B(a, b) / fraction, y = 1 - x: the even part of
/// DLMF 8.17.22, for x at or below about the mean. The even part, because there x enters through a
/// y - b x, which keeps its digits for p within 1e-6 of 0 and 1 where 1 - (a+b) x / (a+1) has lost
/// ten of them.
double lentz(double a, double b, double x, double y)
{
    constexpr double tiny = 1e-300;
    constexpr int mostSteps = 2'000'000;
    const auto guarded = [](double value) {
        return std::abs(value) < tiny ? tiny : value;
    };
    double h = guarded(a * (a * y - b * x + 1) / (a + 1));
    double c = h;
    double d = 0;
    for (int i = 1; i <= mostSteps; ++i) {
        const double m = i;
        const double middle = a + 2 * m - 1;
        const double numerator
            = m * (a + m - 1) / middle * ((a + b + m - 1) / middle) * (b - m) * x * x;
        const double denominator = m + m * (b - m) * x / middle
            + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (middle + 2);
        d = 1 / guarded(denominator + numerator * d);
        c = guarded(denominator + numerator / c);
        h *= c * d;
        if (std::abs(c * d - 1) < 4 * std::numeric_limits<double>::epsilon()) {
            return h;
        }
    }
    return notANumber;
}

/// ln(1 - e^l) for l <= 0 (Maechler 2012).
double logComplement(double l)
{
    return l > -std::numbers::ln2 ? std::log(-std::expm1(l)) : std::log1p(-std::exp(l));
}

BetaTails tails(double a, double b, double x, double y)
{
    if (x <= 0) {
        return {-infinity, 0, -infinity};
    }
    if (y <= 0) {
        return {0, -infinity, -infinity};
    }
    const double scale = logScale(a, b, x, y);
    if (x * (a + b + 2) < a + 1) {
        const double lower = std::min(scale - std::log(lentz(a, b, x, y)), 0.0);
        return {lower, logComplement(lower), scale};
    }
    const double upper = std::min(scale - std::log(lentz(b, a, y, x)), 0.0);
    return {logComplement(upper), upper, scale};
}

/// The x in (0, 1/2] at which one log tail of Beta(a, b) equals `target`.
double solve(double a, double b, bool lowerTail, double target)
{
    double low = std::log(std::numeric_limits<double>::min());
    double high = -std::numbers::ln2;
    double t = std::clamp(std::log(a / (a + b)), low, high);
    for (int i = 0; i < 200; ++i) {
        const double x = std::exp(t);
        const BetaTails at = tails(a, b, x, 1 - x);
        const double tail = lowerTail ? at.logLower : at.logUpper;
        const double excess = lowerTail ? tail - target : target - tail;
        (excess > 0 ? high : low) = t;
        const double slope = std::exp(at.logScale - std::log1p(-x) - tail);
        const double step = excess / slope;
        if (std::abs(step) <= 2 * std::numeric_limits<double>::epsilon()) {
            break;
        }
        t -= step;
        if (!(t > low && t < high)) {
            t = 0.5 * (low + high);
        }
    }
    return std::exp(t);
}

bool areParameters(double a, double b)
{
    return a > 0 && b > 0 && std::isfinite(a) && std::isfinite(b);
}

} // namespace

double logBeta(double a, double b)
{
    if (!areParameters(a, b)) {
        return notANumber;
    }
    // x^a y^b / B at the mean, where the deviances vanish.
    const double n = a + b;
    const double x = a / n;
    const double y = b / n;
    const double logX = x < y ? std::log(x) : std::log1p(-y);
    const double logY = x < y ? std::log1p(-x) : std::log(y);
    return a * logX + b * logY - logScale(a, b, x, y);
}

BetaTails betaTails(double a, double b, double x)
{
    if (!areParameters(a, b) || !(x >= 0 && x <= 1)) {
        return {notANumber, notANumber, notANumber};
    }
    return tails(a, b, x, 1 - x);
}

double incompleteBeta(double a, double b, double x)
{
    return std::exp(betaTails(a, b, x).logLower);
}

double inverseIncompleteBeta(double p, double a, double b)
{
    if (!areParameters(a, b) || !(p >= 0 && p <= 1)) {
        return notANumber;
    }
    if (p == 0 || p == 1) {
        return p;
    }
    const bool lowerTail = p <= 0.5;
    const double target = lowerTail ? std::log(p) : std::log1p(-p);
    const BetaTails middle = tails(a, b, 0.5, 0.5);
    const bool leftHalf = lowerTail ? middle.logLower >= target : middle.logUpper <= target;
    return leftHalf ? solve(a, b, lowerTail, target) : 1 - solve(b, a, !lowerTail, target);
}

double normalQuantile(double p)
{
    if (!(p >= 0 && p <= 1)) {
        return notANumber;
    }
    if (p == 0 || p == 1) {
        return p == 0 ? -infinity : infinity;
    }
    if (p > 0.5) {
        return -normalQuantile(1 - p);
    }
    const double t = std::sqrt(-2 * std::log(p));
    double z = (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        - t;
    for (int i = 0; i < 3; ++i) {
        const double below = 0.5 * std::erfc(-z / std::numbers::sqrt2);
        const double u = (below - p) / std::exp(-0.5 * z * z - halfLogTwoPi);
        z -= u / (1 + 0.5 * z * u);
    }
    return z;
}

double logBinomialAtMost(double k, double n, double p)
{
    if (!(n >= 0) || !(p >= 0 && p <= 1) || std::isnan(k)) {
        return notANumber;
    }
    if (k < 0 || k >= n) {
        return k < 0 ? -infinity : 0;
    }
    return betaTails(k + 1, n - k, p).logUpper;
}

double logBinomialAtLeast(double k, double n, double p)
{
    if (!(n >= 0) || !(p >= 0 && p <= 1) || std::isnan(k)) {
        return notANumber;
    }
    if (k <= 0 || k > n) {
        return k <= 0 ? 0 : -infinity;
    }
    return betaTails(k, n - k + 1, p).logLower;
}

} // namespace countersign::statistics
