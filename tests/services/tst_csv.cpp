// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/csv.h"

#include <QTest>

#include <limits>

using namespace countersign;

class TestCsv : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cells_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("cell");
        const auto row = [](const QString &text, const QByteArray &cell) -> void {
            QTest::newRow(qPrintable(QString::number(qHash(text)))) << text << cell;
        };
        row({}, "");
        row(QStringLiteral("decision.approve"), "decision.approve");
        row(QStringLiteral("Ana Pérez"), "\"Ana Pérez\"");
        row(QStringLiteral("a,b"), "\"a,b\"");
        row(QStringLiteral("a;b"), "\"a;b\"");
        row(QStringLiteral("say \"no\""), "\"say \"\"no\"\"\"");
        row(QStringLiteral("\""), "\"\"\"\"");
        row(QStringLiteral("a\r\nb\nc"), "\"a\r\nb\nc\"");
        row(QStringLiteral("'a"), "'a");
        row(QStringLiteral("=1+1"), "'=1+1");
        row(QStringLiteral("=HYPERLINK(\"http://x\";\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\"");
        row(QStringLiteral("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
        row(QStringLiteral("+1"), "'+1");
        row(QStringLiteral("-5.00"), "'-5.00");
        row(QStringLiteral("-2+3+cmd|' /C calc'!A0"), "\"'-2+3+cmd|' /C calc'!A0\"");
        row(QStringLiteral("@SUM(A1)"), "'@SUM(A1)");
        row(QStringLiteral("\t=1"), "\"'\t=1\"");
        row(QStringLiteral("\tplain"), "\"'\tplain\"");
        row(QStringLiteral("\rplain"), "\"'\rplain\"");
        row(QStringLiteral("\nplain"), "\"'\nplain\"");
        row(QStringLiteral(" =1"), "\"' =1\"");
        row(QStringLiteral("\u00A0\u3000=1"), "\"'\u00A0\u3000=1\"");
        row(QStringLiteral("\uFEFF=1"), "'\uFEFF=1");
        row(QStringLiteral("\u200B\u202E=1"), "'\u200B\u202E=1");
        row(QStringLiteral("\uFF1D1"), "'\uFF1D1");
        row(QStringLiteral("\uFF0B1"), "'\uFF0B1");
        row(QStringLiteral("\uFF0D1"), "'\uFF0D1");
        row(QStringLiteral("\uFF20SUM"), "'\uFF20SUM");
        row(QStringLiteral("\u22121"), "'\u22121");
        row(QStringLiteral("\U000E0041=1"), "'\U000E0041=1");
        row(QStringLiteral("\U0001F600=1"), "\U0001F600=1");
        row(QStringLiteral("a=1"), "a=1");
        row(QStringLiteral("ana@example.org"), "ana@example.org");
        row(QStringLiteral("c-42"), "c-42");
        row(QStringLiteral("a") + QChar(0) + QChar(0xD800) + QStringLiteral("\U0001F600"),
            "a\uFFFD\uFFFD\U0001F600");
        row(QString(QChar(0)) + QStringLiteral("=1"), "\uFFFD=1");
    }

    void cells()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, cell);
        QCOMPARE(CsvRow().text(text).line(), cell + "\r\n");
        QCOMPARE(CsvRow().text(QStringLiteral("x")).text(text).line(), "x," + cell + "\r\n");
    }

    void numbersOnlyFromTypedColumns()
    {
        CsvRow row;
        row.number(-5).number(std::numeric_limits<qint64>::min());
        row.number(Decimal::parse(QByteArray("-100.10"))).number(std::optional<Decimal>()).empty();
        row.text(QStringLiteral("-5"));
        QCOMPARE(row.line(), QByteArray("-5,-9223372036854775808,-100.10,,,'-5\r\n"));
    }

    void anEmptyFirstCellCounts()
    {
        QCOMPARE(CsvRow().empty().text(QStringLiteral("a")).line(), QByteArray(",a\r\n"));
    }

    /// What a strict reader gets back is what was written, but for the apostrophe.
    void noTextEndsItsCell()
    {
        const QString pieces = QStringLiteral("=+-@\t\r\n\",;' a\u200B\uFF1D");
        for (uint seed = 0; seed < 20000; ++seed) {
            QString text;
            for (uint left = seed * 2654435761U; left > 0; left /= uint(pieces.size())) {
                text += pieces.at(int(left % uint(pieces.size())));
            }
            const QByteArray line = CsvRow().text(text).text(QStringLiteral("end")).line();
            QVERIFY(line.endsWith(",end\r\n"));
            QString cell = QString::fromUtf8(line.chopped(6));
            if (cell.startsWith(QLatin1Char('"'))) {
                QVERIFY(cell.size() >= 2 && cell.endsWith(QLatin1Char('"')));
                cell = cell.mid(1, cell.size() - 2);
                const QString quotes = cell;
                cell.replace(QStringLiteral("\"\""), QStringLiteral("\""));
                QCOMPARE(quotes.count(QLatin1Char('"')), 2 * cell.count(QLatin1Char('"')));
            } else {
                QVERIFY(!cell.contains(QLatin1Char('"')) && !cell.contains(QLatin1Char(','))
                        && !cell.contains(QLatin1Char('\n')));
            }
            QVERIFY(cell == text || cell == QLatin1Char('\'') + text);
            QVERIFY(cell.isEmpty() || !QStringLiteral("=+-@\t\r\n\uFF1D").contains(cell.front()));
        }
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
