// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/replaymodel.h"
#include "items/riskmapmodel.h"
#include "items/thresholdmodel.h"
#include "policy/near.h"
#include "testing/pastfixture.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;

namespace {

constexpr qint64 many = 900;

Policy looseRefunds()
{
    return policyFrom(R"({"id":"r","action":"issue_refund","mode":"autonomous",
        "min_confidence":0.7,"limits":{"EUR":100},"worst_reversibility":"costly"})");
}

HistoryGroup groupOf(const QList<std::tuple<double, int, int>> &parts)
{
    HistoryGroup group;
    for (const auto &[confidence, count, errors] : parts) {
        for (int i = 0; i < count; ++i) {
            group.scored.push_back(
                {confidence,
                 i < errors ? HistoryGroup::Scored::Wrong : HistoryGroup::Scored::Right});
        }
    }
    group.cases = group.confident = group.measured = qint64(group.scored.size());
    return group;
}

/// 200 labelled cases: at 0.95 60 pass with 0 errors, at 0.90 100 with 1, at 0.80 150 with 6.
HistoryGroup twoHundred()
{
    return groupOf({{0.72, 50, 8}, {0.97, 60, 0}, {0.80, 50, 5}, {0.91, 40, 1}});
}

} // namespace

class TestPastModels final : public QObject
{
    Q_OBJECT

    std::unique_ptr<PastFixture> m;

private Q_SLOTS:
    void initTestCase()
    {
        m = std::make_unique<PastFixture>();
        m->open(many);
    }
    void cleanupTestCase() { m.reset(); }

    void theMapCountsEveryCaseOnce()
    {
        RiskMapModel map(*m->base.store, m->base.clock);
        const QAbstractItemModelTester tester(&map);
        QCOMPARE(map.rowCount(), 0);
        map.load();
        QTRY_VERIFY(map.isLoaded());
        QTRY_VERIFY(map.rowCount() > 5);
        qint64 cases = 0;
        qint64 measured = 0;
        for (int row = 0; row < map.rowCount(); ++row) {
            const RiskGroup &group = map.at(row);
            cases += group.cases;
            measured += group.measured;
            QVERIFY(group.wrong <= group.measured);
            QVERIFY(group.wrongLow <= group.wrongHigh);
            QCOMPARE(group.mode, PolicyMode::Approve); // none was set
            QCOMPARE(group.mean.has_value(),
                     group.action != u"send_message" && group.action != u"deploy");
        }
        QCOMPARE(cases, many);
        QCOMPARE(map.cases(), many);
        QVERIFY(map.hasMonth());
        const auto judged = m->base.read<QList<JudgedCase>>(
            [](Reader &reader) { return evidenceOf(reader).judgedCases(100'000); });
        QVERIFY2(judged, judged ? "" : qPrintable(judged.error().text + judged.error().detail));
        QCOMPARE(measured, judged->size());
        QCOMPARE(map.currency(), QStringLiteral("EUR"));
        QCOMPARE(map.currencies(), (QStringList{QStringLiteral("EUR"), QStringLiteral("USD")}));
    }

    void theMapFollowsPeriodCurrencyPolicyAndOrder()
    {
        RiskMapModel map(*m->base.store, m->base.clock);
        const QAbstractItemModelTester tester(&map);
        map.load();
        QTRY_COMPARE(map.cases(), many);
        map.setDays(15);
        QTRY_VERIFY(map.cases() < many / 2 && map.cases() > 0);
        QVERIFY(!map.hasMonth());
        map.setDays(0);
        QTRY_COMPARE(map.cases(), many);
        map.setCurrency(QStringLiteral("USD"));
        for (int row = 0; row < map.rowCount(); ++row) {
            QVERIFY(map.at(row).action != u"pay_invoice" || !map.at(row).mean); // all in EUR
        }
        map.setCurrency({});
        map.setPolicy(looseRefunds());
        for (int row = 0; row < map.rowCount(); ++row) {
            QCOMPARE(map.at(row).mode == PolicyMode::Autonomous,
                     map.at(row).action == u"issue_refund");
        }
        const QPersistentModelIndex kept = map.index(2, 0);
        const RiskGroup before = map.at(2);
        map.sort(RiskMapModel::MeanColumn, Qt::AscendingOrder);
        QVERIFY(map.at(kept.row()).isSameKind(before));
        for (int row = 1; row < map.rowCount(); ++row) {
            QVERIFY(map.at(row - 1).mean.value_or(-1) <= map.at(row).mean.value_or(-1));
        }
    }

    void aLongTailIsOneRow()
    {
        PastFixture tail;
        tail.open(0);
        constexpr int kinds = int(CaseHistory::mostGroups) + 7;
        (void)tail.base.write<CaseId>([&](Transaction &tx) -> Result<CaseId> {
            Result<CaseId> last;
            for (int i = 0; last && i < kinds; ++i) {
                Proposal made = tail.maker.proposal(i);
                made.action = QStringLiteral("act-%1").arg(i);
                last = tail.maker.propose(tx, made);
            }
            return last;
        });
        RiskMapModel map(*tail.base.store, tail.base.clock);
        map.load();
        QTRY_COMPARE_WITH_TIMEOUT(map.cases(), kinds, 60'000);
        QCOMPARE(map.rowCount(), int(CaseHistory::mostGroups) + 1);
        QVERIFY(map.at(map.rowCount() - 1).isRest);
        QCOMPARE(map.at(map.rowCount() - 1).cases, 7);
        QCOMPARE(map.restKinds(), 7);
        map.sort(RiskMapModel::FrequencyColumn, Qt::AscendingOrder);
        QVERIFY(map.at(map.rowCount() - 1).isRest);
    }

    void learnThenTestOnHundredthsIsTheOracles()
    {
        const ThresholdEvidence evidence(twoHundred());
        const Advised advised = evidence.advise(0.05, 0.95);
        QCOMPARE(advised.wanted, 59);
        const QMap<int, double> oracle{{95, 0.046070}, {90, 0.037081}, {80, 0.372876}};
        int seen = 0;
        for (const statistics::ThresholdStep &step : advised.steps) {
            const auto expected = oracle.constFind(qRound(step.point.threshold * 100));
            if (expected != oracle.cend()) {
                NEAR(step.pValue, *expected, 1e-6);
                ++seen;
            }
        }
        QCOMPARE(seen, 3);
        QVERIFY(!advised.steps.last().accepted);
        // The walk goes on to 0.81, but nothing between that and 0.91 was ever seen.
        NEAR(*advised.threshold, 0.91, 1e-12);
        QCOMPARE(evidence.outlookAt(*advised.threshold).passed, 100);
        QCOMPARE(evidence.outlookAt(*advised.threshold).wrong, 1);
        QCOMPARE(evidence.outlookAt(*advised.threshold).reviewed, 100);
        QVERIFY(!evidence.advise(0.001, 0.95).threshold);
    }

    void calibrationIsTheOracles()
    {
        const ThresholdEvidence evidence(groupOf({{0.95, 1, 0},
                                                  {0.90, 2, 0},
                                                  {0.85, 1, 0},
                                                  {0.80, 1, 1},
                                                  {0.75, 1, 0},
                                                  {0.70, 1, 0},
                                                  {0.65, 1, 1},
                                                  {0.60, 1, 0},
                                                  {0.55, 1, 1}}));
        NEAR(*evidence.brier(), 0.172250, 1e-12);
        NEAR(*evidence.skill(), 0.179762, 1e-6);
        QVERIFY(!evidence.isEnough());
        // 0.60, 0.70, 0.80 and 0.90 lie in the upper of the bins that meet there.
        QCOMPARE(evidence.calibration()->bins.at(6).count, 2);
        QCOMPARE(evidence.calibration()->bins.at(8).count, 2);
        QCOMPARE(evidence.calibration()->bins.at(9).count, 3);
    }

    void tooLittleDataIsSaid()
    {
        const Advised few = ThresholdEvidence(groupOf({{0.9, 58, 0}})).advise(0.05, 0.95);
        QVERIFY(few.isTooLittle());
        QVERIFY(!few.threshold);
        const Advised enough = ThresholdEvidence(groupOf({{0.9, 59, 0}})).advise(0.05, 0.95);
        QVERIFY(!enough.isTooLittle());
        NEAR(*enough.threshold, 0.90, 1e-12);
        QVERIFY(ThresholdEvidence(HistoryGroup()).advise(0.05, 0.95).isTooLittle());
        QVERIFY(!ThresholdEvidence(HistoryGroup()).calibration());
    }

    /// What the slider shows is what counting every case again would show.
    void outlooksAreCounts()
    {
        QRandomGenerator random(7);
        HistoryGroup group;
        for (int i = 0; i < 3000; ++i) {
            group.scored.push_back(
                {random.bounded(1000) / 1000.0, HistoryGroup::Scored::Finding(random.bounded(3))});
        }
        group.confident = 3000;
        group.cases = 3100;
        const ThresholdEvidence evidence(group);
        for (int i = 0; i <= 100; ++i) {
            const double threshold = i / 100.0;
            Outlook counted;
            for (const HistoryGroup::Scored &one : group.scored) {
                const bool passes = one.confidence >= threshold;
                counted.passed += passes ? 1 : 0;
                counted.measured
                    += passes && one.finding != HistoryGroup::Scored::NotMeasured ? 1 : 0;
                counted.wrong += passes && one.finding == HistoryGroup::Scored::Wrong ? 1 : 0;
            }
            const Outlook outlook = evidence.outlookAt(threshold);
            QCOMPARE(outlook.passed, counted.passed);
            QCOMPARE(outlook.measured, counted.measured);
            QCOMPARE(outlook.wrong, counted.wrong);
            QCOMPARE(outlook.reviewed, 3100 - counted.passed);
        }
    }

    void thresholdsPerKind()
    {
        ThresholdModel model(*m->base.store);
        const QAbstractItemModelTester tester(&model);
        QVERIFY(!model.setCurrent(QStringLiteral("desk"), QStringLiteral("pay_invoice"),
                                  QStringLiteral("match"))); // nothing is read yet
        model.load();
        QTRY_VERIFY(model.evidence());
        QVERIFY(model.rowCount() > 5);
        QCOMPARE(model.at(model.current()).action, QStringLiteral("pay_invoice"));
        QCOMPARE(model.evidence()->cases(), model.at(model.current()).cases);
        QCOMPARE(model.evidence()->measured(), model.at(model.current()).measured);
        QCOMPARE(model.inForce(), std::nullopt);
        QSignalSpy advised(&model, &ThresholdModel::advisedChanged);
        model.setTarget(0.5);
        QCOMPARE(advised.count(), 1);
        model.setCurrent(-1);
        QVERIFY(!model.evidence());
    }

    void aDraftIsTried()
    {
        ReplayModel model(*m->base.store, m->base.clock);
        const QAbstractItemModelTester tester(&model);
        model.start();
        QVERIFY(!model.isRunning()); // no draft
        model.setPolicies(policyFrom(""), looseRefunds());
        model.setPeriod(ReplayModel::Period::All);
        model.start();
        QTRY_VERIFY(model.outcome());
        QCOMPARE(model.outcome()->total().cases, many);
        qint64 cases = 0;
        qint64 fewer = 0;
        for (int row = 1; row < model.rowCount(); ++row) {
            cases += model.at(row).cases;
            fewer += model.at(row).figures[PolicyReplay::FewerReviews];
            QCOMPARE(model.at(row).behind[PolicyReplay::FewerReviews].size(),
                     model.at(row).figures[PolicyReplay::FewerReviews]);
        }
        QCOMPARE(cases, many);
        QVERIFY(fewer > 0);
        QCOMPARE(model.at(0).figures[PolicyReplay::FewerReviews], fewer);
        CasesBehindModel behind(*m->base.store);
        const QAbstractItemModelTester lines(&behind);
        behind.show(model.at(0).behind[PolicyReplay::FewerReviews]);
        QTRY_COMPARE(behind.rowCount(), int(std::min<qint64>(fewer, CasesBehindModel::mostShown)));
        QCOMPARE(behind.at(0).action, QStringLiteral("issue_refund"));
        model.setPeriod(ReplayModel::Period::Week); // another question: the answer is put away
        QVERIFY(!model.outcome());
        model.start();
        QTRY_VERIFY(model.outcome());
        QVERIFY(model.outcome()->total().cases < many / 4);
    }

    void aTryOutIsCancelled()
    {
        ReplayModel model(*m->base.store, m->base.clock);
        model.setPolicies(policyFrom(""), looseRefunds());
        model.start();
        model.cancel();
        QTRY_VERIFY(!model.isRunning());
        QVERIFY(!model.outcome());
        model.start(); // and again
        QTRY_VERIFY(model.outcome());
    }
};

QTEST_GUILESS_MAIN(TestPastModels)
#include "tst_pastmodels.moc"
