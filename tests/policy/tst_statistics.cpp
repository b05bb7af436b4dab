// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/near.h"
#include "policy/statistics/drift.h"
#include "policy/statistics/evidence.h"
#include "policy/statistics/reviewers.h"
#include "policy/statistics/sampling.h"
#include "policy/statistics/sequential.h"

#include <QTest>

#include <limits>

using namespace countersign;
using namespace countersign::statistics;

// Known answers of the ladder's statistics. Bounds within 1e-6 (they are written with six places),
// e-values within 1e-4 relative.

namespace {

constexpr double near6 = 1e-6;
constexpr double alpha = 0.05;
const double notANumber = std::numeric_limits<double>::quiet_NaN();

Counts of(double successes, double n)
{
    return {successes, n - successes};
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wilsonKnown()
    {
        NEAR(wilson(of(48, 50)).low, 0.865399, near6);
        NEAR(wilson(of(48, 50)).high, 0.988961, near6);
        NEAR(wilson(of(8, 8)).low, 0.675592, near6);
        QCOMPARE(wilson(of(8, 8)).high, 1.0);
        NEAR(wilson(of(190, 200)).low, 0.910422, near6);
        NEAR(wilson(of(190, 200)).high, 0.972617, near6);
        NEAR(wilson(of(45, 50)).low, 0.786398, near6);
        NEAR(wilson(of(45, 50)).high, 0.956524, near6);
        NEAR(wilson(of(297, 300)).low, 0.971017, near6);
        NEAR(wilson(of(297, 300)).high, 0.996593, near6);
        NEAR(wilsonLower(of(8, 8), alpha), 0.747276, near6);
        NEAR(wilsonLower(of(20, 20), alpha), 0.880842, near6);
        NEAR(wilsonLower(of(45, 50), alpha), 0.808462, near6);
        NEAR(wilsonLower(of(48, 50), alpha), 0.886100, near6);
        NEAR(wilsonLower(of(95, 100), alpha), 0.900839, near6);
        NEAR(wilsonLower(of(98, 100), alpha), 0.941352, near6);
        NEAR(wilsonLower(of(190, 200), alpha), 0.918108, near6);
        NEAR(wilsonLower(of(297, 300), alpha), 0.975244, near6);
        NEAR(wilsonLower(of(7, 10), alpha), 0.441700, near6);
        // Nothing but successes: n / (n + z^2).
        constexpr double z2 = 1.6448536269514715 * 1.6448536269514715;
        NEAR(1 - wilsonLower(of(1e7, 1e7), alpha), z2 / (1e7 + z2), 2e-16);
    }

    void clopperPearsonKnown()
    {
        NEAR(clopperPearsonLower(of(4, 5), alpha), 0.342592, near6);
        NEAR(clopperPearsonLower(of(8, 8), alpha), 0.687656, near6);
        NEAR(clopperPearsonLower(of(20, 20), alpha), 0.860892, near6);
        NEAR(clopperPearsonLower(of(45, 50), alpha), 0.801167, near6);
        NEAR(clopperPearsonLower(of(48, 50), alpha), 0.879386, near6);
        NEAR(clopperPearsonLower(of(95, 100), alpha), 0.897747, near6);
        NEAR(clopperPearsonLower(of(98, 100), alpha), 0.938381, near6);
        NEAR(clopperPearsonLower(of(190, 200), alpha), 0.916665, near6);
        NEAR(clopperPearsonLower(of(297, 300), alpha), 0.974359, near6);
        NEAR(clopperPearsonLower(of(7, 10), alpha), 0.393376, near6);
        NEAR(clopperPearsonLower(of(19, 20), alpha), 0.783894, near6);
        NEAR(clopperPearson(of(48, 50)).low, 0.862862, near6);
        NEAR(clopperPearson(of(48, 50)).high, 0.995119, near6);
        NEAR(clopperPearson(of(4, 5)).low, 0.283582, near6);
        NEAR(clopperPearson(of(4, 5)).high, 0.994949, near6);
        NEAR(clopperPearsonUpper(of(2, 40), alpha), 0.149152, near6);
        NEAR(clopperPearsonUpper(of(1, 100), alpha), 0.046560, near6);
        NEAR(clopperPearsonUpper(of(0, 60), alpha), 0.048703, near6);
        NEAR(clopperPearsonUpper(of(6, 150), alpha), 0.077418, near6);
    }

    void jeffreysKnown()
    {
        NEAR(jeffreysLower(of(8, 8), alpha), 0.792492, near6);
        NEAR(jeffreysLower(of(20, 20), alpha), 0.909524, near6);
        NEAR(jeffreysLower(of(45, 50), alpha), 0.813589, near6);
        NEAR(jeffreysLower(of(48, 50), alpha), 0.893672, near6);
        NEAR(jeffreysLower(of(95, 100), alpha), 0.904229, near6);
        NEAR(jeffreysLower(of(98, 100), alpha), 0.945753, near6);
        NEAR(jeffreysLower(of(190, 200), alpha), 0.919719, near6);
        NEAR(jeffreysLower(of(297, 300), alpha), 0.976731, near6);
        NEAR(posteriorAbove(of(48, 50), 0.90), 0.896066, near6);
        NEAR(posteriorAbove(of(48, 50), 0.95), 0.472522, near6);
    }

    void casesNeededKnown()
    {
        const QList<std::pair<double, QList<qint64>>> table{{0.80, {14, 22, 30, 37}},
                                                            {0.90, {29, 46, 61, 76}},
                                                            {0.95, {59, 93, 124, 153}},
                                                            {0.98, {149, 236, 313, 386}}};
        for (const auto &[target, needed] : table) {
            for (qsizetype errors = 0; errors < needed.size(); ++errors) {
                const qint64 n = needed.at(errors);
                QCOMPARE(casesNeeded(errors, target, alpha), n);
                QVERIFY(clopperPearsonLower({double(n - errors), double(errors)}, alpha) >= target);
                QVERIFY(clopperPearsonLower({double(n - 1 - errors), double(errors)}, alpha)
                        < target);
            }
            QCOMPARE(zeroErrorCases(target, alpha), needed.first());
        }
        QCOMPARE(zeroErrorCases(0.99, alpha), 299);
        QCOMPARE(zeroErrorCases(0.995, alpha), 598);
        QCOMPARE(zeroErrorCases(0.5, 0.25), 2); // exactly: no case more through rounding
        QCOMPARE(zeroErrorCases(0.999999, alpha), 2995731); // ln 0.05 / ln 0.999999 = 2995730.77
        QCOMPARE(zeroErrorCases(1 - 1e-12, alpha), std::nullopt);
        QCOMPARE(casesNeeded(-1, 0.9, alpha), std::nullopt);
        QCOMPARE(casesNeeded(0, 1, alpha), std::nullopt);
        QCOMPARE(casesNeeded(0, 0.9, notANumber), std::nullopt);
    }

    void nothingCountedAndNothingValidPromotesNobody()
    {
        for (const Counts &counts :
             {Counts{}, Counts{-1, 5}, Counts{notANumber, 0}, Counts{2e9, 0}, Counts{0, 7}}) {
            QCOMPARE(wilsonLower(counts, alpha), 0.0);
            QCOMPARE(clopperPearsonLower(counts, alpha), 0.0);
            QCOMPARE(jeffreysLower(counts, alpha), 0.0);
            QVERIFY(!isPromotionProven(counts, 0.9, alpha));
        }
        for (const double bad : {-0.1, 0.0, 1.0, notANumber}) {
            QCOMPARE(clopperPearsonLower({50, 0}, bad), 0.0);
            QCOMPARE(clopperPearsonUpper({0, 50}, bad), 1.0);
            QVERIFY(!isPromotionProven({500, 0}, 0.9, bad));
            QVERIFY(!isPromotionProven({500, 0}, bad, alpha));
        }
    }

    void sprtKnown()
    {
        const auto test = *Sprt::create(0.9, 0.97, 0.05, 0.1);
        NEAR(test.successWeight(), 0.0749013081731177, 1e-15);
        NEAR(test.failureWeight(), -1.203972804325936, 1e-15);
        NEAR(test.promoteAt(), 2.8903717578961645, 1e-15);
        NEAR(test.refuseAt(), -2.251291798606495, 1e-15);
        NEAR(test.meanCasesIfBad(), 37.64, 0.005);
        NEAR(test.meanCasesIfGood(), 65.04, 0.005);
        const auto promotedAt = [&test](const QList<int> &failures) {
            Sprt run = test;
            int n = 0;
            while (run.verdict() == Sprt::Verdict::Continue) {
                ++n;
                (void)run.add(!failures.contains(n));
            }
            return run.verdict() == Sprt::Verdict::Promote ? n : -n;
        };
        QCOMPARE(promotedAt({}), 39);
        QCOMPARE(promotedAt({11}), 56);
        QCOMPARE(promotedAt({11, 12}), 73);
        QCOMPARE(promotedAt({1, 2}), -2);
        QVERIFY(!Sprt::create(0.97, 0.9, 0.05, 0.1));
        QVERIFY(!Sprt::create(0.9, 1, 0.05, 0.1));
        QVERIFY(!Sprt::create(0.9, 0.97, 0.5, 0.5));
        QCOMPARE(Sprt::create(notANumber, 0.97, 0.05, 0.1).error().code, ErrorCode::InvalidInput);
    }

    void eProcessKnown()
    {
        const auto e = [](double s, double f) {
            return std::exp(logEValue({s, f}, 0.9));
        };
        NEAR_RELATIVE(e(10, 0), 1.7891, 1e-4);
        NEAR_RELATIVE(e(20, 0), 3.4882, 1e-4);
        NEAR_RELATIVE(e(30, 0), 7.3193, 1e-4);
        NEAR_RELATIVE(e(40, 0), 16.2817, 1e-4);
        NEAR_RELATIVE(e(50, 0), 37.8691, 1e-4);
        NEAR_RELATIVE(e(60, 1), 14.5449, 1e-4);
        NEAR_RELATIVE(e(80, 1), 68.7896, 1e-4);
        NEAR_RELATIVE(e(100, 2), 70.8549, 1e-4);
        NEAR(logEValue({}, 0.9), 0, 1e-14);
        QCOMPARE(cleanCasesToProof({}, 0.90, alpha), 43);
        QCOMPARE(cleanCasesToProof({}, 0.95, alpha), 88);
        QCOMPARE(cleanCasesToProof({40, 0}, 0.90, alpha), 3);
        QCOMPARE(cleanCasesToProof({43, 0}, 0.90, alpha), 0);
        QCOMPARE(cleanCasesToProof({-1, 0}, 0.90, alpha), std::nullopt);
    }

    void alphaSpendingKnown()
    {
        NEAR(alphaForLook(0.05, 1), 0.030396, near6);
        NEAR(alphaForLook(0.05, 2), 0.007599, near6);
        NEAR(alphaForLook(0.05, 3), 0.003377, near6);
        NEAR(alphaForLook(0.05, 4), 0.001900, near6);
        double spent = 0;
        for (qint64 look = 1; look <= 100000; ++look) {
            spent += alphaForLook(0.05, look);
        }
        QVERIFY(spent < 0.05 && spent > 0.0499);
        QCOMPARE(alphaForLook(0.05, 0), 0.0);
        QCOMPARE(alphaForLook(notANumber, 1), 0.0);
    }

    void cusumKnown()
    {
        auto chart = *BernoulliCusum::create(0.03, 0.10, 3);
        NEAR(chart.errorWeight(), 1.2039728, 1e-7);
        NEAR(chart.successWeight(), -0.0749013, 1e-7);
        const QList<double> expected{0,      0,      0,      0,      0,      1.2040, 1.1291, 1.0542,
                                     0.9793, 0.9044, 2.1083, 2.0334, 1.9585, 1.8836, 3.0876};
        for (int n = 1; n <= 15; ++n) {
            QCOMPARE(chart.add(n == 6 || n == 11 || n == 15), n == 15);
            NEAR(chart.statistic(), expected.at(n - 1), 5e-5);
        }
        auto burst = *BernoulliCusum::create(0.03, 0.10, 3);
        QVERIFY(!burst.add(true));
        QVERIFY(!burst.add(true));
        QVERIFY(burst.add(true));
        NEAR(burst.statistic(), 3.6119, 5e-5);
        QVERIFY(!BernoulliCusum::create(0.1, 0.1, 3));
        QVERIFY(!BernoulliCusum::create(0, 0.1, 3));
        QVERIFY(!BernoulliCusum::create(0.03, 0.1, notANumber));
    }

    void ewmaKnown()
    {
        auto chart = *Ewma::create(0.05, 0.1, 3);
        QVERIFY(!chart.isAlarm());
        const QList<double> z{0.045, 0.0405, 0.13645, 0.122805, 0.110525, 0.199472};
        const QList<double> limits{0.115383, 0.137964, 0.152677, 0.163201, 0.171057, 0.177064};
        for (int n = 1; n <= 6; ++n) {
            QCOMPARE(chart.add(n == 3 || n == 6), n == 6);
            NEAR(chart.statistic(), z.at(n - 1), near6);
            NEAR(chart.limit(), limits.at(n - 1), near6);
        }
        QVERIFY(!Ewma::create(0.05, 0, 3));
        QVERIFY(!Ewma::create(0.05, 1.5, 3));
        QVERIFY(!Ewma::create(notANumber, 0.1, 3));
    }

    void ddmKnown()
    {
        for (const int first : {1, 20, 45}) {
            Ddm chart;
            for (int n = 1; n <= 50; ++n) {
                QCOMPARE(chart.add(n == first), Ddm::State::Steady);
            }
            NEAR(chart.lowestRate(), 0.02, 1e-12);
            NEAR(chart.lowestDeviation(), 0.0198, 5e-5);
            NEAR(chart.lowestRate() + 2 * chart.lowestDeviation(), 0.0596, 5e-5);
            NEAR(chart.lowestRate() + 3 * chart.lowestDeviation(), 0.0794, 5e-5);
            QCOMPARE(chart.add(true), Ddm::State::Warning);
            NEAR(chart.level(), 0.0664, 5e-5);
            (void)chart.add(false);
            QCOMPARE(chart.add(true), Ddm::State::Drift);
            NEAR(chart.level(), 0.0566 + 0.03174, 1e-4);
        }
    }

    void ddmWithoutAnyErrorOrWithNothingElse()
    {
        Ddm clean;
        Ddm hopeless;
        for (int n = 1; n <= 1000; ++n) {
            QCOMPARE(clean.add(false), Ddm::State::Steady);
            QCOMPARE(hopeless.add(true), Ddm::State::Steady);
        }
        QVERIFY(!clean.hasMinimum());
        QCOMPARE(clean.add(true), Ddm::State::Steady);
    }

    void decayAndChange()
    {
        QCOMPARE(decayed({80, 4}, 30, 30), (Counts{40, 2}));
        QCOMPARE(decayed({80, 4}, -5, 30), (Counts{80, 4}));
        QCOMPARE(decayed({80, 4}, 5, 0), Counts{});
        QCOMPARE(decayed({80, 4}, notANumber, 30), Counts{});
        QCOMPARE(carriedOver({100, 10}, 0.2), (Counts{20, 2}));
        QCOMPARE(carriedOver({100, 10}, 0.9), (Counts{30, 3}));
        QCOMPARE(carriedOver({100, 10}, notANumber), Counts{});
        QCOMPARE(carriedOver({-1, 10}, 0.2), Counts{});
        QVERIFY(clopperPearsonLower(decayed({80, 4}, 30, 30), alpha)
                < clopperPearsonLower({80, 4}, alpha));
    }

    void evaluateSaysEverythingAtOnce()
    {
        const Result<Evaluation> evaluation = evaluate(48, 2, 0.9);
        QVERIFY(evaluation);
        NEAR(evaluation->wilson, 0.8861, near6);
        NEAR(evaluation->clopperPearson, 0.879386, near6);
        NEAR(evaluation->jeffreys, 0.893672, near6);
        QVERIFY(!evaluation->promote);
        QVERIFY(!evaluate(42, 0, 0.9)->promote);
        QVERIFY(evaluate(43, 0, 0.9)->promote);
        QVERIFY(!evaluate(43, 0, 0.9, 0.01)->promote);
        QVERIFY(!evaluate(0, 0, 0.9)->promote);
        QVERIFY(!evaluate(-1, 0, 0.9));
        QVERIFY(!evaluate(1, 2'000'000'000, 0.9));
        QVERIFY(!evaluate(std::numeric_limits<qint64>::max(), 1, 0.9));
        QVERIFY(!evaluate(1, 0, 1));
        QVERIFY(!evaluate(1, 0, notANumber));
        QVERIFY(!evaluate(1, 0, 0.9, 0));
    }

    void provenMeansBoundReached()
    {
        for (const double target : {0.5, 0.9, 0.98, 0.999999}) {
            for (const double f : {0.0, 1.0, 17.0, 400.0}) {
                const std::optional<qint64> more = cleanCasesToProof({0, f}, target, alpha);
                QVERIFY(more);
                const Evaluation at = *evaluate(*more, qint64(f), target, alpha);
                QVERIFY(at.promote);
                QVERIFY(at.clopperPearson >= target);
            }
        }
    }

    void valuesThatNoDoubleHolds()
    {
        QCOMPARE(exponentialText(0), QByteArray("1"));
        QCOMPARE(exponentialText(std::log(37.869095)), QByteArray("37.869095"));
        QCOMPARE(exponentialText(1000 * std::log(10.0) + std::log(2.0)),
                 QByteArray("2.00000000e+1000"));
        QCOMPARE(exponentialText(-1000 * std::log(10.0) + std::log(2.0)),
                 QByteArray("2.00000000e-1000"));
        QCOMPARE(exponentialText(notANumber), QByteArray("0"));
        QVERIFY(logEValue({1e7, 0}, 0.9) > 1e6);
    }

    void samplingKnown()
    {
        QCOMPARE(spotCheckCases(0.02), 149);
        QCOMPARE(spotCheckCases(0.05), 59);
        QCOMPARE(spotCheckCases(0), std::nullopt);
        QList<Draw> uniform(40, Draw{0.1, false});
        uniform[3].error = true;
        uniform[30].error = true;
        NEAR(horvitzThompson(uniform, 400)->rate, 0.05, 1e-15);
        NEAR(horvitzThompson(uniform, 400)->standardError, std::sqrt(2 * 0.9) / 0.1 / 400, 1e-15);
        QList<Draw> stratified(15, Draw{0.05, false});
        stratified += QList<Draw>(50, Draw{0.5, false});
        for (int i = 20; i < 24; ++i) {
            stratified[i].error = true;
        }
        NEAR(horvitzThompson(stratified, 400)->rate, 0.02, 1e-15);
        QVERIFY(!horvitzThompson({{0, true}}, 400));
        QVERIFY(!horvitzThompson({{notANumber, true}}, 400));
        QVERIFY(!horvitzThompson(uniform, 39));
        const Interval one = stratifiedErrors({{400, 40, 2}}, 0.90);
        NEAR(one.high, 0.149152, near6);
        const Interval both = stratifiedErrors({{300, 15, 0}, {100, 50, 4}});
        QVERIFY(both.low < 0.02 && both.high > 0.02);
        QCOMPARE(stratifiedErrors({{300, 15, 16}}).high, 1.0);
        QCOMPARE(stratifiedErrors({}).high, 1.0);
        NEAR(hoeffdingLower(0.96, 200, alpha), 0.873459, near6);
        NEAR(empiricalBernsteinLower(0.96, 0.0384, 200, alpha), 0.879110, near6);
        QCOMPARE(hoeffdingLower(notANumber, 200, alpha), 0.0);
        QCOMPARE(empiricalBernsteinLower(0.96, 0.0384, 1, alpha), 0.0);
    }

    void reviewersKnown()
    {
        NEAR(*roganGladen(0.04, 0.70, 0.99), 0.043478, near6);
        NEAR(*roganGladen(0.04, 0.40, 0.99), 0.0769, 5e-5);
        QCOMPARE(roganGladen(0.001, 0.7, 0.99), 0.0);
        QCOMPARE(roganGladen(0.04, 0.5, 0.5), std::nullopt);
        QCOMPARE(roganGladen(notANumber, 0.7, 0.99), std::nullopt);
        NEAR(correctedAccuracyLower(of(48, 50), 1, 1, alpha), 0.879386, near6);
        QVERIFY(correctedAccuracyLower(of(48, 50), 0.7, 1, alpha) < 0.84);
        QCOMPARE(correctedAccuracyLower(of(48, 50), 0.3, 0.5, alpha), 0.0);
        NEAR_RELATIVE(peerTail(198, 200, 0.92), 9.66278e-06, 1e-5);
        QCOMPARE(peerTail(201, 200, 0.92), 1.0);
        QCOMPARE(peerTail(198, 200, notANumber), 1.0);
    }

    void agreementKnown()
    {
        const PairTable table{40, 5, 3, 12};
        NEAR(*cohenKappa(table), 0.659574, near6);
        NEAR(*krippendorffAlpha(table), 0.661932, near6);
        NEAR(*gwetAc1(table), 0.781022, near6);
        QList<Votes> votes(40, Votes{2, 0});
        votes += QList<Votes>(8, Votes{1, 1});
        votes += QList<Votes>(12, Votes{0, 2});
        votes += QList<Votes>(9, Votes{1, 0}); // looked at by one person only: says nothing
        NEAR(*krippendorffAlpha(votes), *krippendorffAlpha(table), 1e-14);
        const PairTable allApproved{50, 0, 0, 0};
        QCOMPARE(cohenKappa(allApproved), std::nullopt);
        QCOMPARE(krippendorffAlpha(allApproved), std::nullopt);
        QCOMPARE(gwetAc1(allApproved), 1.0);
        QCOMPARE(cohenKappa(PairTable{}), std::nullopt);
        QCOMPARE(gwetAc1(PairTable{-1, 5, 5, 5}), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
