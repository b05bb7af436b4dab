// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/searchtext.h"

#include <QTest>

using namespace countersign;

/// What is a word, and what a person may type.
class TestSearchText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &text, const QString &words) -> void {
            QTest::newRow(name) << text << words;
        };
        row("case", QStringLiteral("Refund ORDER"), QStringLiteral("refund order"));
        row("accents", QStringLiteral("José Ñandú Ångström"),
            QStringLiteral("jose nandu angstrom"));
        row("combining", QStringLiteral("Jose\u0301"), QStringLiteral("jose"));
        row("full width", QStringLiteral("ＡＢＣ１"), QStringLiteral("abc1"));
        row("ligature", QStringLiteral("eﬃcient"), QStringLiteral("efficient"));
        row("number", QStringLiteral("A-1204: 1,250.00 €"), QStringLiteral("a 1204 1 250 00"));
        row("snake", QStringLiteral("issue_refund"), QStringLiteral("issue refund"));
        row("invisible", QStringLiteral("re\u200Bfu\u00ADnd\u202E"), QStringLiteral("refund"));
        row("Chinese", QStringLiteral("退款申请"), QStringLiteral("退 款 申 请"));
        row("Cyrillic", QStringLiteral("Возврат"), QStringLiteral("возврат"));
        row("Hindi keeps its vowels", QStringLiteral("किताब"), QStringLiteral("किताब"));
        row("nothing", QStringLiteral(" \t\n\"'*()—%"), QString());
        row("lone surrogate", QStringLiteral("a") + QChar(0xd800) + QStringLiteral("b"),
            QStringLiteral("a b"));
        row("long", QString(100, QLatin1Char('x')), QString(64, QLatin1Char('x')));
    }
    void words()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(searchWords(text).join(QLatin1Char(' ')), words);
    }

    void theBodyHoldsEverySaidThing()
    {
        Proposal proposal;
        proposal.action = QStringLiteral("issue_refund");
        proposal.agent = QStringLiteral("desk");
        proposal.caseType = QStringLiteral("damaged");
        const Json inner
            = Json::array({QStringLiteral("deep"), Json::number("12345678901234567890")});
        proposal.arguments
            = Json::object({{QStringLiteral("key"), Json::object({{QStringLiteral("k"), inner}})}});
        proposal.question = QStringLiteral("really?");
        proposal.recommendation = QStringLiteral("advise");
        proposal.reasoning = QStringLiteral("because");
        proposal.evidence = {{QStringLiteral("photo"), QStringLiteral("scratched"),
                              QStringLiteral("https://x.example/p")}};
        proposal.uncertainty = {QStringLiteral("blurred")};
        proposal.impact.sentence = QStringLiteral("costs");
        proposal.impact.amount = Decimal::parse(QByteArray("77.5"));
        proposal.impact.currency = QStringLiteral("CHF");
        const QString body = searchBody(CaseId(QStringLiteral("c-9")), proposal);
        for (const char *word : {"c-9", "issue_refund", "refund", "desk", "damaged", "deep",
                                 "12345678901234567890", "really", "advise", "because", "photo",
                                 "scratched", "x.example", "blurred", "costs", "77.5", "chf"}) {
            QVERIFY2(SearchTerms(QString::fromLatin1(word)).matches(body), word);
        }
        QVERIFY(!SearchTerms(QStringLiteral("absent")).matches(body));
    }

    void terms_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *typed, bool found) -> void {
            QTest::newRow(typed) << QString::fromUtf8(typed) << found;
        };
        row("refund", true);
        row("ref", true);
        row("ref order", false); // only the last word may be a beginning
        row("order ref", true);
        row("REFUND  pérez", true);
        row("refund,order", true);
        row("A-12", true);
        row("12 a", false); // 12 is no whole word
        row("A-1204", true);
        row("1204-a", false); // in one piece, in that order
        row("1204 a", true);
        row("*refund\"' AND (NOT", false);
        row("\"refund\"", true);
        row("NEAR(refund", false);
        row("refund*", true);
        row("-refund", true);
        row("body:refund", false);
        row("efund", false);
    }
    void terms()
    {
        QFETCH(QString, typed);
        QFETCH(bool, found);
        const SearchTerms terms(typed);
        QVERIFY(!terms.isEmpty());
        QCOMPARE(terms.matches(QStringLiteral("refund of order a 1204 for perez")), found);
    }

    void nothingTypedIsNothingAsked()
    {
        for (const char *typed : {"", "  ", "\"", "()*", ",;"}) {
            QVERIFY(SearchTerms(QString::fromLatin1(typed)).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_searchtext.moc"
