// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/displaytext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace countersign;

namespace {

const QString aleph = QStringLiteral("\u05D0\u05D1");

/// No code point that nobody sees is left, but for joiners that the script wants and our own
/// isolates.
bool showsEverything(const QString &text, const QString &except = {})
{
    for (const char32_t c : text.toUcs4()) {
        if (c != '\n' && c != '\t' && isHiddenCodePoint(c)
            && !except.contains(QChar(char16_t(c)))) {
            return false;
        }
    }
    return true;
}

} // namespace

class TestDisplayText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void golden_data()
    {
        QTest::addColumn<QString>("foreign");
        QTest::addColumn<QString>("shown");
        const auto row
            = [](const char *name, const QString &foreign, const QString &shown) -> void {
            QTest::newRow(name) << foreign << shown;
        };
        const auto same = [&row](const char *name, const QString &text) -> void {
            row(name, text, text);
        };
        same("empty", {});
        same("ascii", QStringLiteral("Refund 1,250.00 EUR to <b>Ana</b> & sons; a < b"));
        same("hebrew and arabic",
             QStringLiteral("\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627, "
                            "\u0627\u0644\u0639\u0627\u0644\u0645!"));
        same(
            "arabic vowels",
            QStringLiteral(
                "\u0628\u0650\u0633\u0652\u0645\u0650 \u0627\u0644\u0644\u0651\u064E\u0647\u0650"));
        same("persian half space",
             QStringLiteral("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"));
        same("hindi",
             QStringLiteral("\u0915\u094D\u200D\u0937 \u0928\u092E\u0938\u094D\u0924\u0947"));
        same("emoji family",
             QStringLiteral(
                 "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F 1\uFE0F\u20E3"));
        same("accents", QStringLiteral("Pe\u0301rez \u1EA1\u0301 Z\u0351\u0357"));
        same("lines and tabs", QStringLiteral("a\n\n\tb {\n        c\n}\n"));
        row("crlf", QStringLiteral("a\r\nb"), QStringLiteral("a\nb"));
        row("carriage return overwrites", QStringLiteral("rm -rf /\rls"),
            QStringLiteral("rm -rf /[U+000D]ls"));
        row("override", QStringLiteral("pay \u202E001\u202C EUR"),
            QStringLiteral("pay [U+202E]001[U+202C] EUR"));
        row("isolates", QStringLiteral("\u2066a\u2067b\u2068c\u2069"),
            QStringLiteral("[U+2066]a[U+2067]b[U+2068]c[U+2069]"));
        row("embeddings", QStringLiteral("\u202Aa\u202Bb\u202Cc\u202Dd"),
            QStringLiteral("[U+202A]a[U+202B]b[U+202C]c[U+202D]d"));
        row("marks of direction", QStringLiteral("a\u200Eb\u200Fc\u061Cd"),
            QStringLiteral("a[U+200E]b[U+200F]c[U+061C]d"));
        row("zero width", QStringLiteral("re\u200Bfund\uFEFF\u2060x"),
            QStringLiteral("re[U+200B]fund[U+FEFF][U+2060]x"));
        row("joiner among latin", QStringLiteral("re\u200Dfu\u200Cnd"),
            QStringLiteral("re[U+200D]fu[U+200C]nd"));
        row("soft hyphen", QStringLiteral("re\u00ADfund"), QStringLiteral("re[U+00AD]fund"));
        row("fillers", QStringLiteral("a\u115Fb\u1160c\u3164d\uFFA0e"),
            QStringLiteral("a[U+115F]b[U+1160]c[U+3164]d[U+FFA0]e"));
        row("more ignorables",
            QStringLiteral("\u034Fa\u17B4b\u180Ec\u206Fd\uFFF9e\U0001D173f\U000E0FFFg"),
            QStringLiteral("[U+034F]a[U+17B4]b[U+180E]c[U+206F]d[U+FFF9]e[U+1D173]f[U+E0FFF]g"));
        row("variation selectors", QStringLiteral("a\uFE0Fb\uFE00\U000E0100"),
            QStringLiteral("a[U+FE0F]b[U+FE00][U+E0100]"));
        row("tags", QStringLiteral("hi\U000E0001\U000E0068\U000E0069"),
            QStringLiteral("hi[U+E0001][U+E0068][U+E0069]"));
        row("the same again", QStringLiteral("a%1b").arg(QString(12, QChar(0x200B))),
            QStringLiteral("a[U+200B ×12]b"));
        QString many;
        for (uint c = 0xE0020; c < 0xE0020 + 90; ++c) {
            many += QString::fromUcs4(reinterpret_cast<const char32_t *>(&c), 1);
        }
        row("smuggled sentence", many,
            QStringLiteral("[U+E0020][U+E0021][U+E0022][U+E0023][U+E0024][U+E0025][U+E0026][U+"
                           "E0027][82 more hidden characters]"));
        row("ansi", QStringLiteral("\u001B[2J\u001B[31mred\u009B0m"),
            QStringLiteral("[U+001B][2J[U+001B][31mred[U+009B]0m"));
        row("nul", QString(QChar(0)) + QStringLiteral("a\u0007\u007F\u0085"),
            QStringLiteral("[U+0000]a[U+0007][U+007F][U+0085]"));
        row("lone surrogates",
            QStringLiteral("a") + QChar(0xD800) + QStringLiteral("b") + QChar(0xDC00),
            QStringLiteral("a[U+D800]b[U+DC00]"));
        row("surrogates the wrong way", QString(QChar(0xDC00)) + QChar(0xD800),
            QStringLiteral("[U+DC00][U+D800]"));
        row("private use", QStringLiteral("a\uE000b\U000F0000"),
            QStringLiteral("a[U+E000]b[U+F0000]"));
        row("noncharacter", QStringLiteral("a\uFFFFb\uFDD0"), QStringLiteral("a[U+FFFF]b[U+FDD0]"));
        row("zalgo", QStringLiteral("z") + QString(16, QChar(0x0335)) + QLatin1Char('x'),
            QStringLiteral("z") + QString(4, QChar(0x0335)) + QStringLiteral("[12 more marks]x"));
        row("separators", QStringLiteral("a\u2028b\u2029c"), QStringLiteral("a\nb\nc"));
        row("spaces", QLatin1Char('a') + QString(300, QLatin1Char(' ')) + QLatin1Char('b'),
            QStringLiteral("a[300 spaces]b"));
        row("other spaces",
            QLatin1Char('a') + QString(1500, QChar(0x3000)) + QString(10, QChar(0x2800))
                + QLatin1Char('b'),
            QStringLiteral("a[1,510 spaces]b"));
        row("line breaks",
            QLatin1Char('a') + QString(300, QLatin1Char('\n')) + QStringLiteral("  b"),
            QStringLiteral("a\n[300 line breaks]\n  b"));
        row("blank lines", QStringLiteral("a\n \n\t\n \n \n \nb"),
            QStringLiteral("a\n[6 line breaks]\nb"));
        row("blanks before a break",
            QLatin1Char('a') + QString(200, QLatin1Char(' ')) + QStringLiteral("\nb"),
            QStringLiteral("a\n[200 spaces]b"));
    }

    void golden()
    {
        QFETCH(QString, foreign);
        QFETCH(QString, shown);
        const DisplayText display = displayText(foreign);
        QCOMPARE(display.text, shown);
        QCOMPARE(display.isSuspicious(), !display.chips.isEmpty());
        QVERIFY(showsEverything(display.text, QStringLiteral("\u200C\u200D\uFE0F")));
        for (const DisplayText::Span &chip : display.chips) {
            QVERIFY(display.text.mid(chip.start, chip.length).startsWith(QLatin1Char('[')));
            QVERIFY(display.text.mid(chip.start, chip.length).endsWith(QLatin1Char(']')));
        }
    }

    void everyHiddenCodePointIsShown()
    {
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if (!isHiddenCodePoint(c) || c == '\n' || c == '\t') {
                continue;
            }
            const QString one = QLatin1Char('a')
                + (c < 0x10000 ? QString(QChar(char16_t(c))) : QString::fromUcs4(&c, 1));
            const QString name
                = QString::number(uint(c), 16).toUpper().rightJustified(4, QLatin1Char('0'));
            if (displayText(one + QLatin1Char('b')).text != QStringLiteral("a[U+%1]b").arg(name)) {
                QFAIL(qPrintable(name));
            }
        }
    }

    void counts()
    {
        const DisplayText display = displayText(
            QStringLiteral("\u202E\u202Ea\u200B\U000E0041\uE000b\u001B") + QString(QChar(0))
            + QChar(0xD801) + QString(7, QChar(0x0301)) + QString(50, QLatin1Char(' '))
            + QString(9, QLatin1Char('\n')) + QLatin1Char('x'));
        QCOMPARE(display.bidi, 2);
        QCOMPARE(display.invisible, 3);
        QCOMPARE(display.control, 3);
        QCOMPARE(display.marks, 3);
        QCOMPARE(display.padding, 9 + 50);
        QCOMPARE(display.cut, 0);
        QVERIFY(display.isSuspicious());
    }

    void singleLine()
    {
        const auto line = [](const QString &text) -> QString {
            return displayText(text, {.singleLine = true}).text;
        };
        QCOMPARE(line(QStringLiteral("a\tb\n  c\r\n\r\nd")), QStringLiteral("a b ⏎ c ⏎ d"));
        QCOMPARE(line(QStringLiteral("a         b")), QStringLiteral("a[9 spaces]b"));
        QCOMPARE(line(QStringLiteral("a") + QString(100, QLatin1Char('\n')) + QStringLiteral("b")),
                 QStringLiteral("a [100 line breaks] b"));
        QCOMPARE(line(QStringLiteral("a\u2028b")), QStringLiteral("a ⏎ b"));
    }

    void isolate()
    {
        const DisplayText display
            = displayText(aleph + QStringLiteral("\u202E\nb\u200B"), {.isolate = true});
        QCOMPARE(display.text,
                 QStringLiteral("\u2068%1[U+202E]\u2069\n\u2068b[U+200B]\u2069").arg(aleph));
        QCOMPARE(display.text.mid(display.chips.at(0).start, display.chips.at(0).length),
                 QStringLiteral("[U+202E]"));
        QCOMPARE(display.text.mid(display.chips.at(1).start, display.chips.at(1).length),
                 QStringLiteral("[U+200B]"));
    }

    void identifiers()
    {
        const auto name = [](const QString &text) -> DisplayText {
            return displayText(text, {.identifier = true});
        };
        QCOMPARE(name(QStringLiteral("a\u00A0b\u3000c d")).text,
                 QStringLiteral("a[U+00A0]b[U+3000]c d"));
        QCOMPARE(name(QStringLiteral("\u2764\uFE0F")).text, QStringLiteral("\u2764[U+FE0F]"));
        QCOMPARE(name(QStringLiteral("\u0645\u200C\u062E")).text,
                 QStringLiteral("\u0645[U+200C]\u062E"));
    }

    void mixedScript_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("mixed");
        QTest::newRow("latin") << QStringLiteral("issue_refund Pérez") << false;
        QTest::newRow("cyrillic") << QStringLiteral("\u0434\u0430") << false;
        QTest::newRow("one of each") << QStringLiteral("pay \u0434\u0430 \u03B1\u03B2") << false;
        QTest::newRow("cyrillic a") << QStringLiteral("p\u0430ypal") << true;
        QTest::newRow("behind a mark") << QStringLiteral("e\u0301\u0430") << true;
        QTest::newRow("underscore binds") << QStringLiteral("issue_\u0433efund") << true;
        QTest::newRow("greek o") << QStringLiteral("g\u03BFogle") << true;
        QTest::newRow("greek first") << QStringLiteral("\u0391dmin") << true;
        QTest::newRow("full-width") << QStringLiteral("\uFF49ssue") << true;
        QTest::newRow("mathematical") << QStringLiteral("\U0001D422ssue") << true;
        QTest::newRow("point parts") << QStringLiteral("a.\u0430") << false;
        QTest::newRow("micro") << QStringLiteral("5 \u00B5g") << false;
        QTest::newRow("japanese") << QStringLiteral("PDF\u30D5\u30A1\u30A4\u30EB") << false;
    }

    void mixedScript()
    {
        QFETCH(QString, text);
        QFETCH(bool, mixed);
        QCOMPARE(displayText(text).mixedScript, mixed);
    }

    void foreignDigits()
    {
        QVERIFY(!displayText(QStringLiteral("1250 \u00B2 \u2460")).foreignDigits);
        QVERIFY(displayText(QStringLiteral("1\u0662")).foreignDigits);
        QVERIFY(displayText(QStringLiteral("\uFF11")).foreignDigits);
    }

    void length()
    {
        const DisplayText display
            = displayText(QString(12345 + 100, QLatin1Char('x')), {.maxLength = 100});
        QCOMPARE(display.text,
                 QString(100, QLatin1Char('x')) + QStringLiteral("… 12,345 more characters"));
        QCOMPARE(display.cut, 12345);
        QCOMPARE(display.chips, (QList<DisplayText::Span>{{.start = 100, .length = 24}}));
        QVERIFY(!display.isSuspicious());
        QCOMPARE(displayText(QString(100, QLatin1Char('x')), {.maxLength = 100}).cut, 0);
        const QString pairs = QStringLiteral("\U0001F600").repeated(10);
        QCOMPARE(displayText(pairs, {.maxLength = 5}).text,
                 pairs.left(6) + QStringLiteral("… 7 more characters"));
    }

    void names()
    {
        QCOMPARE(shortName(QStringLiteral("issue_refund")), QStringLiteral("issue_refund"));
        QCOMPARE(shortName(QStringLiteral(" \n issue refund\n")), QStringLiteral("issue refund"));
        QCOMPARE(shortName(QStringLiteral("a\nb\u0000c\u202E")),
                 QStringLiteral("a ⏎ b[U+0000]c[U+202E]"));
        QCOMPARE(shortName(QString(200, QLatin1Char('x'))), QString(200, QLatin1Char('x')));
        QCOMPARE(shortName(QString(201, QLatin1Char('x'))),
                 QString(199, QLatin1Char('x')) + QChar(0x2026));
        QCOMPARE(shortName(QStringLiteral("\U0001F600").repeated(300), 10),
                 QStringLiteral("\U0001F600").repeated(4) + QChar(0x2026));
        for (int max : {1, 2, 7, 20}) {
            for (const QString &text :
                 {QString(50, QChar(0x202E)), QString(50, QLatin1Char(' ')) + QLatin1Char('x'),
                  QStringLiteral("a\n").repeated(50), QString(50, QChar(0xD800))}) {
                const QString name = shortName(text, max);
                QVERIFY(name.size() <= max && !name.isEmpty());
                QVERIFY(name.isValidUtf16());
                QVERIFY(showsEverything(name) && !name.contains(QLatin1Char('\n')));
            }
        }
        QCOMPARE(shortName({}), QString());
    }

    void oneMegabyteIsQuick_data()
    {
        QTest::addColumn<QString>("piece");
        QTest::newRow("ascii") << QStringLiteral("word and word ");
        QTest::newRow("cyrillic") << QStringLiteral("\u0434\u0430 \u043D\u0435\u0442 ");
        QTest::newRow("hostile") << QStringLiteral("\u202E\u200Ba\U000E0041  \n\n");
        QTest::newRow("spaces") << QStringLiteral("  ");
        QTest::newRow("one hidden") << QStringLiteral("\u200B");
        QTest::newRow("marks") << QStringLiteral("\u0301");
        QTest::newRow("breaks") << QStringLiteral("\n");
    }

    void oneMegabyteIsQuick()
    {
        QFETCH(QString, piece);
        const QString megabyte = piece.repeated((1 << 20) / piece.size());
        QElapsedTimer timer;
        timer.start();
        const DisplayText whole = displayText(megabyte, {.isolate = true, .maxLength = 1 << 21});
        QVERIFY(!whole.text.isEmpty());
        QVERIFY2(timer.elapsed() < 1500,
                 qPrintable(QString::number(timer.elapsed()))); // unoptimised and busy
        timer.restart();
        QVERIFY(displayText(megabyte, {.singleLine = true, .maxLength = 200}).text.size() < 400);
    }
};

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
