// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/extraction.h"

#include <QFile>
#include <QTest>

using namespace countersign;

namespace {

Proposal extracted(const QStringList &rules)
{
    Endpoint endpoint;
    for (const QString &rule : rules) {
        if (!addExtractionRule(rule, endpoint.extraction)) {
            qFatal("bad rule %s", qPrintable(rule));
        }
    }
    QFile file(QFINDTESTDATA("data/extraction.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no data");
    }
    const Json json = *parseJson(file.readAll());
    Proposal proposal;
    extract(endpoint,
            {.value = json[u"value"],
             .values = json[u"values"],
             .metadata = json[u"metadata"],
             .action = json[u"action"]},
            proposal);
    return proposal;
}

} // namespace

class TestExtraction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesEveryField()
    {
        const Proposal proposal = extracted(
            {QStringLiteral("confidence=/value/conf"), QStringLiteral("amount=/values/total"),
             QStringLiteral("due=/values/due"), QStringLiteral("risk=/values/risk"),
             QStringLiteral("case_type=/metadata/a~1b"), QStringLiteral("evidence=/metadata/docs"),
             QStringLiteral("uncertainty=/value/list"), QStringLiteral("reasoning=/action/args/n"),
             QStringLiteral("currency=:EUR"), QStringLiteral("reversibility=:costly"),
             QStringLiteral("recommendation=/action/name"), QStringLiteral("impact=/value/text")});
        QCOMPARE(proposal.confidence->toString(), QStringLiteral("0.910"));
        QCOMPARE(proposal.impact.amount->toString(), QStringLiteral("100.10"));
        QCOMPARE(proposal.dueMs, std::optional<qint64>(1'795'165'200'000));
        QCOMPARE(proposal.risk, Risk::High);
        QCOMPARE(proposal.caseType, QStringLiteral("wire"));
        QCOMPARE(proposal.evidence.size(), 3);
        QCOMPARE(proposal.evidence.at(0),
                 (Evidence{QStringLiteral("Order"), QStringLiteral("paid"), QStringLiteral("https://x.test/1")}));
        QCOMPARE(proposal.evidence.at(1).text, QStringLiteral("a note"));
        QCOMPARE(proposal.evidence.at(2).text, QStringLiteral("{\"odd\":1}"));
        QCOMPARE(proposal.uncertainty,
                 (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("3")}));
        QCOMPARE(proposal.reasoning, QStringLiteral("2"));
        QCOMPARE(proposal.recommendation, QStringLiteral("refund"));
        QCOMPARE(proposal.impact.currency, QStringLiteral("EUR"));
        QCOMPARE(proposal.impact.sentence, QStringLiteral("0.5"));
        QCOMPARE(proposal.reversibility, Reversibility::Costly);
        QVERIFY(proposal.marks.isEmpty());
    }

    void keepsNumbersExact()
    {
        QCOMPARE(extracted({QStringLiteral("amount=/values/big")}).impact.amount->toString(),
                 QStringLiteral("12345678901234567890.10"));
        QCOMPARE(extracted({QStringLiteral("confidence=/value/text")}).confidence->toString(),
                 QStringLiteral("0.5"));
    }

    void aConstantIsTheFallback()
    {
        const QStringList rules{QStringLiteral("confidence=/value/absent"), QStringLiteral("confidence=:0.25")};
        QCOMPARE(extracted(rules).confidence->toString(), QStringLiteral("0.25"));
        QCOMPARE(extracted({QStringLiteral("confidence=/value/nothing"), QStringLiteral("confidence=:1")})
                     .confidence->toString(),
                 QStringLiteral("1"));
        QCOMPARE(extracted({QStringLiteral("confidence=:0.1"), QStringLiteral("confidence=/value/conf")})
                     .confidence->toString(),
                 QStringLiteral("0.910"));
    }

    void whatCannotBeUsedIsUnknownAndMarked_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char *rule : {"confidence=/value/high", "confidence=/value/flag", "confidence=/action/name",
                                 "amount=/action/name", "amount=/value/list", "risk=/action/name",
                                 "reversibility=/value/flag", "due=/action/name", "due=/values/total",
                                 "reasoning=/value/flag"}) {
            QTest::newRow(rule) << QString::fromLatin1(rule);
        }
    }

    void whatCannotBeUsedIsUnknownAndMarked()
    {
        QFETCH(QString, rule);
        const Proposal proposal = extracted({rule});
        QCOMPARE(proposal.marks.size(), 1);
        QVERIFY(proposal.marks.first().contains(rule.section(u'=', 0, 0)));
        QVERIFY(!proposal.confidence && !proposal.impact.amount && !proposal.dueMs);
        QCOMPARE(proposal.risk, Risk::Unknown);
    }

    void whatIsMissingIsUnknownWithoutAMark()
    {
        const Proposal proposal
            = extracted({QStringLiteral("confidence=/value/absent"), QStringLiteral("risk=/values/none")});
        QVERIFY(!proposal.confidence);
        QVERIFY(proposal.marks.isEmpty());
    }

    void refusesBadRules_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char *rule :
             {"", "confidence", "=x", "confidence=", "confidence=:", "confidence=:2", "confidence=:high",
              "confidence=value/x", "confidence=/other/x", "confidence=/", "confidence=/value/~2",
              "confidence=/value/~", "colour=/value/x", "risk=:huge", "due=:tomorrow", "amount=:1e"}) {
            QTest::newRow(*rule == '\0' ? "empty" : rule) << QString::fromLatin1(rule);
        }
    }

    void refusesBadRules()
    {
        QFETCH(QString, rule);
        QMap<QString, ExtractionRule> rules;
        const auto result = addExtractionRule(rule, rules);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QVERIFY(rules.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExtraction)
#include "tst_extraction.moc"
