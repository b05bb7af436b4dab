// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "testing/worked.h"
#include "views/style/theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <ctime>

using namespace countersign;

namespace {

/// What this thread has worked, in ms: says the same on a busy machine.
qint64 workedMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

/// Strings that try to be more than text.
QStringList corpus()
{
    QStringList all;
    const QStringList seeds{QStringLiteral("<b>bold</b>"),
                            QStringLiteral("<img src=\"file:///etc/hostname\">"),
                            QStringLiteral("<a href=\"http://127.0.0.1/\">Approve</a>"),
                            QStringLiteral("![x](http://127.0.0.1/x.png)"),
                            QStringLiteral("[l](file:///etc/passwd)"),
                            QStringLiteral("&lt;b&gt;&amp;&#8238;"),
                            QStringLiteral("%1 %2 %n %s {0}"),
                            QStringLiteral("&Approve && Reject"),
                            QStringLiteral("<!DOCTYPE html><html><body>x"),
                            QStringLiteral("<table width=99999><tr><td>x")};
    QStringList codes;
    for (const char32_t c :
         {0x00U,   0x07U,   0x08U,   0x0aU,   0x0dU,    0x1bU,    0x7fU,    0x9bU,
          0xadU,   0x34fU,  0x61cU,  0x115fU, 0x180eU,  0x200bU,  0x200cU,  0x200dU,
          0x200eU, 0x200fU, 0x2028U, 0x2029U, 0x202aU,  0x202bU,  0x202cU,  0x202dU,
          0x202eU, 0x2060U, 0x2066U, 0x2067U, 0x2068U,  0x2069U,  0x3000U,  0xe000U,
          0xfe0fU, 0xfeffU, 0xfff9U, 0xfffdU, 0xe0001U, 0xe0041U, 0x1d173U, 0x10ffffU}) {
        codes.append(QString::fromUcs4(&c, 1));
    }
    for (const QString &seed : seeds) {
        all.append(seed);
        all.append(seed.repeated(40));
        all.append(QStringLiteral("\x1b[31m") + seed);
    }
    for (const QString &code : codes) {
        all.append(QStringLiteral("pay ") + code + QStringLiteral("100 now"));
        all.append(code.repeated(30));
    }
    all.append(QString(1'000'000, QLatin1Char('W')));
    all.append(QStringLiteral("word ").repeated(200'000));
    all.append(QStringLiteral("\n").repeated(1'000'000));
    all.append(QString(300'000, QChar(0x301)));
    all.append(QString(1, QChar(0xd800)));
    return all;
}

bool isHidden(const QString &text)
{
    for (const QChar c : {QChar(0x202e), QChar(0x200b), QChar(0x1b), QChar(0x0)}) {
        if (text.contains(c)) {
            return true;
        }
    }
    return false;
}

} // namespace

/// What an agent wrote is text on a page, whatever it is, and costs little.
class TestInboxHostile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void textStaysText();
    void heavyCases_data();
    void heavyCases();

private:
    [[nodiscard]] Proposal evilOf(const QString &text, int number);
    /// How long the page is busy with showing the case, at most, in ms.
    qint64 showsIn(int row);
    void checkPlain();

    std::unique_ptr<InboxFixture> m;
};

void TestInboxHostile::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

Proposal TestInboxHostile::evilOf(const QString &text, int number)
{
    Proposal made = believable(1, m->services.base.clock.nowMs()).first();
    made.source.question = made.source.lane = QStringLiteral("q-%1").arg(number);
    made.caseType = QStringLiteral("evil");
    made.action = made.agent = text.left(200);
    made.question = made.reasoning = made.recommendation = made.impact.sentence = text;
    made.evidence = {{text.left(4000), text, text.left(4000)}};
    made.uncertainty = {text.left(4000)};
    made.arguments = Json::object({{text.left(40), Json(text)}});
    made.schema = {};
    return made;
}

qint64 TestInboxHostile::showsIn(int row)
{
    qint64 worst = 0;
    QElapsedTimer whole;
    whole.start();
    const CaseId id = m->model->rowAt(row).id;
    m->list()->setCurrentIndex(m->model->index(row));
    do {
        const qint64 before = workedMs();
        QCoreApplication::processEvents(); // one turn of the window's loop, drawing included
        worst = qMax(worst, workedMs() - before);
    } while (
        whole.elapsed() < 10'000
        && (!m->detail->current() || m->detail->current()->id != id || m->detail->isReading()));
    const qint64 before = workedMs();
    QCoreApplication::processEvents();
    return qMax(worst, workedMs() - before);
}

void TestInboxHostile::checkPlain()
{
    for (const QLabel *label : m->page->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat() == Qt::PlainText || label->text().isEmpty(), true);
        QVERIFY(!label->openExternalLinks());
        QVERIFY2(!isHidden(label->text()), qPrintable(label->text().left(80)));
    }
    for (const auto *edit : m->page->findChildren<QPlainTextEdit *>()) {
        QVERIFY2(!isHidden(edit->toPlainText()), qPrintable(edit->toPlainText().left(80)));
    }
    QVERIFY(m->page->findChildren<QTextEdit *>().isEmpty());
    for (const QWidget *widget : m->page->findChildren<QWidget *>()) {
        QVERIFY(!Qt::mightBeRichText(widget->toolTip()));
    }
    QCOMPARE(m->page->width(), 1208);
}

void TestInboxHostile::textStaysText()
{
    const QStringList all = corpus();
    QVERIFY(all.size() >= 100);
    QList<Proposal> proposals;
    for (int i = 0; i < all.size(); ++i) {
        proposals.append(evilOf(all[i], i));
    }
    m->show(proposals);
    QCOMPARE(m->model->rowCount(), int(all.size()));
    qint64 worst = 0;
    for (int row = 0; row < m->model->rowCount(); ++row) {
        const qint64 took = showsIn(row);
        if (took > worst) {
            worst = took;
            qInfo("row %d of %s: %lld ms", row, qPrintable(m->model->rowAt(row).id.toString()),
                  took);
        }
        checkPlain();
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    QVERIFY2(worst <= 400, qPrintable(QString::number(worst)));
}

void TestInboxHostile::heavyCases_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QByteArray many = "{";
    for (int i = 0; i < 5000; ++i) {
        many += (i > 0 ? ",\"a" : "\"a") + QByteArray::number(i) + "\":" + QByteArray::number(i);
    }
    QTest::newRow("5,000 arguments") << many + "}";
    QByteArray deep = "1";
    for (int i = 0; i < 100; ++i) {
        deep = "{\"d\":" + deep + "}";
    }
    QTest::newRow("100 levels") << deep;
    QTest::newRow("a list of 20,000") << "{\"l\":[" + QByteArray("1,").repeated(20'000) + "1]}";
    QTest::newRow("a megabyte") << "{\"t\":\"" + QByteArray(1'000'000, 'x') + "\",\"n\":42}";
}

void TestInboxHostile::heavyCases()
{
    QFETCH(QByteArray, arguments);
    QList<Proposal> all = believable(2, m->services.base.clock.nowMs());
    all[1].arguments = parseJson(arguments).value();
    all[1].schema = {};
    m->show(all);
    const int row = m->model->rowAt(0).id == CaseId(QStringLiteral("c-2")) ? 0 : 1;
    (void)showsIn(1 - row);
    const qint64 took = showsIn(row);
    qInfo("shown in %lld ms", took);
    QVERIFY2(took <= 400, qPrintable(QString::number(took)));
    m->settle();
    const qint64 before = workedMs();
    m->press(Qt::Key_E);
    QCoreApplication::processEvents();
    const qint64 editing = workedMs() - before;
    qInfo("open to edit in %lld ms", editing);
    QVERIFY2(editing <= 1000, qPrintable(QString::number(editing)));
}

QTEST_MAIN(TestInboxHostile)
#include "tst_inboxhostile.moc"
