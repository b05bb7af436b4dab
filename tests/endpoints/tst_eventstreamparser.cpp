// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/eventstreamparser.h"

#include <QTest>

using namespace countersign;

class TestEventStreamParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAsTheStandardSays_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("events"); // "type|data"
        QTest::addColumn<QByteArray>("lastId");
        const auto row = [](const char *name, const QByteArray &bytes, const QStringList &events,
                            const QByteArray &id = {}) -> void {
            QTest::newRow(name) << bytes << events << id;
        };
        const auto text = [](const char *utf8) -> QString {
            return QString::fromUtf8(utf8);
        };
        row("one", "data: a\n\n", {text("message|a")});
        row("no space", "data:a\n\n", {text("message|a")});
        row("one space goes", "data:  a\n\n", {text("message| a")});
        row("two lines", "data: YHOO\ndata: +2\ndata: 10\n\n", {text("message|YHOO\n+2\n10")});
        row("comment and id",
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third "
            "event\n\n",
            {text("message|first event"), text("message|second event"),
             text("message| third event")});
        row("empty data", "data\n\ndata\ndata\n\ndata:", {text("message|"), text("message|\n")});
        row("no data is no event", "event: x\nid: 7\n\n", {}, "7");
        row("type", "event: case.changed\ndata: {}\n\n", {text("case.changed|{}")});
        row("type does not last", "event: x\ndata: 1\n\ndata: 2\n\n",
            {text("x|1"), text("message|2")});
        row("carriage returns", "data: a\rdata: b\r\rdata: c\r\r",
            {text("message|a\nb"), text("message|c")});
        row("both", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
            {text("message|a\nb"), text("message|c")});
        row("mixed", "data: a\r\rdata: b\n\ndata: c\r\n\r\n",
            {text("message|a"), text("message|b"), text("message|c")});
        row("byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n\xEF\xBB\xBF"
            "data: b\n\n",
            {text("message|a")});
        row("unknown fields", "foo: bar\ndata: a\nfoo\n\n", {text("message|a")});
        row("colons", "data: a: b\n\n", {text("message|a: b")});
        row("id with NUL", QByteArray("id: a\ndata: 1\n\nid: b\0c\ndata: 2\n\n", 32),
            {text("message|1"), text("message|2")}, "a");
        row("id of a cut event does not count", "id: 1\ndata: a\n\nid: 2\ndata: b\n",
            {text("message|a")}, "1");
        row("unicode", "data: كلمة 日本 ß\n\n", {text("message|كلمة 日本 ß")});
    }

    /// However the network cuts it.
    void readsAsTheStandardSays()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, events);
        QFETCH(QByteArray, lastId);
        for (qsizetype first = 0; first <= bytes.size(); ++first) {
            for (qsizetype second = first; second <= bytes.size(); ++second) {
                EventStreamParser parser;
                QStringList read;
                for (const QByteArray &piece :
                     {bytes.left(first), bytes.mid(first, second - first), bytes.mid(second)}) {
                    const auto fed = parser.feed(piece);
                    QVERIFY(fed.has_value());
                    for (const ServerEvent &event : *fed) {
                        read.append(event.type + QLatin1Char('|') + QString::fromUtf8(event.data));
                    }
                }
                QCOMPARE(read, events);
                QCOMPARE(parser.lastEventId(), lastId);
            }
        }
    }

    void retryTakesDigitsOnly()
    {
        EventStreamParser parser;
        QVERIFY(parser.feed("retry: +5\nretry: 1s\nretry:\n").has_value());
        QVERIFY(!parser.retryMs());
        QVERIFY(parser.feed("retry: 1500\n").has_value());
        QCOMPARE(parser.retryMs(), std::optional<qint64>(1500));
    }

    void isBounded()
    {
        EventStreamParser longLine(1000);
        Result<QList<ServerEvent>> fed;
        for (int i = 0; i < 100 && fed; ++i) {
            fed = longLine.feed("data: xxxxxxxxxxxxxxxxxxxx");
        }
        QVERIFY(!fed);
        QCOMPARE(fed.error().code, ErrorCode::TooLarge);

        EventStreamParser manyLines(1000);
        fed = QList<ServerEvent>();
        for (int i = 0; i < 1000 && fed; ++i) {
            fed = manyLines.feed("data: xxxx\n");
        }
        QVERIFY(!fed);

        EventStreamParser many(1000); // an endless stream of small events is fine
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(many.feed("data: xxxx\n\n").has_value());
        }
    }
};

QTEST_APPLESS_MAIN(TestEventStreamParser)
#include "tst_eventstreamparser.moc"
