// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/textdiff.h"

#include <QElapsedTimer>
#include <QTest>

using namespace countersign;

class TestTextDiff : public QObject
{
    Q_OBJECT
    using Kind = DiffPiece::Kind;

    static QString written(const QList<DiffPiece> &pieces)
    {
        QString text;
        for (const DiffPiece &piece : pieces) {
            text += piece.kind == Kind::Same  ? piece.text
                : piece.kind == Kind::Removed ? QStringLiteral("[-%1-]").arg(piece.text)
                                              : QStringLiteral("{+%1+}").arg(piece.text);
        }
        return text;
    }
    static QString side(const QList<DiffPiece> &pieces, Kind not_)
    {
        QString text;
        for (const DiffPiece &piece : pieces) {
            text += piece.kind == not_ ? QString() : piece.text;
        }
        return text;
    }

private Q_SLOTS:
    void wordsThatChanged_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("diff");
        const auto row = [](const char *before, const char *after, const char *diff) -> void {
            QTest::newRow(before) << QString::fromUtf8(before) << QString::fromUtf8(after)
                                  << QString::fromUtf8(diff);
        };
        row("same", "same", "same");
        row("", "new", "{+new+}");
        row("old", "", "[-old-]");
        row("pay 1,380.50 EUR", "pay 690.25 EUR", "pay [-1,380-]{+690+}.[-50-]{+25+} EUR");
        row("Größe 1", "Größe 2", "Größe [-1-]{+2+}");
        row("a\nb", "a\nx\nb", "a\n{+x\n+}b");
    }
    void wordsThatChanged()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QTEST(written(textDiff(before, after)), "diff");
    }

    void largeTextsTakeNoFrame()
    {
        QString before;
        QString after;
        for (int i = 0; i < 20'000; ++i) {
            before += QStringLiteral("line %1 of the report\n").arg(i);
            after += QStringLiteral("line %1 of another\n").arg(i * 3);
        }
        QElapsedTimer timer;
        timer.start();
        const auto pieces = textDiff(before, after);
        qInfo("%lld ms", timer.elapsed());
        QCOMPARE(side(pieces, Kind::Added), before);
        QCOMPARE(side(pieces, Kind::Removed), after);
    }
};

QTEST_APPLESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
