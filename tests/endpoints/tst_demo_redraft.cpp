// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/redraft.h"

#include <QTest>

using namespace countersign;
using namespace countersign::demo;

namespace {

QString letter()
{
    return QString::fromUtf8(
        "Dear Ana,\n\nthank you for your message, which we read gladly. We regret the "
        "wait (it was a holiday). We can offer a refund of 1,380.50 EUR.\n\n"
        "Please call us.\n\nKind regards\nBrenner & Soto");
}

Artifact text(const QString &content)
{
    return {.type = Artifact::Type::Text,
            .title = QStringLiteral("Reply"),
            .content = Json(content),
            .revision = 1};
}

PassageComment comment(const QString &quote, const QString &said)
{
    return {.quote = quote, .start = {}, .text = said};
}

} // namespace

/// What a reviewer says is visibly followed, and what is not understood is said.
class TestDemoRedraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void guidanceIsSplitIntoInstructions()
    {
        QCOMPARE(instructionsIn(QString::fromUtf8(
                     "Offer half of it, and say why. Add \"Call us. And soon.\"\nshorter please")),
                 QStringList({QStringLiteral("Offer half of it"), QStringLiteral("say why."),
                              QStringLiteral("Add \"Call us. And soon.\""),
                              QStringLiteral("shorter please")}));
        QVERIFY(instructionsIn({}).isEmpty());
    }

    void guidanceIsFollowed_data()
    {
        QTest::addColumn<QString>("guidance");
        QTest::addColumn<QString>("holds");
        QTest::addColumn<QString>("lost");
        const auto row = [](const char *name, const char *guidance, const char *holds,
                            const char *lost) -> void {
            QTest::newRow(name) << QString::fromUtf8(guidance) << QString::fromUtf8(holds)
                                << QString::fromUtf8(lost);
        };
        row("half", "Offer half of it.", "690.25 EUR", "1,380.50");
        row("why", "Say why.", "The reason: The pump ran dry.", "Nothing else");
        row("replace", "Replace “Please call us” with \"Write to us\"", "Write to us.", "call us");
        row("instead", "Use \"Hello Ana\" instead of \"Dear Ana\".", "Hello Ana,", "Dear");
        row("remove", "Remove the sentence about the wait", "We can offer", "We regret");
        row("shorten", "Make it shorter.", "thank you for your message.", "holiday");
        row("friendlier", "Friendlier!", "Warm regards", "Kind regards");
        row("add", "Mention that the exchange is free", "The exchange is free.\n\nKind regards",
            "that the exchange");
    }
    void guidanceIsFollowed()
    {
        QFETCH(QString, guidance);
        QFETCH(QString, holds);
        QFETCH(QString, lost);
        const RedraftRequest request{.artifact = text(letter()),
                                     .work = {},
                                     .guidance = guidance,
                                     .reason = QStringLiteral("The pump ran dry. Nothing else.")};
        const Redraft next = redraft(request);
        const QString now = next.artifact.content.toString();
        QVERIFY2(now.contains(holds) && !now.contains(lost), qPrintable(now));
        QVERIFY(next.left.isEmpty());
        QCOMPARE(next.done.size(), 1);
        QCOMPARE(next.artifact.revision, 2);
        QCOMPARE(next.artifact.note, next.done.first());
        QCOMPARE(redraft(request).artifact, next.artifact); // no chance in it
    }

    void commentsActOnTheirPassage()
    {
        const QString twice = QStringLiteral("One day. Two days. One day.");
        RedraftRequest request{.artifact = text(twice), .work = {}, .guidance = {}, .reason = {}};
        request.work.comments
            = {{QStringLiteral("One day"), 19, QStringLiteral("Should be “three days”")},
               comment(QStringLiteral("Two days."), QStringLiteral("delete"))};
        const Redraft next = redraft(request);
        QCOMPARE(next.artifact.content.toString(), QStringLiteral("One day. three days."));
        QCOMPARE(next.done.size(), 2);
    }

    void theReviewersOwnDraftIsTheBase()
    {
        RedraftRequest request{.artifact = text(letter()),
                               .work = {},
                               .guidance = QStringLiteral("Friendlier"),
                               .reason = {}};
        request.work.content = Json(QStringLiteral("Dear Ana, no."));
        const Redraft next = redraft(request);
        QCOMPARE(next.artifact.content.toString(), QStringLiteral("Hello Ana, no."));
        QCOMPARE(next.done.first(), QStringLiteral("Took over your own changes."));
    }

    void whatIsNotUnderstoodIsSaid()
    {
        const Redraft next = redraft({.artifact = text(letter()),
                                      .work = {},
                                      .guidance = QStringLiteral("Sing it."),
                                      .reason = {}});
        QCOMPARE(next.artifact.content.toString(), letter());
        QVERIFY(next.done.isEmpty());
        QCOMPARE(next.left.size(), 1);
        QVERIFY(next.artifact.note.contains(QLatin1String("Sing it.")));
    }

    void jsonStaysJson()
    {
        const Json before = *parseJson(
            "{\"limits\":{\"per_customer\":2,\"budget\":1200.00},\"until\":\"2026-12-01\"}");
        RedraftRequest request{.artifact = {.type = Artifact::Type::Json,
                                            .title = QStringLiteral("Campaign"),
                                            .content = before},
                               .work = {},
                               .guidance
                               = QStringLiteral("Set the per customer to 3. Remove until."),
                               .reason = {}};
        request.guidance = QStringLiteral("Set per customer to 3. Remove until.");
        request.work.comments
            = {comment(QStringLiteral("\"budget\": 1200.00"), QStringLiteral("should be 1500.00"))};
        const Redraft next = redraft(request);
        QCOMPARE(toJson(next.artifact.content),
                 QByteArray("{\"limits\":{\"per_customer\":3,\"budget\":1500.00}}"));
        QCOMPARE(next.done.size(), 3);
    }

    void tablesStayTables()
    {
        const Json before = *parseJson("{\"columns\":[\"Supplier\",\"Bonus "
                                       "EUR\"],\"rows\":[[\"Nord\",450.00],[\"Edel\",120.50],"
                                       "[\"Hai\",0]]}");
        RedraftRequest request{
            .artifact
            = {.type = Artifact::Type::Table, .title = QStringLiteral("Scores"), .content = before},
            .work = {},
            .guidance
            = QStringLiteral("Set the Bonus EUR of Edel to 0.00. Sort by supplier. Drop Hai."),
            .reason = {}};
        const Redraft next = redraft(request);
        QCOMPARE(
            toJson(next.artifact.content),
            QByteArray(
                "{\"columns\":[\"Supplier\",\"Bonus EUR\"],\"rows\":[[\"Edel\",0.00],[\"Nord\","
                "450.00]]}"));
        QCOMPARE(next.done.size(), 3);
    }
};

QTEST_APPLESS_MAIN(TestDemoRedraft)
#include "tst_demo_redraft.moc"
