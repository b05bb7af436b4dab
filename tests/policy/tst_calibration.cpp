// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/near.h"
#include "policy/statistics/calibration.h"
#include "policy/statistics/threshold.h"

#include <QTest>

#include <limits>

using namespace countersign::statistics;

namespace {

constexpr double near6 = 1e-6;
const double notANumber = std::numeric_limits<double>::quiet_NaN();

const QList<Scored> ten{{0.95, true}, {0.90, true}, {0.90, true},  {0.85, true}, {0.80, false},
                        {0.75, true}, {0.70, true}, {0.65, false}, {0.60, true}, {0.55, false}};

/// 200 labelled cases: at >= 0.95 60 pass with 0 errors, at 0.90 100 with 1, at 0.80 150 with 6, at
/// 0.70 all with 14.
QList<Scored> twoHundred()
{
    QList<Scored> cases;
    const auto add = [&cases](double confidence, int count, int errors) {
        for (int i = 0; i < count; ++i) {
            cases.append({confidence, i >= errors});
        }
    };
    add(0.72, 50, 8);
    add(0.97, 60, 0);
    add(0.80, 50, 5); // exactly on the threshold: passes
    add(0.91, 40, 1);
    return cases;
}

const QList<double> thresholds{0.95, 0.90, 0.80, 0.70};

} // namespace

class TestCalibration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scoresKnown()
    {
        NEAR(*brierScore(ten), 0.172250, 1e-12);
        NEAR(*brierSkill(ten), 0.179762, near6);
        NEAR(*logLoss(ten), 0.503748, near6);
        NEAR(*auroc(ten), 0.809524, near6);
        NEAR(*auroc({{0.5, true}, {0.5, false}}), 0.5, 1e-15);
        QCOMPARE(auroc({{0.5, true}}), std::nullopt);
        QCOMPARE(brierSkill({{0.5, true}}), std::nullopt);
        NEAR(*logLoss({{1.0, false}}), -std::log(1e-15), 1e-9);
    }

    void binsKnown()
    {
        const Calibration result = *calibration(ten, 5);
        QCOMPARE(result.bins.size(), 5);
        NEAR(result.expectedError, 0.125, 1e-12);
        NEAR(result.maximumError, 0.55, 1e-12);
        QCOMPARE(result.bins.at(0).count, 0);
        QCOMPARE(result.bins.at(1).count, 0);
        QCOMPARE(result.bins.at(2).count, 1);
        NEAR(result.bins.at(2).confidence, 0.55, 1e-12);
        NEAR(result.bins.at(2).accuracy, 0, 1e-12);
        QCOMPARE(result.bins.at(3).count, 4);
        NEAR(result.bins.at(3).confidence, 0.675, 1e-12);
        NEAR(result.bins.at(3).accuracy, 0.75, 1e-12);
        QCOMPARE(result.bins.at(4).count, 5);
        NEAR(result.bins.at(4).confidence, 0.88, 1e-12);
        NEAR(result.bins.at(4).accuracy, 0.80, 1e-12);
    }

    void everyDecimalEdgeFallsIntoTheUpperBin()
    {
        for (const int bins : {5, 10, 20, 100}) {
            for (int k = 0; k <= bins; ++k) {
                // As an agent would write it: the decimal, read as a double.
                const double written = QByteArray::number(double(k) / bins, 'f', 2).toDouble();
                const Calibration result = *calibration({{written, true}}, bins);
                QCOMPARE(result.bins.at(std::min(k, bins - 1)).count, 1);
                if (k > 0 && k < bins) {
                    const double below = std::nextafter(written, 0.0);
                    QCOMPARE(calibration({{below, true}}, bins)->bins.at(k - 1).count, 1);
                }
            }
        }
    }

    void isotonicKnown()
    {
        const QList<bool> outcomes{false, true, false, true, true, false, true, true, true, true};
        QList<Scored> cases;
        for (qsizetype i = outcomes.size() - 1; i >= 0; --i) {
            cases.append({double(i + 1) / 20, outcomes.at(i)});
        }
        const QList<IsotonicBlock> blocks = isotonic(cases);
        const QList<qint64> counts{1, 2, 3, 1, 1, 1, 1};
        const QList<double> values{0, 0.5, 2.0 / 3, 1, 1, 1, 1};
        QCOMPARE(blocks.size(), counts.size());
        for (qsizetype i = 0; i < blocks.size(); ++i) {
            QCOMPARE(blocks.at(i).count, counts.at(i));
            NEAR(blocks.at(i).value(), values.at(i), 1e-15);
        }
        NEAR(*recalibrated(blocks, 0.0), 0, 1e-15);
        NEAR(*recalibrated(blocks, 0.12), 0.5, 1e-15);
        NEAR(*recalibrated(blocks, 0.30), 2.0 / 3, 1e-15);
        NEAR(*recalibrated(blocks, 1.0), 1, 1e-15);
        QCOMPARE(recalibrated(blocks, notANumber), std::nullopt);
        QCOMPARE(recalibrated({}, 0.5), std::nullopt);
        // Equal confidences are one block, whatever their order.
        QCOMPARE(isotonic({{0.5, true}, {0.5, false}, {0.5, true}}).size(), 1);
        QCOMPARE(isotonic({{0.1, true}, {0.2, true}, {0.3, false}}).size(), 1);
    }

    void riskCoverageByHand()
    {
        const QList<RiskPoint> curve
            = riskCoverage({{0.9, true}, {0.5, false}, {0.7, false}, {0.6, true}});
        QCOMPARE(curve.size(), 4);
        NEAR(curve.at(0).risk(), 0, 1e-15);
        NEAR(curve.at(1).risk(), 0.5, 1e-15);
        NEAR(curve.at(2).risk(), 1.0 / 3, 1e-15);
        NEAR(curve.at(3).risk(), 0.5, 1e-15);
        NEAR(*areaUnderRiskCoverage(curve), (0.5 + 1.0 / 3 + 0.5) / 4, 1e-15);
        QCOMPARE(riskCoverage(ten).at(1).passed, 3); // the two 0.90 pass together
        QCOMPARE(areaUnderRiskCoverage({}), std::nullopt);
    }

    void learnThenTestKnown()
    {
        const QList<RiskPoint> points = riskAt(twoHundred(), thresholds);
        QCOMPARE(points.size(), 4);
        const ThresholdAdvice advice = learnThenTest(points, 0.05, 0.05);
        QCOMPARE(advice.threshold, 0.90);
        QCOMPARE(advice.steps.size(), 3);
        QCOMPARE(advice.steps.at(0).point.passed, 60);
        NEAR(advice.steps.at(0).pValue, 0.046070, near6);
        QCOMPARE(advice.steps.at(1).point.passed, 100);
        NEAR(advice.steps.at(1).pValue, 0.037081, near6);
        QVERIFY(advice.steps.at(1).accepted);
        QCOMPARE(advice.steps.at(2).point.errors, 6);
        NEAR(advice.steps.at(2).pValue, 0.372876, near6);
        QVERIFY(!advice.steps.at(2).accepted);
        QVERIFY(!advice.tooFewCases);
    }

    void tooLittleDataIsSaid()
    {
        const ThresholdAdvice advice
            = learnThenTest(riskAt(QList<Scored>(58, {0.9, true}), {0.9}), 0.05, 0.05);
        QCOMPARE(advice.threshold, std::nullopt);
        QVERIFY(advice.tooFewCases);
        QVERIFY(learnThenTest(riskAt(QList<Scored>(59, {0.9, true}), {0.9}), 0.05, 0.05).threshold);
        QVERIFY(learnThenTest(riskAt(ten, {0.99}), 0.05, 0.05).tooFewCases); // none pass
    }

    void conformalKnown()
    {
        const QList<RiskPoint> points = riskAt(twoHundred(), thresholds);
        const QList<double> expected{0.004975, 0.009950, 0.034826, 0.074627};
        for (qsizetype i = 0; i < points.size(); ++i) {
            NEAR(conformalRisk(points.at(i), 200), expected.at(i), near6);
        }
        QCOMPARE(conformalThreshold(points, 200, 0.02), 0.90);
        QCOMPARE(conformalThreshold(points, 200, 0.04), 0.80);
        QCOMPARE(conformalThreshold(points, 200, 0.001), std::nullopt);
        QCOMPARE(conformalThreshold(points, 0, 0.02), std::nullopt);
    }

    void boundAndCost()
    {
        NEAR(selectiveRiskUpper({0.9, 100, 1}, 0.05, 4), 0.062119, near6);
        QCOMPARE(selectiveRiskUpper({0.9, 100, 101}, 0.05, 4), 1.0);
        QCOMPARE(selectiveRiskUpper({0.9, 100, 1}, 0.05, 0), 1.0);
        NEAR(breakEvenError(2, 150), 0.013333, near6);
        QCOMPARE(breakEvenError(2, 0), 0.0);
        QCOMPARE(breakEvenError(notANumber, 150), 0.0);
        QCOMPARE(breakEvenError(200, 150), 1.0);
    }

    void invalidGivesNothing()
    {
        for (const double bad : {notANumber, -0.1, 1.1}) {
            QList<Scored> cases = ten;
            cases.append({bad, true});
            QCOMPARE(brierScore(cases), std::nullopt);
            QCOMPARE(logLoss(cases), std::nullopt);
            QCOMPARE(auroc(cases), std::nullopt);
            QVERIFY(!calibration(cases, 5));
            QVERIFY(isotonic(cases).isEmpty());
            QVERIFY(riskAt(cases, thresholds).isEmpty());
            QVERIFY(riskCoverage(cases).isEmpty());
            QVERIFY(riskAt(ten, {bad}).isEmpty());
            QVERIFY(!learnThenTest(riskAt(twoHundred(), thresholds), bad, 0.05).threshold);
        }
        QCOMPARE(brierScore({}), std::nullopt);
        QVERIFY(!calibration(ten, 0));
        QVERIFY(riskAt(ten, {0.8, 0.9}).isEmpty()); // loose to strict
        QVERIFY(riskAt(ten, {0.9, 0.9}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
