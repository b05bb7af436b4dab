// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decimal.h"
#include "domain/json.h"
#include "domain/jsonskim.h"

#include <QTest>

using namespace countersign;

class TestJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsNumbersAsWritten()
    {
        const QByteArray text
            = R"({"a":100.10,"b":12345678901234567890,"c":1e400,"d":-0.0,"e":42,"f":"42","g":null})";
        const auto json = parseJson(text);
        QVERIFY(json);
        QCOMPARE(toJson(*json), text);
    }

    void keepsAZeroWidthSpaceAtTheStart()
    {
        const QByteArray bytes = "\"\xEF\xBB\xBF\xEF\xBB\xBFx\"";
        const auto json = parseJson(bytes);
        QVERIFY(json);
        QCOMPARE(json->toString(), QStringLiteral("\uFEFF\uFEFFx"));
        QCOMPARE(toJson(*json), bytes);
    }

    void refusesWhatIsNotStrictJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("duplicate key") << QByteArray(R"({"a":1,"a":2})");
        QTest::newRow("duplicate key by escape") << QByteArray(R"({"a":1,"\u0061":2})");
        QTest::newRow("trailing comma") << QByteArray("[1,]");
        QTest::newRow("NaN") << QByteArray("NaN");
        QTest::newRow("leading zero") << QByteArray("01");
        QTest::newRow("lone high surrogate") << QByteArray(R"("\ud800")");
        QTest::newRow("lone low surrogate") << QByteArray(R"("\udc00")");
        QTest::newRow("trailing garbage") << QByteArray("1 2");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}");
        QTest::newRow("bad UTF-8") << QByteArray("\"\xff\"");
        QTest::newRow("bare control") << QByteArray("\"\x01\"");
        QTest::newRow("cut string") << QByteArray("\"abc");
        QTest::newRow("cut object") << QByteArray("{\"a\":");
        QTest::newRow("too deep") << QByteArray(200, '[') + QByteArray(200, ']');
    }

    void refusesWhatIsNotStrictJson()
    {
        QFETCH(QByteArray, text);
        const auto json = parseJson(text);
        QVERIFY(!json);
        QVERIFY(!json.error().text.isEmpty());
    }

    void boundsItsSize()
    {
        const auto json = parseJson(QByteArray(100, ' ') + "1", {.bytes = 100});
        QVERIFY(!json);
        QCOMPARE(json.error().code, ErrorCode::TooLarge);
    }

    void canonicalFormSortsKeysAndEscapesLittle()
    {
        const auto json
            = parseJson("{\"b\":1,\"a\":\"\\u0007\\t\\u202e\\/\\\"\",\"A\":[{\"z\":1,\"y\":2}]}");
        QVERIFY(json);
        QCOMPARE(canonicalJson(*json),
                 QByteArray(
                     "{\"A\":[{\"y\":2,\"z\":1}],\"a\":\"\\u0007\\t\xe2\x80\xae/\\\"\",\"b\":1}"));
    }

    void pointers()
    {
        const auto json = parseJson(R"({"a":[1,{"m~n":true,"x/y":null}],"":5})");
        QVERIFY(json);
        QCOMPARE(json->at(QString()), &*json);
        QCOMPARE(json->at(QStringLiteral("/a/0"))->toInteger(), 1);
        QVERIFY(json->at(QStringLiteral("/a/1/m~0n"))->toBool());
        QVERIFY(json->at(QStringLiteral("/a/1/x~1y"))->isNull());
        QCOMPARE(json->at(QStringLiteral("/"))->toInteger(), 5);
        QCOMPARE(json->at(QStringLiteral("/a/01")), nullptr);
        QCOMPARE(json->at(QStringLiteral("/a/2")), nullptr);
        QCOMPARE(json->at(QStringLiteral("a")), nullptr);
    }

    void decimalsAreExact()
    {
        const auto parse = [](const char *text) -> Decimal {
            return *Decimal::parse(QByteArray(text));
        };
        QCOMPARE(parse("100.10").toString(), QStringLiteral("100.10"));
        QVERIFY(parse("100.10") == parse("100.1"));
        QVERIFY(parse("-0.0") == parse("0"));
        QVERIFY(parse("1e3") == parse("1000"));
        QVERIFY(parse("9007199254740993") > parse("9007199254740992"));
        QVERIFY(parse("-2") < parse("-1.99"));
        QCOMPARE((parse("0.1") + parse("0.2")).toString(), QStringLiteral("0.3"));
        QCOMPARE((parse("1250.00") + parse("-1250.5")).toString(), QStringLiteral("-0.50"));
        QCOMPARE((parse("99999999999999999999") + parse("1")).toString(),
                 QStringLiteral("100000000000000000000"));
        QVERIFY(!Decimal::parse(QByteArray("NaN")));
        QVERIFY(!Decimal::parse(QByteArray("1,5")));
        QVERIFY(!Decimal::parse(QByteArray("1e999999")));
    }

    /// Skimming finds what reading finds, whatever stands between.
    void skimsWhatItWouldRead()
    {
        const QByteArray text = "{\"a\":\"x\\\"}],{\",\"b\":{\"a\":[1,{\"c\":\"]\"}],\"d\":"
                                "\"\\\\\"},\"c\":[],\"e\":-1.50,"
                                "\"f\":null}";
        const Json whole = *parseJson(text);
        for (const auto &[name, value] : whole.members()) {
            QCOMPARE(memberBytes(text, name.toUtf8()), toJson(value));
        }
        QVERIFY(memberBytes(text, "g").isEmpty());
        QVERIFY(memberBytes("[1]", "a").isEmpty());
        QCOMPARE(memberBytes(memberBytes(text, "b"), "d"), toJson(whole[u"b"][u"d"]));
        QCOMPARE(toJson(*parseJson(keptMembers(text, {"b", "f", "z"}))),
                 toJson(Json::object({{key("b"), whole[u"b"]}, {key("f"), Json()}})));
        QCOMPARE(keptMembers(text, {}), QByteArray("{}"));
        for (qsizetype cut = 0; cut < text.size(); ++cut) { // half a text must not lead outside it
            (void)memberBytes(text.left(cut), "f");
            (void)parseJson(keptMembers(text.left(cut), {"a", "b", "c", "e", "f"}));
        }
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
