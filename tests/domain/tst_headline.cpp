// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/headline.h"

#include <QTest>

using namespace countersign;

namespace {

Json::Member field(const char *key, const Json &value)
{
    return {QString::fromLatin1(key), value};
}

} // namespace

class TestHeadline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *words) -> void {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(words);
        };
        row("issue_refund", "Issue refund");
        row("issueRefund", "Issue refund");
        row("send-contract", "Send contract");
        row("sendHTTPRequest", "Send HTTPRequest");
        row("__x__", "X");
        row("erstatte_Bestellung", "Erstatte Bestellung");
        row("crm.update", "Crm.update");
        row("", "");
    }
    void names()
    {
        QFETCH(QString, name);
        QTEST(humanised(name), "words");
    }

    void amountsStayAsWritten()
    {
        Proposal proposal;
        proposal.action = QStringLiteral("issue_refund");
        proposal.impact.amount = Decimal::parse(QByteArray("12345678901234567890.10"));
        proposal.impact.currency = QStringLiteral("EUR");
        QCOMPARE(headlineOf(proposal), QStringLiteral("Issue refund 12345678901234567890.10 EUR"));
        proposal.impact = {};
        QCOMPARE(headlineOf(proposal), QStringLiteral("Issue refund"));
    }

    void withoutAnActionTheQuestionSpeaks()
    {
        Proposal proposal;
        proposal.question = QStringLiteral("\n  Which tone?\nFriendly or plain?");
        QCOMPARE(headlineOf(proposal), QStringLiteral("Which tone?"));
        proposal.question.clear();
        QVERIFY(!headlineOf(proposal).isEmpty());
    }

    void foreignTextStaysOnOneLine()
    {
        const QString nasty = QStringLiteral("a\r\nb\tc\u0007d\u2028e \u202ex");
        QCOMPARE(singleLine(nasty), QStringLiteral("a b cd e \u202ex"));
        const QString line = singleLine(QString(5000, QChar(u'x')));
        QCOMPARE(line.size(), 200);
        QVERIFY(line.endsWith(QChar(u'…')));
        const QString faces = singleLine(QStringLiteral("x") + QStringLiteral("😀").repeated(500));
        QVERIFY(faces.size() <= 200);
        QVERIFY(faces.isValidUtf16());
        QCOMPARE(singleLine(QString(200, QChar(u'y'))).size(), 200);
        QVERIFY(!singleLine(QString(200, QChar(u'y'))).contains(QChar(u'…')));
    }

    void subjectsTellCasesApart()
    {
        Proposal proposal;
        proposal.action = QStringLiteral("issue_refund");
        proposal.caseType = QStringLiteral("damaged_order");
        proposal.impact.amount = Decimal::parse(QByteArray("1250.00"));
        proposal.impact.currency = QStringLiteral("EUR");
        proposal.arguments = Json::object(
            {field("order_id", QStringLiteral("A1")), field("amount", Json::number("1250.00")),
             field("currency", QStringLiteral("EUR")), field("note", QString(80, QChar(u'n'))),
             field("lines", Json::array({Json(1)})), field("customer", QStringLiteral("A. Pérez")),
             field("express", true), field("fourth", 4)});
        QCOMPARE(subjectOf(proposal),
                 QStringLiteral("damaged order · order id: A1 · customer: "
                                "A. Pérez · express: true"));
        Proposal bare;
        bare.arguments = QStringLiteral("just text");
        QCOMPARE(subjectOf(bare), QStringLiteral("just text"));
        bare.arguments = Json();
        bare.action = QStringLiteral("go");
        bare.question = QStringLiteral("May I?");
        QCOMPARE(subjectOf(bare), QStringLiteral("May I?"));
        QCOMPARE(subjectOf(Proposal()), QString());
    }
};

QTEST_GUILESS_MAIN(TestHeadline)
#include "tst_headline.moc"
