// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Special functions that the bounds stand on. Pure, reentrant, no state.
///
/// Everything about the beta distribution works on logarithms with both tails, so that neither a
/// tail of 1e-300 nor its complement loses digits. Parameters up to about 1e9. Outside the stated
/// domain, and for NaN, every function here returns NaN.
namespace countersign::statistics {

/// ln B(a, b), a > 0, b > 0. Stirling series (DLMF 5.11.1) after shifting small arguments up.
[[nodiscard]] double logBeta(double a, double b);

/// Both tails of the beta distribution, as natural logarithms.
struct BetaTails
{
    double logLower; ///< ln I_x(a, b), -infinity at x = 0
    double logUpper; ///< ln (1 - I_x(a, b)), -infinity at x = 1
    double logScale; ///< ln (x^a (1-x)^b / B(a, b))
};

/// a > 0, b > 0, x in [0, 1]. Continued fraction (even part of DLMF 8.17.22) by the
/// modified Lentz method; its scale by the saddle-point form of Loader (2000), which does not
/// cancel for large a and b. Takes of the order of sqrt(max(a, b)) steps.
[[nodiscard]] BetaTails betaTails(double a, double b, double x);

/// I_x(a, b), the regularised incomplete beta function.
[[nodiscard]] double incompleteBeta(double a, double b, double x);

/// The x with I_x(a, b) = p, p in [0, 1]. Newton on the logarithm of the smaller tail, kept inside
/// a bracket; accurate relative to the smaller of x and 1 - x.
[[nodiscard]] double inverseIncompleteBeta(double p, double a, double b);

/// The z with P(N(0,1) <= z) = p, p in [0, 1]; infinite at the ends. Abramowitz and Stegun 26.2.23,
/// then Halley steps on erfc.
[[nodiscard]] double normalQuantile(double p);

/// ln P(X <= k) and ln P(X >= k) for X binomial of n trials with probability p in [0, 1]; n >= 0.
/// Any k.
[[nodiscard]] double logBinomialAtMost(double k, double n, double p);
[[nodiscard]] double logBinomialAtLeast(double k, double n, double p);

} // namespace countersign::statistics
