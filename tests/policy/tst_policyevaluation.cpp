// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/evaluation.h"

#include <QRandomGenerator>
#include <QTest>

using namespace countersign;

namespace {

Proposal harmless()
{
    Proposal p;
    p.agent = QStringLiteral("support-agent");
    p.action = QStringLiteral("issue_refund");
    p.caseType = QStringLiteral("damaged_order");
    p.confidence = Decimal::parse(QByteArray("0.9"));
    p.impact.amount = Decimal::parse(QByteArray("120.00"));
    p.impact.currency = QStringLiteral("EUR");
    p.risk = Risk::Low;
    p.reversibility = Reversibility::Reversible;
    p.arguments = *parseJson(R"({"days":12,"vip":false,"note":"broken on arrival","text":"42"})");
    return p;
}

PolicyEvaluator evaluator(const QByteArray &rules)
{
    const auto reading = readPolicy(R"({"format":"countersign-policy/1","rules":[)" + rules + "]}");
    for (const PolicyFault &fault : reading.faults) {
        qWarning("%s: %s", qPrintable(fault.path), qPrintable(fault.text));
    }
    return PolicyEvaluator(reading.policy.value());
}

QByteArray autonomous(const QByteArray &more = {})
{
    return R"({"id":"r","action":"issue_refund","mode":"autonomous","min_confidence":0.8,)"
           R"("limits":{"EUR":500})"
        + (more.isEmpty() ? QByteArray() : ',' + more) + '}';
}

Disposition ask(const QByteArray &rules, const Proposal &p)
{
    return evaluator(rules).evaluate(p, QStringLiteral("shop")).disposition;
}

Decimal number(const QByteArray &text)
{
    return *Decimal::parse(text);
}

} // namespace

class TestPolicyEvaluation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsTheProvenPass()
    {
        const Evaluation e = evaluator(autonomous()).evaluate(harmless(), QStringLiteral("shop"));
        QCOMPARE(e.disposition, Disposition::AutoApprove);
        QCOMPARE(e.rule, QStringLiteral("r"));
        QCOMPARE(e.sentences().join(u' '),
                 QStringLiteral("The rule lets this action go by itself. "
                                "Confidence 0.9 is at least 0.8. "
                                "120.00 EUR is within the limit of 500 EUR."));
        QCOMPARE(ask(autonomous(R"("spot_check_rate":0.05)"), harmless()), Disposition::SpotCheck);
    }

    void failsToThePerson_data()
    {
        QTest::addColumn<Proposal>("proposal");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const std::function<void(Proposal &)> &spoil,
                            const char *sentence) -> void {
            Proposal p = harmless();
            spoil(p);
            QTest::newRow(name) << p << QString::fromUtf8(sentence);
        };
        row(
            "unknown action", [](Proposal &p) { p.action = QStringLiteral("wire_money"); },
            "No rule speaks of this action.");
        row(
            "no action", [](Proposal &p) { p.action.clear(); }, "No rule speaks of this action.");
        row(
            "confidence missing", [](Proposal &p) { p.confidence.reset(); },
            "The endpoint gives no confidence.");
        row(
            "confidence above 1", [](Proposal &p) { p.confidence = number("1.5"); },
            "The confidence 1.5 is not between 0 and 1.");
        row(
            "confidence below 0", [](Proposal &p) { p.confidence = number("-0.1"); },
            "The confidence -0.1 is not between 0 and 1.");
        row(
            "confidence low", [](Proposal &p) { p.confidence = number("0.7999999999999999999"); },
            "Confidence 0.7999999999999999999 is below 0.8.");
        row(
            "amount above", [](Proposal &p) { p.impact.amount = number("500.01"); },
            "500.01 EUR is above the limit of 500 EUR.");
        row(
            "amount far below zero", [](Proposal &p) { p.impact.amount = number("-900"); },
            "-900 EUR is above the limit of 500 EUR.");
        row(
            "amount missing", [](Proposal &p) { p.impact.amount.reset(); },
            "The amount is unknown, and the rule has a limit.");
        row(
            "wrong currency", [](Proposal &p) { p.impact.currency = QStringLiteral("JPY"); },
            "The rule has no limit in JPY.");
        row(
            "no currency", [](Proposal &p) { p.impact.currency.clear(); },
            "The currency is unknown, and the rule has a limit.");
        row(
            "risk unknown", [](Proposal &p) { p.risk = Risk::Unknown; },
            "The risk is unknown and counts as high.");
        row(
            "irreversible", [](Proposal &p) { p.reversibility = Reversibility::Irreversible; },
            "The action cannot be undone.");
        row(
            "costly", [](Proposal &p) { p.reversibility = Reversibility::Costly; },
            "The action is costly to undo.");
        row(
            "reversibility unknown", [](Proposal &p) { p.reversibility = Reversibility::Unknown; },
            "Whether it can be undone is unknown and counts as “no”.");
        row(
            "in trouble", [](Proposal &p) { p.trouble = Trouble{}; },
            "The case cannot be answered as it is.");
    }

    void failsToThePerson()
    {
        QFETCH(Proposal, proposal);
        QFETCH(QString, sentence);
        const Evaluation e = evaluator(autonomous()).evaluate(proposal, QStringLiteral("shop"));
        QCOMPARE(e.disposition, Disposition::Approve);
        QVERIFY2(e.sentences().contains(sentence), qPrintable(e.sentences().join(u' ')));
    }

    void aJumpingClockSendsEverythingToAPerson()
    {
        const Evaluation e
            = evaluator(autonomous())
                  .evaluate(harmless(), QStringLiteral("shop"), {.clockTrusted = false});
        QCOMPARE(e.disposition, Disposition::Approve);
        QCOMPARE(PolicyEvaluator::unreadable(QStringLiteral("Bad.")).disposition,
                 Disposition::Approve);
    }

    void theStrictestConditionCounts_data()
    {
        QTest::addColumn<QByteArray>("conditions");
        QTest::addColumn<Disposition>("disposition");
        const auto row
            = [](const char *name, const QByteArray &conditions, Disposition to) -> void {
            QTest::newRow(name) << conditions << to;
        };
        const Disposition pass = Disposition::AutoApprove;
        const Disposition person = Disposition::Approve;
        row("holds not", R"({"field":"/arguments/days","is":"gt","value":30})", pass);
        row("holds", R"({"field":"/arguments/days","is":"lt","value":30})", person);
        row("exactly", R"({"field":"/arguments/days","is":"eq","value":12.0})", person);
        row("another type", R"({"field":"/arguments/text","is":"eq","value":42})", person);
        row("no order of texts", R"({"field":"/arguments/note","is":"gt","value":1})", person);
        row("leads nowhere", R"({"field":"/arguments/x/y","is":"eq","value":1})", person);
        row("missing", R"({"field":"/arguments/x","is":"missing"})", person);
        row("present", R"({"field":"/arguments/x","is":"present"})", pass);
        row("one of", R"({"field":"/agent","is":"in","value":["a","support-agent"]})", person);
        row("none of", R"({"field":"/agent","is":"not_in","value":["a","b"]})", person);
        row("pattern", R"({"field":"/arguments/note","is":"matches","value":"*on arr?val"})",
            person);
        row("pattern is whole", R"({"field":"/arguments/note","is":"matches","value":"broken"})",
            pass);
        row("endpoint", R"({"field":"/endpoint","is":"ne","value":"shop"})", pass);
        row("block wins",
            R"({"field":"/arguments/vip","is":"eq","value":false,"then":"block"},)"
            R"({"field":"/arguments/days","is":"le","value":12,"then":"escalate","queue":"Leads"})",
            Disposition::Block);
        row("unclear never blocks",
            R"({"field":"/arguments/x","is":"eq","value":1,"then":"block"})", person);
    }

    void theStrictestConditionCounts()
    {
        QFETCH(QByteArray, conditions);
        QFETCH(Disposition, disposition);
        QCOMPARE(ask(autonomous(R"("conditions":[)" + conditions + "]"), harmless()), disposition);
    }

    void aHostilePatternTakesNoTime()
    {
        Proposal p = harmless();
        p.arguments = Json::object({{QStringLiteral("note"), Json(QString(100'000, u'a'))}});
        const QByteArray pattern = QByteArray("*a").repeated(60) + "b";
        QCOMPARE(ask(autonomous(R"("conditions":[{"field":"/arguments/note","is":"matches",)"
                                "\"value\":\""
                                + pattern + "\"}]"),
                     p),
                 Disposition::AutoApprove);
    }

    void theMoreSpecificRuleDecides()
    {
        const QByteArray general = R"({"id":"any","agent":"support-agent","queue":"General"})";
        const QByteArray special
            = R"({"id":"own","agent":"support-agent","action":"issue_refund","queue":"Refunds"})";
        const auto queue = [](const QByteArray &rules, const Proposal &p) -> QString {
            return evaluator(rules).evaluate(p, QString()).queue;
        };
        for (const QByteArray &rules : {general + ',' + special, special + ',' + general}) {
            QCOMPARE(queue(rules, harmless()), QStringLiteral("Refunds"));
            Proposal other = harmless();
            other.action = QStringLiteral("send_reply");
            QCOMPARE(queue(rules, other), QStringLiteral("General"));
        }
    }

    void unknownRiskIsLookedUpAsHigh()
    {
        const QByteArray rules
            = R"({"id":"h","action":"issue_refund","risk":"high","queue":"High"},)" + autonomous();
        Proposal p = harmless();
        p.risk = Risk::Unknown;
        QCOMPARE(evaluator(rules).evaluate(p, QString()).queue, QStringLiteral("High"));
    }

    // Properties over random policies and proposals, seeded.

    void aRuleForOneActionChangesNoOther()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            const QByteArray rules = randomRules(random);
            const QByteArray more
                = R"({"id":"new","agent":"a1","action":"x9","case_type":"t1","risk":"low",)"
                  R"("mode":"autonomous"})";
            const PolicyEvaluator before = evaluator(rules);
            const PolicyEvaluator after = evaluator(rules + ',' + more);
            for (int i = 0; i < 20; ++i) {
                const Proposal p = randomProposal(random); // never x9
                QCOMPARE(after.evaluate(p, QString()).reasons,
                         before.evaluate(p, QString()).reasons);
            }
        }
    }

    void aHigherThresholdNeverMeansFewerReviews()
    {
        QRandomGenerator random(11);
        for (int i = 0; i < 400; ++i) {
            const Proposal p = randomProposal(random);
            const int low = int(random.bounded(0, 100));
            const int high = int(random.bounded(low, 101));
            const auto at = [&p](int percent) -> Disposition {
                return ask("{\"id\":\"r\",\"action\":\"" + p.action.toUtf8()
                               + "\",\"mode\":\"autonomous\",\"min_confidence\":"
                               + QByteArray::number(percent / 100.0) + "}",
                           p);
            };
            QVERIFY(!isStricter(at(low), at(high)));
        }
    }

    void theIndexFindsWhatALoopFinds()
    {
        QRandomGenerator random(13);
        for (int round = 0; round < 100; ++round) {
            const auto reading = readPolicy(R"({"format":"countersign-policy/1","rules":[)"
                                            + randomRules(random) + "]}");
            const PolicyEvaluator policy(reading.policy.value());
            for (int i = 0; i < 50; ++i) {
                const Proposal p = randomProposal(random);
                QCOMPARE(policy.evaluate(p, QString()).rule, slowly(*reading.policy, p));
            }
        }
    }

private:
    static QByteArray pick(QRandomGenerator &random, char letter)
    {
        return letter + QByteArray::number(random.bounded(1, 4));
    }

    /// Rules free of ties: each restricts a prefix of action, agent, case type, risk.
    static QByteArray randomRules(QRandomGenerator &random)
    {
        QByteArrayList rules;
        QSet<QByteArray> seen;
        for (int i = 0; i < 12; ++i) {
            const int depth = int(random.bounded(1, 5));
            QByteArray match = "\"action\":\"" + pick(random, 'x') + '"';
            match += depth > 1 ? ",\"agent\":\"" + pick(random, 'a') + '"' : QByteArray();
            match += depth > 2 ? ",\"case_type\":\"" + pick(random, 't') + '"' : QByteArray();
            match += depth > 3 ? QByteArray(R"(,"risk":"high")") : QByteArray();
            if (!seen.contains(match)) {
                seen.insert(match);
                rules.append("{\"id\":\"r" + QByteArray::number(i) + "\"," + match
                             + R"(,"mode":"autonomous"})");
            }
        }
        return rules.join(',');
    }

    static Proposal randomProposal(QRandomGenerator &random)
    {
        Proposal p = harmless();
        p.agent = QString::fromLatin1(pick(random, 'a'));
        p.action = QString::fromLatin1(pick(random, 'x'));
        p.caseType = QString::fromLatin1(pick(random, 't'));
        p.risk = Risk(random.bounded(0, 4));
        p.reversibility = Reversibility(random.bounded(0, 4));
        p.confidence = number(QByteArray::number(random.bounded(0, 101) / 100.0));
        return p;
    }

    static QString slowly(const Policy &policy, const Proposal &p)
    {
        QString best;
        int most = -1;
        const Risk risk = p.risk == Risk::Unknown ? Risk::High : p.risk;
        for (const PolicyRule &rule : policy.rules) {
            const PolicyMatch &m = rule.match;
            const bool fits = (m.agent.isEmpty() || m.agent == p.agent)
                && (m.action.isEmpty() || m.action == p.action)
                && (m.caseType.isEmpty() || m.caseType == p.caseType)
                && (!m.risk || *m.risk == risk);
            if (fits && m.specificity() > most) {
                most = m.specificity();
                best = rule.id;
            }
        }
        return best;
    }
};

QTEST_GUILESS_MAIN(TestPolicyEvaluation)
#include "tst_policyevaluation.moc"
