// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/proposal.h"

#include <QTest>

using namespace countersign;

class TestArtifact : public QObject
{
    Q_OBJECT

    static Json json(const char *text) { return *parseJson(QByteArray(text)); }

private Q_SLOTS:
    void contentIsOfItsType_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("good");
        const auto row
            = [](const char *name, const char *type, const char *content, bool good) -> void {
            QTest::newRow(name) << QString::fromLatin1(type) << QByteArray(content) << good;
        };
        row("text", "text", "\"Dear Ana\"", true);
        row("text that is none", "text", "7", false);
        row("json", "json", "[1e400]", true);
        row("table", "table", "{\"columns\":[\"a\",\"b\"],\"rows\":[[1,null]]}", true);
        row("short row", "table", "{\"columns\":[\"a\",\"b\"],\"rows\":[[1]]}", false);
        row("columns of numbers", "table", "{\"columns\":[1],\"rows\":[]}", false);
        row("no columns", "table", "{\"columns\":[],\"rows\":[]}", false);
        row("no table", "table", "\"a\\tb\"", false);
    }
    void contentIsOfItsType()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, content);
        QFETCH(bool, good);
        const Artifact artifact{.type = *artifactTypeFromWord(type),
                                .title = QStringLiteral("It"),
                                .content = *parseJson(content),
                                .revision = 3,
                                .note = QStringLiteral("Shorter.")};
        QCOMPARE(Artifact::check(artifact.type, artifact.content).has_value(), good);
        const auto again = Artifact::fromJson(artifact.toJson());
        QCOMPARE(again.has_value(), good);
        QVERIFY(!good || *again == artifact);
    }

    void aMebibyteIsTheBound()
    {
        const auto type = Artifact::Type::Text;
        QVERIFY(Artifact::check(type, Json(QString(1'000'000, u'a'))));
        QVERIFY(!Artifact::check(type, Json(QString(1'100'000, u'a'))));
    }

    void textsForTheEditor()
    {
        using Type = Artifact::Type;
        const Json table = json("{\"columns\":[\"a\",\"b\"],\"rows\":[[1.50,null],[\"x\",true]]}");
        QCOMPARE(Artifact::toText(Type::Table, table), QStringLiteral("a\tb\n1.50\t\nx\ttrue"));
        const QString shown = Artifact::toText(Type::Json, json("{\"n\":100.10}"));
        QCOMPARE(toJson(*Artifact::fromText(Type::Json, shown)), QByteArray("{\"n\":100.10}"));
        QVERIFY(!Artifact::fromText(Type::Json, QStringLiteral("{\"n\":")));
        QCOMPARE(*Artifact::fromText(Type::Markdown, QStringLiteral("{")),
                 Json(QStringLiteral("{")));
    }

    void theDigestHoldsWhatGoesOut()
    {
        Proposal proposal;
        const QString without = proposal.digest();
        proposal.artifact = Artifact{.content = Json(QStringLiteral("Dear Ana"))};
        const QString with = proposal.digest();
        QVERIFY(with != without);
        proposal.artifact->note = QStringLiteral("Nothing changed.");
        proposal.artifact->revision = 2;
        QCOMPARE(proposal.digest(), with);
        proposal.artifact->content = Json(QStringLiteral("Dear Ana!"));
        QVERIFY(proposal.digest() != with);
        const auto again = Proposal::fromJson(proposal.toJson());
        QVERIFY(again && *again == proposal);
    }

    void workIsBounded()
    {
        const Artifact artifact{.content = Json(QStringLiteral("Dear Ana"))};
        ArtifactWork work;
        QVERIFY(work.isEmpty());
        work.content = Json(7);
        QVERIFY(!work.check(artifact));
        work.content = Json(QStringLiteral("Dear Bo"));
        work.comments = {{QStringLiteral("Bo"), 5, QStringLiteral("Ana")}, {{}, {}, {}}};
        QVERIFY(!work.check(artifact)); // a comment says something
        work.comments.removeLast();
        QVERIFY(work.check(artifact));
        QCOMPARE(ArtifactWork::fromJson(work.toJson()), work);
        work.comments = QList<PassageComment>(101, work.comments.first());
        QVERIFY(!work.check(artifact));
    }
};

QTEST_APPLESS_MAIN(TestArtifact)
#include "tst_artifact.moc"
