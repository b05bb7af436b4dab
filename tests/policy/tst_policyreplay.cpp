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
    p.allowed = DecisionKind::Approve | DecisionKind::Reject;
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

    void whatTheCaseDoesNotTakeIsAskedOfAPerson()
    {
        PolicyReplay replay(upTo("100"), upTo("500"));
        ReplayCase past = refund(3, "250.20", PastResult::Wrong);
        past.proposal.allowed = DecisionKind::Respond;
        replay.add(past);
        QCOMPARE(replay.total().figures[PolicyReplay::ReviewedAfter], 1);
        QCOMPARE(replay.total().figures[PolicyReplay::WrongLetThrough], 0);
    }

    void everyRowHasItsCases()
    {
        PolicyReplay replay(upTo("100"), upTo("500"));
        for (int i = 0; i < 10; ++i) {
            replay.add(refund(i, "150", i < 4 ? PastResult::Wrong : PastResult::Correct));
        }
        for (const PolicyReplay::Row &row : replay.rows()) {
            QCOMPARE(row.cases, 5);
            QCOMPARE(row.measured, 5);
            QCOMPARE(row.behind[PolicyReplay::FewerReviews].size(), 5);
            QCOMPARE(row.behind[PolicyReplay::WrongLetThrough].size(), 2);
            QCOMPARE(row.released.value(QStringLiteral("EUR")).toString(), QStringLiteral("750"));
        }
    }

    void kindsBeyondMeasureAreOneRow()
    {
        PolicyReplay replay(upTo("100"), upTo("500"));
        constexpr int kinds = PolicyReplay::mostRows + 50;
        for (int i = 0; i < kinds; ++i) {
            ReplayCase past = refund(i, "150", PastResult::Correct);
            past.proposal.caseType = QStringLiteral("t%1").arg(i);
            replay.add(past);
        }
        const QList<PolicyReplay::Row> rows = replay.rows();
        QCOMPARE(rows.size(), PolicyReplay::mostRows + 1);
        QVERIFY(rows.last().isRest);
        QCOMPARE(rows.last().cases, 50);
        QCOMPARE(replay.total().cases, kinds);
    }

    /// Whoever counts in halves gets the same figures.
    void halvesMakeTheWhole()
    {
        PolicyReplay whole(upTo("100"), upTo("500"));
        PolicyReplay first(upTo("100"), upTo("500"));
        PolicyReplay second(upTo("100"), upTo("500"));
        for (int i = 0; i < 300; ++i) {
            const ReplayCase past
                = refund(i, i % 3 ? "150" : "50", PastResult(i % 5 == 0 ? 2 : i % 2));
            whole.add(past);
            (i < 150 ? first : second).add(past);
        }
        first.add(second);
        QCOMPARE(first.total().figures, whole.total().figures);
        QCOMPARE(first.total().behind, whole.total().behind);
        QCOMPARE(first.total().measured, whole.total().measured);
        QCOMPARE(first.total().released, whole.total().released);
        QCOMPARE(first.rows().size(), whole.rows().size());
        for (qsizetype i = 0; i < first.rows().size(); ++i) {
            QCOMPARE(first.rows().at(i).figures, whole.rows().at(i).figures);
            QCOMPARE(first.rows().at(i).behind, whole.rows().at(i).behind);
        }
    }

    void itSaysWhatItReads()
    {
        const auto asked = [](const QByteArray &conditions) -> QSet<QByteArray> {
            return membersAskedBy(
                *readPolicy(R"({"format":"countersign-policy/1","rules":[{"id":"r",
                "action":"refund","conditions":[)"
                            + conditions + "]}]}")
                     .policy);
        };
        QVERIFY(!asked("").contains("arguments"));
        const auto more = asked(R"({"field":"/arguments/a/b","is":"missing"},
                                   {"field":"/evidence","is":"lt","value":1})");
        QVERIFY(more.contains("arguments"));
        QVERIFY(more.contains("evidence"));
        QVERIFY(!more.contains("reasoning"));
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
