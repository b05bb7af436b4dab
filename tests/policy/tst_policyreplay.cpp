// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreplay.h"

#include <QTest>

using namespace countersign;

namespace {

PolicyEvaluator upTo(const char *limit)
{
    const QByteArray document
        = QByteArray("{\"format\":\"countersign-policy/1\",\"rules\":[{\"id\":\"r\","
                     "\"action\":\"refund\",\"mode\":\"autonomous\",\"limits\":{\"EUR\":")
        + limit + "}}]}";
    return PolicyEvaluator(readPolicy(document).policy.value());
}

ReplayCase refund(int number, const char *amount, PastResult result)
{
    ReplayCase past{.id = CaseId(QStringLiteral("c-%1").arg(number)), .result = result};
    Proposal &p = past.proposal;
    p.action = QStringLiteral("refund");
    p.caseType = number % 2 ? QStringLiteral("odd") : QStringLiteral("even");
    p.confidence = Decimal::parse(QByteArray("0.9"));
    p.impact.amount = Decimal::parse(QByteArray(amount));
    p.impact.currency = QStringLiteral("EUR");
    p.risk = Risk::Low;
    p.reversibility = Reversibility::Reversible;
    return past;
}

} // namespace

class TestPolicyReplay final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatALooserLimitLetsThrough()
    {
        PolicyReplay replay(upTo("100"), upTo("500"));
        replay.add(refund(1, "50", PastResult::Correct)); // passes under both
        replay.add(refund(2, "150.10", PastResult::Correct));
        replay.add(refund(3, "250.20", PastResult::Wrong));
        replay.add(refund(4, "900", PastResult::Wrong)); // waits under both
        const PolicyReplay::Row &total = replay.total();
        QCOMPARE(total.cases, 4);
        QCOMPARE(total.figures[PolicyReplay::ReviewedBefore], 3);
        QCOMPARE(total.figures[PolicyReplay::ReviewedAfter], 1);
        QCOMPARE(total.figures[PolicyReplay::FewerReviews], 2);
        QCOMPARE(total.figures[PolicyReplay::MoreReviews], 0);
        QCOMPARE(total.figures[PolicyReplay::WrongLetThrough], 1);
        QCOMPARE(total.released.value(QStringLiteral("EUR")).toString(), QStringLiteral("400.30"));
        QVERIFY(total.held.isEmpty());
        QCOMPARE(replay.casesBehind(PolicyReplay::WrongLetThrough),
                 QList<CaseId>{CaseId(QStringLiteral("c-3"))});
        QCOMPARE(replay.rows().size(), 2);
        QCOMPARE(replay.rows().first().cases, 2);
    }

    void countsWhatAStricterLimitCatches()
    {
        PolicyReplay replay(upTo("500"), upTo("100"));
        replay.add(refund(3, "250.20", PastResult::Wrong));
        QCOMPARE(replay.total().figures[PolicyReplay::MoreReviews], 1);
        QCOMPARE(replay.total().figures[PolicyReplay::WrongCaught], 1);
        QCOMPARE(replay.total().held.value(QStringLiteral("EUR")).toString(),
                 QStringLiteral("250.20"));
    }

    void theSamePolicyChangesNothing()
    {
        PolicyReplay replay(upTo("100"), upTo("100"));
        for (int i = 0; i < 100; ++i) {
            replay.add(refund(i, i % 3 ? "50" : "150", PastResult::Wrong));
        }
        const auto &figures = replay.total().figures;
        QCOMPARE(figures[PolicyReplay::ReviewedBefore], figures[PolicyReplay::ReviewedAfter]);
        QCOMPARE(figures[PolicyReplay::MoreReviews], 0);
        QCOMPARE(figures[PolicyReplay::WrongCaught], 0);
        QCOMPARE(figures[PolicyReplay::WrongLetThrough], 0);
    }
};

QTEST_GUILESS_MAIN(TestPolicyReplay)
#include "tst_policyreplay.moc"
