// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/near.h"
#include "policy/statistics/proportion.h"
#include "policy/statistics/sequential.h"
#include "policy/statistics/special.h"

#include <QTest>

#include <limits>
#include <numbers>

using namespace countersign::statistics;

// The reference values for ten million cases were computed apart from this code and by another way,
// in 45-digit arithmetic (Python, mpmath): binomial tails by adding their terms one by one,
// starting from log-gamma, with the probability taken as the exact value of the double;
// half-integer parameters by quadrature; bounds by a secant search on those sums. No continued
// fraction and no saddle-point form is involved.

class TestSpecial : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void logBetaKnown()
    {
        NEAR(logBeta(1, 1), 0, 1e-14);
        NEAR(logBeta(0.5, 0.5), std::log(std::numbers::pi), 1e-14);
        NEAR(logBeta(3, 4), -std::log(60.0), 1e-13);
        NEAR_RELATIVE(logBeta(9999990, 11), -162.19463408746407737, 1e-13);
        NEAR_RELATIVE(logBeta(0.5, 1e7), -7.486682870054459807, 1e-13);
        NEAR_RELATIVE(logBeta(5e6, 5e6), -6931478.2525615398087, 1e-13);
    }

    void smallTailsAgainstExactSums()
    {
        // Pascal's rule in doubles: every term is positive, nothing cancels.
        for (const double p : {1e-6, 0.02, 0.3, 0.5, 0.9, 0.999999}) {
            for (int n = 1; n <= 40; ++n) {
                double atMost = 0;
                double term = std::pow(1 - p, n);
                for (int k = 0; k < n; ++k) {
                    atMost += term;
                    NEAR(logBinomialAtMost(k, n, p), std::log(atMost), 1e-11);
                    term *= p / (1 - p) * (n - k) / (k + 1);
                }
                NEAR(logBinomialAtLeast(n, n, p), n * std::log(p), 1e-11);
            }
        }
    }

    void tailsOfTenMillion()
    {
        constexpr double n = 1e7;
        NEAR_RELATIVE(logBinomialAtMost(5, n, 1e-6), -2.701781863804585923, 1e-11);
        NEAR_RELATIVE(logBinomialAtMost(9498000, n, 0.95), -6.2826808335215764007, 1e-11);
        NEAR_RELATIVE(logBinomialAtMost(9500000, n, 0.95), -0.69274207021944563029, 1e-11);
        NEAR_RELATIVE(logBinomialAtMost(4999000, n, 0.5), -1.3331406715484959503, 1e-11);
        NEAR_RELATIVE(logBinomialAtMost(9900000, n, 0.999999), -821552.28252795589832, 1e-11);
        NEAR_RELATIVE(logBinomialAtLeast(30, n, 1e-6), -15.197851774216468343, 1e-11);
        NEAR_RELATIVE(logBinomialAtLeast(9503000, n, 0.95), -11.925170901748149325, 1e-11);
        NEAR_RELATIVE(logBinomialAtLeast(9999999, n, 0.999999), -7.6021088183749732238, 1e-11);
        NEAR_RELATIVE(logBinomialAtLeast(5010000, n, 0.5), -22.784945856044176029, 1e-11);
        // Half-integer parameters.
        NEAR_RELATIVE(betaTails(10.5, 9999990.5, 1.6e-6).logLower, -0.06033411936927653012, 1e-11);
        NEAR_RELATIVE(betaTails(0.5, 10000000.5, 1e-7).logLower, -0.17114329676884855561, 1e-11);
    }

    void identities()
    {
        for (const double a : {0.5, 1.0, 3.0, 117.0, 4.2e5, 9.99e6}) {
            for (const double b : {0.5, 1.0, 11.0, 2500.0, 1e7}) {
                const double mean = a / (a + b);
                const double spread = std::sqrt(mean * (1 - mean) / (a + b + 1));
                for (const double deviations : {-4.0, -1.0, 0.0, 0.3, 4.0}) {
                    const double x = mean + deviations * spread;
                    if (x <= 0 || x >= 1) {
                        continue;
                    }
                    const BetaTails tails = betaTails(a, b, x);
                    NEAR(std::exp(tails.logLower) + std::exp(tails.logUpper), 1, 1e-12);
                    // I_x(a, b) - I_x(a+1, b) = x^a (1-x)^b / (a B(a, b)) (DLMF 8.17.20)
                    NEAR(incompleteBeta(a, b, x) - incompleteBeta(a + 1, b, x),
                         std::exp(tails.logScale) / a, 1e-11);
                }
            }
        }
    }

    void closedForms()
    {
        for (const double x : {1e-6, 0.25, 0.5, 0.999999}) {
            for (const double n : {1.0, 7.0, 1e4, 1e7}) {
                NEAR_RELATIVE(betaTails(n, 1, x).logLower, n * std::log(x), 1e-11);
                NEAR_RELATIVE(betaTails(1, n, x).logUpper, n * std::log1p(-x), 1e-9);
            }
            NEAR_RELATIVE(incompleteBeta(0.5, 0.5, x),
                          2 / std::numbers::pi * std::asin(std::sqrt(x)), 1e-12);
        }
        for (const double n : {2.0, 33.5, 5e6, 1e9}) {
            NEAR(incompleteBeta(n, n, 0.5), 0.5, 1e-10);
        }
    }

    void inverseComesBack()
    {
        for (const double a : {0.5, 1.0, 38.5, 9.5e6, 1e7}) {
            for (const double b : {0.5, 1.0, 12.0, 5e5, 1e7}) {
                for (const double p : {1e-300, 1e-6, 0.05, 0.5, 0.95, 0.999999}) {
                    const double x = inverseIncompleteBeta(p, a, b);
                    if (x > 0.9) {
                        // 1 - x has been rounded to a multiple of 1e-16: come back within that.
                        const double step = 2 * std::numeric_limits<double>::epsilon();
                        QVERIFY(incompleteBeta(a, b, std::max(0.0, x - step)) <= p * (1 + 1e-9));
                        QVERIFY(incompleteBeta(a, b, std::min(1.0, x + step)) >= p * (1 - 1e-9));
                    } else if (x > 1e-300) {
                        NEAR_RELATIVE(incompleteBeta(a, b, x), p, 1e-9);
                    }
                }
            }
        }
        QCOMPARE(inverseIncompleteBeta(0, 3, 4), 0.0);
        QCOMPARE(inverseIncompleteBeta(1, 3, 4), 1.0);
    }

    void boundsOfTenMillion()
    {
        const auto missing = [](double s, double f, double a) {
            return 1 - clopperPearsonLower({s, f}, a);
        };
        NEAR_RELATIVE(missing(9999990, 10, 0.05), 1.6962213330987484678e-6, 1e-9);
        NEAR_RELATIVE(missing(9999999, 1, 0.05), 4.7438636303713683594e-7, 1e-9);
        NEAR_RELATIVE(missing(9500000, 500000, 0.05), 0.050113509947660827879, 1e-11);
        NEAR_RELATIVE(missing(9800000, 200000, 0.001), 0.020137182338851413117, 1e-11);
        NEAR_RELATIVE(missing(1e7, 0, 0.05), 2.9957318248334430055e-7, 1e-9);
    }

    void evidenceOfTenMillion()
    {
        NEAR_RELATIVE(logEValue({9999990, 10}, 0.999999), -1.0987881356797270729, 1e-10);
        NEAR_RELATIVE(logEValue({9999999, 1}, 0.999999), 5.3943341927744486313, 1e-10);
        NEAR_RELATIVE(logEValue({9502000, 498000}, 0.95), -1.4557834407349807557, 1e-10);
        NEAR_RELATIVE(logEValue({9498000, 502000}, 0.95), -7.7478533043150338597, 1e-10);
        NEAR_RELATIVE(logEValue({1e7, 0}, 0.9), 1053591.3410676048013, 1e-11);
        NEAR_RELATIVE(logEValue({12, 9999988}, 1e-6), -13.995655819805320782, 1e-10);
        NEAR_RELATIVE(logEValue({9990000, 10000}, 0.98), 161866.04257803688967, 1e-11);
    }

    void normal()
    {
        NEAR(normalQuantile(0.95), 1.6448536269514715, 1e-14);
        NEAR(normalQuantile(0.975), 1.9599639845400532, 1e-14);
        NEAR(normalQuantile(1e-6), -4.7534243088228989573, 1e-13);
        NEAR(normalQuantile(1e-300), -37.047096299361199237, 1e-12);
        NEAR(normalQuantile(0.3), -0.52440051270804081597, 1e-14);
        NEAR(normalQuantile(0.5), 0, 1e-15);
        QVERIFY(std::isinf(normalQuantile(0)));
        QVERIFY(std::isinf(normalQuantile(1)));
    }

    void outsideTheDomain()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        for (const double bad : {-1.0, 0.0, nan, std::numeric_limits<double>::infinity()}) {
            QVERIFY(std::isnan(logBeta(bad, 1)));
            QVERIFY(std::isnan(incompleteBeta(1, bad, 0.5)));
            QVERIFY(std::isnan(inverseIncompleteBeta(0.5, bad, 1)));
        }
        for (const double bad : {-1e-9, 1.0000001, nan}) {
            QVERIFY(std::isnan(incompleteBeta(1, 1, bad)));
            QVERIFY(std::isnan(inverseIncompleteBeta(bad, 1, 1)));
            QVERIFY(std::isnan(normalQuantile(bad)));
            QVERIFY(std::isnan(logBinomialAtMost(1, 2, bad)));
            QVERIFY(std::isnan(logBinomialAtLeast(1, 2, bad)));
        }
        QCOMPARE(incompleteBeta(2, 3, 0), 0.0);
        QCOMPARE(incompleteBeta(2, 3, 1), 1.0);
        QCOMPARE(logBinomialAtMost(5, 5, 0.3), 0.0);
        QCOMPARE(logBinomialAtLeast(0, 5, 0.3), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestSpecial)
#include "tst_special.moc"
