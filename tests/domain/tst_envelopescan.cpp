// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/envelope.h"
#include "domain/envelopescan.h"

#include <QRandomGenerator>
#include <QTest>

using namespace countersign;

namespace {

const QByteArray good = "{\"a\":[true,false,null,[],{},{\"z\":-1}],\"actor\":{\"id\":\"u-17\","
                        "\"name\":\"Ana P\xC3\xA9rez \\u001f"
                        "\\b\\t\\n\\f\\r\\\"\\\\ \xF0\x9F\x98\x80 "
                        "\xE2\x82\xAC/\x7F\"},\"i\":0,\"n\":9007199254740991,"
                        "\"t\":\"plain\",\"v_1\":-42}";

} // namespace

/// The scan and the parser must agree on every sequence of bytes.
class TestEnvelopeScan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsInPlace()
    {
        QVERIFY(parseEnvelope(good));
        EnvelopeScan scan;
        QVERIFY(scan.scan(good));
        const Json json = *parseEnvelope(good);
        QCOMPARE(scan.text("t"), QStringLiteral("plain"));
        QCOMPARE(scan.text("actor", "id"), QStringLiteral("u-17"));
        QCOMPARE(scan.text("actor", "name"), json[u"actor"][u"name"].toString());
        QCOMPARE(scan.raw("n").toByteArray(), QByteArray("9007199254740991"));
        QVERIFY(scan.text("n").isEmpty());
        QVERIFY(scan.text("none").isEmpty());
        QVERIFY(scan.text("t", "id").isEmpty());
    }

    void agrees_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QList<QByteArray> table{"",
                                      "{}",
                                      "[]",
                                      "{",
                                      "}",
                                      "{\"a\":1}",
                                      "{\"a\":1,}",
                                      "{\"a\":01}",
                                      "{\"a\":-0}",
                                      "{\"a\":-}",
                                      "{\"a\":1.0}",
                                      "{\"a\":1e3}",
                                      "{\"a\":9007199254740992}",
                                      "{\"a\":-9007199254740991}",
                                      "{\"a\":-9007199254740992}",
                                      "{\"a\":99999999999999999999}",
                                      "{\"b\":1,\"a\":1}",
                                      "{\"a\":1,\"a\":1}",
                                      "{\"A\":1}",
                                      "{\"\":1}",
                                      "{\"1a\":1}",
                                      "{\"_a\":1}",
                                      "{\"a_1\":1}",
                                      "{\"aa\":1,\"b\":1}",
                                      "{\"a\":1} ",
                                      " {\"a\":1}",
                                      "{\"a\": 1}",
                                      "{\"a\":[1,]}",
                                      "{\"a\":[,1]}",
                                      "{\"a\":[1 ]}",
                                      "{\"a\":tru}",
                                      "{\"a\":\"\\/\"}",
                                      "{\"a\":\"\\u0041\"}",
                                      "{\"a\":\"\\u000B\"}",
                                      "{\"a\":\"\\u000b\"}",
                                      "{\"a\":\"\\u0008\"}",
                                      "{\"a\":\"\\u0000\"}",
                                      "{\"a\":\"\\u007f\"}",
                                      "{\"a\":\"\\ud800\"}",
                                      "{\"a\":\"\\x\"}",
                                      "{\"a\":\"\\\"}",
                                      "{\"a\":\"\n\"}",
                                      "{\"a\":\"\xC0\x80\"}",
                                      "{\"a\":\"\xED\xA0\x80\"}",
                                      "{\"a\":\"\xF4\x90\x80\x80\"}",
                                      "{\"a\":\"\xF4\x8F\xBF\xBF\"}",
                                      "{\"a\":\"\xE0\x9F\x80\"}",
                                      "{\"a\":\"\xEF\xBF\xBF\"}",
                                      "{\"a\":\"\xC3\"}",
                                      "{\"a\":\"\xEF\xBB\xBF\"}",
                                      "\xEF\xBB\xBF{\"a\":1}",
                                      "{\"\\u0061\":1}",
                                      "{\"a\":1}{\"a\":1}",
                                      QByteArray("{\"a\":\"\0\"}", 9),
                                      QByteArray("{\"a\":1}\0", 8),
                                      QByteArray("{\"a\":\"\\\0\"}", 10)};
        for (const QByteArray &bytes : table) {
            QTest::newRow(bytes.toHex().constData()) << bytes;
        }
        for (int depth = 13; depth <= 17; ++depth) {
            for (const QByteArray inner : {"", "1", "{}", "\"x\""}) {
                QTest::newRow(qPrintable(
                    QStringLiteral("deep %1 %2").arg(depth).arg(QString::fromLatin1(inner))))
                    << QByteArray("{\"a\":" + QByteArray(depth, '[') + inner
                                  + QByteArray(depth, ']') + "}");
            }
        }
        for (int size : {65536 - 8, 65536 - 7}) {
            QTest::newRow(qPrintable(QString::number(size)))
                << QByteArray("{\"a\":\"" + QByteArray(size, 'x') + "\"}");
        }
    }

    void agrees()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(EnvelopeScan().scan(bytes), parseEnvelope(bytes).has_value());
    }

    void agreesOnMutations()
    {
        QRandomGenerator random(7);
        const QByteArray pieces(
            "{}[]\",:\\/0123456789abtnfru_AE-+. \n\x00\x1f\x7f\x80\xA0\xBF\xC2\xE0\xED\xF0\xF4",
            48);
        EnvelopeScan scan;
        int accepted = 0;
        for (int round = 0; round < 50'000; ++round) {
            QByteArray bytes = good;
            for (int change = random.bounded(1, 4); change > 0; --change) {
                const int at = random.bounded(int(bytes.size()));
                const char piece = pieces.at(random.bounded(int(pieces.size())));
                switch (random.bounded(3)) {
                case 0:
                    bytes[at] = piece;
                    break;
                case 1:
                    bytes.insert(at, piece);
                    break;
                default:
                    bytes.remove(at, random.bounded(1, 4));
                }
            }
            const bool taken = scan.scan(bytes);
            accepted += int(taken);
            QVERIFY2(taken == parseEnvelope(bytes).has_value(), bytes.toHex().constData());
        }
        QVERIFY(accepted > 1000);
    }
};

QTEST_GUILESS_MAIN(TestEnvelopeScan)
#include "tst_envelopescan.moc"
