// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/near.h"
#include "policy/statistics/drift.h"
#include "policy/statistics/sequential.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using namespace countersign::statistics;

namespace {

constexpr double alpha = 0.05;
constexpr int cases = 2000;
constexpr int runs = 4000;

/// For each number of failures the successes from which E >= 1/alpha: looking after every case
/// becomes a look-up.
std::vector<int> proofBoundary(double target)
{
    std::vector<int> boundary;
    int successes = 0;
    for (int failures = 0; successes + failures <= cases; ++failures) {
        successes += int(*cleanCasesToProof({double(successes), double(failures)}, target, alpha));
        boundary.push_back(successes);
    }
    return boundary;
}

/// The same for the Clopper-Pearson bound, which is not made for looking every time.
std::vector<int> fixedSampleBoundary(double target)
{
    std::vector<int> boundary;
    for (int failures = 0; boundary.empty() || boundary.back() + failures <= cases; ++failures) {
        boundary.push_back(int(*casesNeeded(failures, target, alpha)) - failures);
    }
    return boundary;
}

bool isProven(const std::vector<int> &boundary, int successes, int failures)
{
    return failures < int(boundary.size()) && successes >= boundary[size_t(failures)];
}

/// P(the boundary is met at any of the looks) exactly, by carrying the distribution of failures
/// along.
double exactPromotions(const std::vector<int> &boundary, double accuracy)
{
    std::vector<double> waiting(cases + 2, 0.0);
    waiting[0] = 1;
    double promoted = 0;
    for (int n = 1; n <= cases; ++n) {
        for (int failures = n; failures >= 0; --failures) {
            double &here = waiting[size_t(failures)];
            here = here * accuracy
                + (failures > 0 ? waiting[size_t(failures - 1)] * (1 - accuracy) : 0);
            if (isProven(boundary, n - failures, failures)) {
                promoted += here;
                here = 0;
            }
        }
    }
    return promoted;
}

double simulatedPromotions(const std::vector<int> &boundary, double accuracy, quint64 seed)
{
    std::mt19937_64 random(seed);
    const auto limit = quint64(accuracy * 18446744073709551616.0);
    int promoted = 0;
    for (int run = 0; run < runs; ++run) {
        int successes = 0;
        for (int n = 1; n <= cases; ++n) {
            successes += random() < limit ? 1 : 0;
            if (isProven(boundary, successes, n - successes)) {
                ++promoted;
                break;
            }
        }
    }
    return double(promoted) / runs;
}

double standardError(double rate)
{
    return std::sqrt(rate * (1 - rate) / runs);
}

/// Cases until the alarm, from S = 0.
int casesToAlarm(std::mt19937_64 &random, double errorRate)
{
    auto chart = *BernoulliCusum::create();
    const auto limit = quint64(errorRate * 18446744073709551616.0);
    for (int n = 1;; ++n) {
        if (chart.add(random() < limit)) {
            return n;
        }
    }
}

} // namespace

class TestPromotion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // An agent exactly as good as the target must not be promoted more often than alpha, although
    // somebody looks after each of 2,000 cases. 4,000 seeded runs per target: the standard error of
    // a rate of 0.03 is 0.0027, so a rate that stays under 0.05 by three standard errors is no
    // luck; and the simulation must agree with the exact probability within four.
    void falsePromotionsStayUnderAlpha_data()
    {
        QTest::addColumn<double>("target");
        QTest::newRow("supervised") << 0.90;
        QTest::newRow("spot-check") << 0.95;
        QTest::newRow("autonomous") << 0.98;
    }

    void falsePromotionsStayUnderAlpha()
    {
        QFETCH(double, target);
        const std::vector<int> boundary = proofBoundary(target);
        const double simulated = simulatedPromotions(boundary, target, 20261121);
        const double exact = exactPromotions(boundary, target);
        qInfo("target %.2f: simulated %.4f (standard error %.4f), exact %.5f", target, simulated,
              standardError(exact), exact);
        QVERIFY(exact > 0.005);
        QVERIFY(exact < alpha);
        QVERIFY(simulated + 3 * standardError(simulated) < alpha);
        NEAR(simulated, exact, 4 * standardError(exact));
        // A worse agent is promoted less often still, a good one nearly always.
        QVERIFY(exactPromotions(boundary, target - 0.02) < exact);
        QVERIFY(exactPromotions(boundary, 1 - (1 - target) / 4) > 0.99);
    }

    void theSimulationCatchesARuleThatPeeks()
    {
        const std::vector<int> boundary = fixedSampleBoundary(0.90);
        QVERIFY(simulatedPromotions(boundary, 0.90, 20261121) > 2 * alpha);
        QVERIFY(exactPromotions(boundary, 0.90) > 2 * alpha);
    }

    void boundaryIsWhereTheEvidenceSaysSo()
    {
        const std::vector<int> boundary = proofBoundary(0.95);
        for (size_t failures = 0; failures < boundary.size(); failures += 7) {
            const double at = boundary[failures];
            QVERIFY(isPromotionProven({at, double(failures)}, 0.95, alpha));
            QVERIFY(!isPromotionProven({at - 1, double(failures)}, 0.95, alpha));
            // Evidence that holds at every look holds at a single one too.
            QVERIFY(clopperPearsonLower({at, double(failures)}, alpha) >= 0.95);
        }
    }

    // Median delays as written down with the default limit: 75 cases to see 10 % errors, 28 to see
    // 20 %; one false alarm in about 7,300 cases. With 2,000 runs the median's standard error is
    // about 1.3 and 0.4 cases, with 400 runs that of the mean run length about 5 %.
    void cusumSeesDriftInTime()
    {
        std::mt19937_64 random(7);
        const auto median = [&random](double errorRate) {
            std::vector<int> delays(2000);
            for (int &delay : delays) {
                delay = casesToAlarm(random, errorRate);
            }
            std::nth_element(delays.begin(), delays.begin() + 1000, delays.end());
            return double(delays[1000]);
        };
        NEAR(median(0.10), 75, 5);
        NEAR(median(0.20), 28, 2);
        double quiet = 0;
        for (int run = 0; run < 400; ++run) {
            quiet += casesToAlarm(random, 0.03);
        }
        NEAR_RELATIVE(quiet / 400, 7300, 0.2);
    }
};

QTEST_GUILESS_MAIN(TestPromotion)
#include "tst_promotion.moc"
