// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/evaluation.h"
#include "policy/rules/policydiff.h"

#include <QFile>
#include <QTest>

using namespace countersign;

class TestPolicyDocument final : public QObject
{
    Q_OBJECT

    static QByteArray withRules(const QByteArray &rules)
    {
        return R"({"format":"countersign-policy/1","rules":[)" + rules + "]}";
    }

private Q_SLOTS:
    void readsEverySetting()
    {
        const PolicyReading reading = readPolicy(QByteArray(R"({
            "format": "countersign-policy/1", "title": "Support",
            "defaults": {"queue": "All", "undo_seconds": 10},
            "rules": [{"id": "refunds", "title": "Small refunds", "agent": "support-agent",
                "action": "issue_refund", "case_type": "damaged_order", "risk": "low",
                "mode": "autonomous", "min_confidence": 0.80, "limits": {"EUR": 500.00, "USD": 550},
                "worst_reversibility": "costly", "queue": "Refunds", "authority": "lead",
                "approvers": 2, "due": {"after": "4h", "business_hours": true, "at_zero": "escalate",
                        "path": [{"queue": "Leads"}, {"after": "1d", "queue": "Board"}]},
                "undo_seconds": 30, "batch": true, "typed_reason": true, "spot_check_rate": 0.05,
                "rung_cap": "spot-check",
                "conditions": [{"field": "/arguments/vip", "is": "eq", "value": true,
                                "then": "escalate", "queue": "VIP", "reason": "A VIP."},
                               {"field": "/arguments/days", "is": "between", "value": [31, 90]}]}]})"));
        QCOMPARE(reading.faults, QList<PolicyFault>());
        QVERIFY(reading.policy);
        const PolicyRule &rule = reading.policy->rules.first();
        QCOMPARE(rule.match.specificity(), 4);
        QCOMPARE(rule.mode, std::optional(PolicyMode::Autonomous));
        QCOMPARE(rule.minConfidence->toString(), QStringLiteral("0.80"));
        QCOMPARE(rule.limits->value(QStringLiteral("EUR")).toString(), QStringLiteral("500.00"));
        QCOMPARE(rule.worstReversibility, std::optional(Reversibility::Costly));
        QCOMPARE(rule.approvers, std::optional(2));
        QCOMPARE(rule.due->afterMs, 4 * 60 * 60 * 1000);
        QVERIFY(rule.due->businessHours);
        QCOMPARE(rule.due->atZero, AtZero::Escalate);
        QCOMPARE(rule.due->path.size(), 2);
        QCOMPARE(rule.due->path.last().afterMs, 24 * 60 * 60 * 1000);
        QCOMPARE(rule.undoMs, std::optional<qint64>(30'000));
        QCOMPARE(rule.conditions->size(), 2);
        QCOMPARE(rule.conditions->first().queue, QStringLiteral("VIP"));
        QCOMPARE(rule.conditions->last().then, Disposition::Approve);
        QCOMPARE(reading.policy->defaults.mode, std::optional(PolicyMode::Approve));
        QCOMPARE(reading.policy->defaults.undoMs, std::optional<qint64>(10'000));
        QCOMPARE(sentenceOf(rule),
                 QStringLiteral("issue_refund for damaged_order by support-agent at low risk goes "
                                "by itself from confidence 0.80, up to 500.00 EUR, up to 550 USD; "
                                "where /arguments/vip is true: to VIP; where /arguments/days is "
                                "within 31, 90: a person; spot-checked at 0.05; queue Refunds, a lead, "
                                "2 people; due after 4 h of business, then to Leads, after 1 d to "
                                "Board."));
    }

    void readsQueues()
    {
        const PolicyReading reading = readPolicy(QByteArray(R"({
            "format": "countersign-policy/1",
            "defaults": {"due": {"after": "2d"}},
            "queues": [{"name": "Refunds", "people": ["Bo", "Cy"], "due": {"after": "4h"}},
                       {"name": "Board"}],
            "rules": [{"id": "a", "action": "refund", "queue": "Refunds", "authority": "finance"},
                      {"id": "b", "action": "pay", "queue": "Refunds", "due": {"after": "1h"}},
                      {"id": "c", "action": "ship", "queue": "Board"}]})"));
        QCOMPARE(reading.faults, QList<PolicyFault>());
        const PolicyQueue *queue = reading.policy->queue(QStringLiteral("Refunds"));
        QVERIFY(queue);
        QCOMPARE(queue->people, QStringList({QStringLiteral("Bo"), QStringLiteral("Cy")}));
        QVERIFY(!reading.policy->queue(QStringLiteral("Elsewhere")));
        const PolicyEvaluator policy(*reading.policy);
        constexpr qint64 hourMs = 3'600'000;
        const auto due = [&](const char *action) -> qint64 {
            Proposal p;
            p.action = QString::fromLatin1(action);
            return policy.evaluate(p, QString()).due->afterMs / hourMs;
        };
        QCOMPARE(due("refund"), 4); // the queue's
        QCOMPARE(due("pay"), 1); // the rule's own
        QCOMPARE(due("ship"), 48); // the defaults'
    }

    void namesEveryFaultWithItsPath_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("paths"); // joined by a blank
        const auto row
            = [](const char *name, const QByteArray &document, const char *paths) -> void {
            QTest::newRow(name) << document << QString::fromLatin1(paths);
        };
        row("not JSON", "{", "");
        row("a list", "[]", " /format /rules");
        row("format missing", R"({"rules":[]})", "/format");
        row("another format", R"({"format":"x","rules":[]})", "/format");
        row("key unknown", R"({"format":"countersign-policy/1","rules":[],"ruels":[]})", "/ruels");
        row("rule key unknown", withRules(R"({"id":"a","agnet":"x"})"), "/rules/0/agnet");
        row("slash in key", withRules(R"({"id":"a","x/y":1})"), "/rules/0/x~1y");
        row("no id", withRules(R"({"action":"a"})"), "/rules/0/id");
        row("bad id", withRules(R"({"id":"A b"})"), "/rules/0/id");
        row("id twice", withRules(R"({"id":"a","action":"x"},{"id":"a","action":"y"})"),
            "/rules/1/id");
        row("several", withRules(R"({"id":"a","approvers":0,"mode":"perhaps","limits":{"eur":1}})"),
            "/rules/0/mode /rules/0/limits/eur /rules/0/approvers");
        row("confidence above 1", withRules(R"({"id":"a","min_confidence":1.01})"),
            "/rules/0/min_confidence");
        row("confidence as text", withRules(R"({"id":"a","min_confidence":"0.8"})"),
            "/rules/0/min_confidence");
        row("negative limit", withRules(R"({"id":"a","limits":{"EUR":-1}})"),
            "/rules/0/limits/EUR");
        row("irreversible", withRules(R"({"id":"a","worst_reversibility":"irreversible"})"),
            "/rules/0/worst_reversibility");
        row("unknown risk", withRules(R"({"id":"a","risk":"unknown"})"), "/rules/0/risk");
        row("approve at zero", withRules(R"({"id":"a","due":{"after":"1h","at_zero":"approve"}})"),
            "/rules/0/due/at_zero");
        row("due without time", withRules(R"({"id":"a","due":{}})"), "/rules/0/due/after");
        row("due in words", withRules(R"({"id":"a","due":{"after":"soon"}})"),
            "/rules/0/due/after");
        row("escalated without a path",
            withRules(R"({"id":"a","due":{"after":"1h","at_zero":"escalate"}})"),
            "/rules/0/due/path");
        row("a path to nowhere",
            withRules(R"({"id":"a","due":{"after":"1h","path":[{"queue":"Q"}]}})"),
            "/rules/0/due/path");
        row("steps without times",
            withRules(R"({"id":"a","due":{"after":"1h","at_zero":"escalate",)"
                      R"("path":[{"queue":"Q","after":"1h"},{"queue":"R"}]}})"),
            "/rules/0/due/path/0/after /rules/0/due/path/1/after");
        row("no role", withRules(R"({"id":"a","authority":"The boss"})"), "/rules/0/authority");
        row("queues",
            R"({"format":"countersign-policy/1","queues":[{"people":["Bo","Bo",""]},)"
            R"({"name":"A","due":{}},{"name":"A","staff":1}],"rules":[]})",
            "/queues/0/name /queues/0/people/1 /queues/0/people/2 /queues/1/due/after "
            "/queues/2/name /queues/2/staff");
        row("hours upside down",
            R"({"format":"countersign-policy/1","business_hours":)"
            R"({"from":"18:00","zone":"Nowhere","days":["monday"]},"rules":[]})",
            "/business_hours/days /business_hours/to /business_hours/zone");
        row("a share that cannot be drawn", withRules(R"({"id":"a","spot_check_rate":5e-2})"),
            "/rules/0/spot_check_rate");
        row("autonomy for anything", withRules(R"({"id":"a","agent":"x","mode":"autonomous"})"),
            "/rules/0/mode");
        row("autonomy by default",
            R"({"format":"countersign-policy/1","defaults":{"mode":"autonomous"},"rules":[]})",
            "/defaults/mode");
        row("no such field",
            withRules(R"({"id":"a","conditions":[{"field":"/x","is":"missing"}]})"),
            "/rules/0/conditions/0/field");
        row("not a pointer",
            withRules(R"({"id":"a","conditions":[{"field":"/arguments/a~2","is":"missing"}]})"),
            "/rules/0/conditions/0/field");
        row("order of texts",
            withRules(R"({"id":"a","conditions":[{"field":"/amount","is":"gt","value":"5"}]})"),
            "/rules/0/conditions/0/value");
        row("value where none belongs",
            withRules(R"({"id":"a","conditions":[{"field":"/amount","is":"missing","value":1}]})"),
            "/rules/0/conditions/0/value");
        row("upside down",
            withRules(
                R"({"id":"a","conditions":[{"field":"/amount","is":"between","value":[2,1]}]})"),
            "/rules/0/conditions/0/value");
        row("escalated nowhere",
            withRules(
                R"({"id":"a","conditions":[{"field":"/amount","is":"missing","then":"escalate"}]})"),
            "/rules/0/conditions/0/queue");
        row("auto-approve by condition",
            withRules(
                R"({"id":"a","conditions":[{"field":"/amount","is":"missing","then":"auto-approve"}]})"),
            "/rules/0/conditions/0/then");
    }

    void namesEveryFaultWithItsPath()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, paths);
        const PolicyReading reading = readPolicy(document);
        QVERIFY(!reading.policy);
        QStringList found;
        for (const PolicyFault &fault : reading.faults) {
            QVERIFY(!fault.text.isEmpty());
            found.append(fault.path);
        }
        QCOMPARE(found.join(u' '), paths);
    }

    void refusesTies()
    {
        const auto faults = [](const QByteArray &rules) -> int {
            return int(readPolicy(withRules(rules)).faults.size());
        };
        const QByteArray byAgent = R"({"id":"a","agent":"x"})";
        const QByteArray byAction = R"({"id":"b","action":"y"})";
        const QByteArray both = R"({"id":"c","agent":"x","action":"y"})";
        QCOMPARE(faults(byAgent + ',' + byAction), 1);
        QCOMPARE(faults(byAgent + ',' + byAction + ',' + both), 0);
        QCOMPARE(faults(byAgent + R"(,{"id":"d","agent":"x"})"), 1);
        QCOMPARE(faults(byAgent + R"(,{"id":"d","agent":"z"})"), 0);
        QCOMPARE(
            faults(R"({"id":"a","agent":"x","risk":"low"},{"id":"b","action":"y","risk":"high"})"),
            0); // no proposal can match both
    }

    void tellsWhatDiffers()
    {
        const auto json = [](const QByteArray &text) -> Json {
            return *parseJson(text);
        };
        const Json before = json(R"({"title":"A","defaults":{"queue":"All"},"rules":[
            {"id":"a","mode":"approve"},{"id":"b","min_confidence":0.8},{"id":"c"}]})");
        const Json after = json(R"({"title":"B","defaults":{"queue":"All"},"rules":[
            {"id":"d"},{"id":"b","min_confidence":0.80,"batch":true},{"id":"a","mode":"block"}]})");
        const QList<PolicyChange> changes = policyDiff(before, after);
        QStringList told;
        for (const PolicyChange &change : changes) {
            told.append(change.rule + QLatin1Char('.') + change.setting
                        + (change.before ? QStringLiteral("-") : QString())
                        + (change.after ? QStringLiteral("+") : QString()));
        }
        // Numbers are compared as they are written.
        QCOMPARE(told.join(u' '),
                 QStringLiteral(".title-+ d.+ b.min_confidence-+ b.batch+ a.mode-+ c.-"));
        QCOMPARE(policyDiff(before, before), QList<PolicyChange>());
    }

    void theStartersAreFreeOfFaults()
    {
        for (const char *name : {"everything-to-a-person.json", "demo.json"}) {
            QFile file(QStringLiteral(POLICIES "/") + QLatin1String(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const PolicyReading reading = readPolicy(file.readAll());
            QCOMPARE(reading.faults, QList<PolicyFault>());
        }
    }

    void theDigestIsOfTheContent()
    {
        const auto digest = [](const QByteArray &text) -> QString {
            return readPolicy(text).policy->digest();
        };
        QCOMPARE(digest(R"({"format":"countersign-policy/1","rules":[]})"),
                 digest(R"({ "rules": [], "format": "countersign-policy/1" })"));
        QVERIFY(digest(R"({"format":"countersign-policy/1","rules":[]})")
                != digest(R"({"format":"countersign-policy/1","rules":[],"title":"A"})"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyDocument)
#include "tst_policydocument.moc"
