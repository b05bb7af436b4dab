// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/markdown.h"

#include <QElapsedTimer>
#include <QTest>

using namespace countersign;
using Kind = MarkdownSpan::Kind;

namespace {

const char *wordOf(Kind kind)
{
    switch (kind) {
    case Kind::Marker:
        return "m";
    case Kind::Heading:
        return "h";
    case Kind::Strong:
        return "b";
    case Kind::Emphasis:
        return "i";
    case Kind::Code:
        return "c";
    case Kind::Quote:
        return "q";
    }
    Q_UNREACHABLE();
}

/// "m[# ]h[Title]": what is told apart; the rest as it is.
QString written(const QString &line, bool inCode = false)
{
    QString out;
    qsizetype at = 0;
    for (const MarkdownSpan &span : markdownLine(line, inCode).spans) {
        out += line.mid(at, span.start - at) + QLatin1String(wordOf(span.kind)) + u'['
            + line.mid(span.start, span.length) + u']';
        at = span.start + span.length;
    }
    return out + line.mid(at);
}

} // namespace

class TestMarkdown final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsApart_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("spans");
        const auto row = [](const char *line, const char *spans) -> void {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(spans);
        };
        row("plain text", "plain text");
        row("# Title", "m[#]h[ Title]");
        row("###### deep", "m[######]h[ deep]");
        row("####### too deep", "####### too deep");
        row("#hashtag", "#hashtag");
        row("- item with **weight**", "m[- ]item with m[**]b[weight]m[**]");
        row("12. twelfth", "m[12. ]twelfth");
        row("1.5 is no item", "1.5 is no item");
        row("> said *so*", "m[>]q[ said *so*]");
        row("an *emphasis* and `code`", "an m[*]i[emphasis]m[*] and m[`]c[code]m[`]");
        row("snake_case_stays", "snake_case_stays");
        row("_so_ it is", "m[_]i[so]m[_] it is");
        row("2 * 3 * 4", "2 * 3 * 4");
        row("**open", "**open");
        row("`**not strong**`", "m[`]c[**not strong**]m[`]");
        row("---", "m[---]");
        row("--", "--");
        row("", "");
        // What could load, lead away or hide stays the text that it is.
        row("![x](http://127.0.0.1/x.png)", "![x](http://127.0.0.1/x.png)");
        row("[l](file:///etc/passwd)", "[l](file:///etc/passwd)");
        row("<img src=\"http://127.0.0.1/\">", "<img src=\"http://127.0.0.1/\">");
        row("<!-- hidden -->", "<!-- hidden -->");
        row("&lt;b&gt; https://example.com", "&lt;b&gt; https://example.com");
    }
    void tellsApart()
    {
        QFETCH(QString, line);
        QTEST(written(line), "spans");
        QVERIFY(!markdownLine(line, false).inCode);
    }

    void fencesGoOverLines()
    {
        const MarkdownLine opens = markdownLine(u"```cpp", false);
        QVERIFY(opens.inCode);
        QCOMPARE(written(QStringLiteral("# no heading"), true), QStringLiteral("c[# no heading]"));
        QVERIFY(markdownLine(u"# no heading", true).inCode);
        QVERIFY(!markdownLine(u"```", true).inCode);
    }

    /// Every character stays where it is, whatever it is, and soon.
    void hostileLinesCostLittle()
    {
        for (const QString &seed :
             {QStringLiteral("*"), QStringLiteral("_a"), QStringLiteral("**a *b "),
              QStringLiteral("`"), QStringLiteral("`` ` "), QStringLiteral("> "),
              QStringLiteral("<b>*_`"), QString(QChar(0x202e))}) {
            for (const int times : {1, 7, 400, 500'000}) {
                const QString line = seed.repeated(times);
                QElapsedTimer timer;
                timer.start();
                qsizetype end = 0;
                for (const MarkdownSpan &span : markdownLine(line, false).spans) {
                    QVERIFY(span.start >= end && span.length >= 0);
                    end = span.start + span.length;
                }
                QVERIFY(end <= line.size());
                QVERIFY2(timer.elapsed() < 500, qPrintable(seed));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestMarkdown)
#include "tst_markdown.moc"
