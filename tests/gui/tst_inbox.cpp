// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/style/theme.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextEdit>

using namespace countersign;

class TestInbox final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void approvesByKeyAndUndoes();
    void waitsUntilTheCaseHasStoodStill();
    void ignoresAHeldKey();
    void lettersAreFreeInTextFields();
    void editsKeepTypes();
    void rejectsWithAReason();
    void newsDoesNotMoveTheList();
    void hostileTextStaysPlain();
    void everyControlSaysItsName();
    void offersOnlyWhatTheCaseTakes();
    void emptyStatesOfferOneThing();
    void shortcutsDoNotCollide();

private:
    void open(const QList<Proposal> &proposals, bool connected = true);
    void settle() { m->settle(); }
    void press(Qt::Key key) { m->press(key); }
    [[nodiscard]] QWidget *button(const char *id) const { return m->button(id); }
    [[nodiscard]] CaseId shown() const { return m->shown(); }
    [[nodiscard]] CaseState stateOf(const CaseId &id) const { return m->stateOf(id); }

    std::unique_ptr<InboxFixture> m;
    QAbstractItemView *m_list = nullptr;
};

void TestInbox::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestInbox::cleanup()
{
    m.reset();
}

void TestInbox::open(const QList<Proposal> &proposals, bool connected)
{
    m->show(proposals, connected);
    m_list = m->list();
}

void TestInbox::approvesByKeyAndUndoes()
{
    open(believable(9, m->services.base.clock.nowMs()));
    const CaseId first = shown();
    press(Qt::Key_A);
    m->say(QStringLiteral("Cracked indeed.")); // the risk is high
    QTRY_VERIFY(shown() != first); // the next one is there
    QCOMPARE(stateOf(first), CaseState::Held);
    QVERIFY(m_list->hasFocus());
    QTRY_VERIFY(button("inbox.undo")->isVisible());
    QTRY_VERIFY(m->model->find(first)->sendAtMs.has_value());
    QCOMPARE(m->model->indexOf(first) >= 0, true); // stays in place

    settle();
    press(Qt::Key_Z);
    QTRY_COMPARE(shown(), first);
    QTRY_COMPARE(stateOf(first), CaseState::Waiting);
    QTRY_VERIFY(!button("inbox.undo")->isVisible());
}

void TestInbox::waitsUntilTheCaseHasStoodStill()
{
    open(believable(3, m->services.base.clock.nowMs()));
    const CaseId first = shown();
    press(Qt::Key_J);
    QTRY_VERIFY(m->detail->current() && shown() != first);
    const CaseId second = shown();
    QTRY_COMPARE(m->detail->current()->id, second);
    press(Qt::Key_A); // at once: must do nothing
    QTest::mouseClick(button("inbox.approve"), Qt::LeftButton);
    m->services.base.clock.advance(style::armMs - 1);
    press(Qt::Key_A);
    QCoreApplication::processEvents();
    QCOMPARE(stateOf(second), CaseState::Waiting);
    m->services.base.clock.advance(1);
    press(Qt::Key_A);
    if (!m_list->hasFocus()) {
        m->say(QStringLiteral("Checked."));
    }
    QTRY_COMPARE(stateOf(second), CaseState::Held);
}

void TestInbox::ignoresAHeldKey()
{
    open(believable(3, m->services.base.clock.nowMs()));
    const CaseId first = shown();
    QKeyEvent repeat(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), true);
    QApplication::sendEvent(m_list, &repeat);
    QTest::simulateEvent(m_list, true, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), true);
    QCoreApplication::processEvents();
    QCOMPARE(shown(), first);
    QCOMPARE(stateOf(first), CaseState::Waiting);
}

void TestInbox::lettersAreFreeInTextFields()
{
    open(believable(3, m->services.base.clock.nowMs()));
    const CaseId first = shown();
    press(Qt::Key_Slash);
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(search);
    QTest::keyClicks(search, QStringLiteral("area"));
    QCOMPARE(search->text(), QStringLiteral("area"));
    QCOMPARE(stateOf(first), CaseState::Waiting);
    search->setText(QStringLiteral("pérez"));
    QTRY_COMPARE(m->model->rowCount(), 2);
}

void TestInbox::editsKeepTypes()
{
    Proposal asked = believable(1, m->services.base.clock.nowMs()).first();
    asked.schema = {};
    asked.arguments = parseJson("{\"whole\":42,\"text\":\"42\",\"money\":100.10,\"none\":null,"
                                "\"big\":12345678901234567890,\"yes\":true,\"list\":[1,2.50],"
                                "\"inner\":{\"name\":\"x\",\"n\":1e2}}")
                          .value();
    open({asked});
    press(Qt::Key_E);
    QLineEdit *money = nullptr;
    for (QLineEdit *line : m->page->findChildren<QLineEdit *>()) {
        if (line->text() == QLatin1String("100.10")) {
            money = line;
        }
    }
    QVERIFY(money);
    money->setText(QStringLiteral("1,5"));
    m->services.base.clock.advance(style::armMs);
    QTest::mouseClick(button("inbox.submit"), Qt::LeftButton);
    QCOMPARE(stateOf(shown()), CaseState::Waiting); // no number: refused
    money->setText(QStringLiteral("99.90"));
    money->setFocus();
    const CaseId id = shown();
    QTest::keyClick(money, Qt::Key_Return, Qt::ControlModifier);
    m->say(QStringLiteral("One coin less.")); // the risk is high
    QTRY_COMPARE(stateOf(id), CaseState::Held);
    Json wanted = asked.arguments;
    wanted.set(QStringLiteral("money"), Json::number("99.90"));
    const Case decided = m->services.theCase();
    QCOMPARE(decided.decision->kind, DecisionKind::Edit);
    QCOMPARE(toJson(*decided.decision->arguments), toJson(wanted));
}

void TestInbox::rejectsWithAReason()
{
    open(believable(2, m->services.base.clock.nowMs()));
    const CaseId id = shown();
    press(Qt::Key_R);
    auto *text = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(text);
    QTest::mouseClick(button("inbox.submit"), Qt::LeftButton);
    QCOMPARE(stateOf(id), CaseState::Waiting); // a reason is needed
    QTest::keyClicks(text, QStringLiteral("Too expensive"));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(stateOf(id), CaseState::Held);
    const Case decided = m->services.theCase(id.toString().toLatin1().constData());
    QCOMPARE(decided.decision->kind, DecisionKind::Reject);
    QCOMPARE(decided.decision->message, QStringLiteral("Too expensive"));
    QTRY_VERIFY(m_list->hasFocus());
}

void TestInbox::newsDoesNotMoveTheList()
{
    const qint64 now = m->services.base.clock.nowMs();
    const QList<Proposal> all = believable(9, now);
    open(all.mid(0, 5));
    const CaseId here = shown();
    QStringList before;
    for (int i = 0; i < m->model->rowCount(); ++i) {
        before.append(m->model->rowAt(i).id.toString());
    }
    (void)m->services.take(all);
    QTRY_COMPARE(m->model->newCount(), 4);
    QCOMPARE(m->model->rowCount(), 5);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(m->model->rowAt(i).id.toString(), before[i]);
    }
    press(Qt::Key_N);
    QTRY_COMPARE(m->model->rowCount(), 9);
    QCOMPARE(m->model->newCount(), 0);
    QCOMPARE(shown(), here);
    QCOMPARE(m->model->rowAt(m_list->currentIndex().row()).id, here);
}

void TestInbox::hostileTextStaysPlain()
{
    const QStringList corpus{QStringLiteral("<b>bold</b><img src=\"file:///etc/hostname\">"),
                             QStringLiteral("a < b and c > d"),
                             QStringLiteral("![x](http://127.0.0.1/x.png) [l](file:///etc/passwd)"),
                             QStringLiteral("pay \u202Eeciovni\u202C now\u200B \u2066x\u2069"),
                             QStringLiteral("&lt;b&gt; &amp; Approve\r\x1b[31m"),
                             QString(3000, QLatin1Char('W'))};
    for (const QString &evil : corpus) {
        m = std::make_unique<InboxFixture>();
        Proposal asked = believable(1, m->services.base.clock.nowMs()).first();
        asked.action = evil.left(100);
        asked.agent = asked.caseType = evil.left(60);
        asked.question = asked.reasoning = asked.recommendation = asked.impact.sentence = evil;
        asked.evidence = {{evil, evil, evil}};
        asked.uncertainty = asked.marks = {evil};
        asked.arguments = Json::object({{evil.left(40), Json(evil)}});
        asked.schema = {};
        open({asked});
        const QString tell = evil.left(8);
        for (const QLabel *label : m->page->findChildren<QLabel *>()) {
            if (label->text().contains(tell)) {
                QCOMPARE(label->textFormat(), Qt::PlainText);
            }
            QVERIFY(!label->openExternalLinks());
            QVERIFY(!label->text().contains(QChar(0x202E)));
        }
        for (const auto *edit : m->page->findChildren<QPlainTextEdit *>()) {
            QVERIFY(!edit->toPlainText().contains(QChar(0x202E)));
        }
        QVERIFY(m->page->findChildren<QTextEdit *>().isEmpty());
        for (const QWidget *widget : m->page->findChildren<QWidget *>()) {
            QVERIFY(!widget->toolTip().contains(tell));
        }
        QVERIFY(m->page->width() == 1208); // no text widens the page
    }
}

void TestInbox::everyControlSaysItsName()
{
    open(believable(9, m->services.base.clock.nowMs()));
    press(Qt::Key_E);
    int walked = 0;
    for (QWidget *widget : m->page->findChildren<QWidget *>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible()
            || qobject_cast<QAbstractSpinBox *>(widget->parentWidget())) {
            continue;
        }
        ++walked;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        const QString name = face ? face->text(QAccessible::Name) : QString();
        QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
        if (const auto *button = qobject_cast<QAbstractButton *>(widget);
            button && !button->text().isEmpty()) {
            QCOMPARE(name, button->text());
        }
    }
    QVERIFY(walked > 10);
    const QString row = m->model->data(m->model->index(0), Qt::AccessibleTextRole).toString();
    QVERIFY(row.contains(QLatin1String("risk")) && row.contains(QLatin1String("confidence")));
}

void TestInbox::offersOnlyWhatTheCaseTakes()
{
    QList<Proposal> asked = believable(1, m->services.base.clock.nowMs());
    asked.first().allowed = DecisionKind::Respond | DecisionKind::Ignore;
    open(asked);
    QVERIFY(button("inbox.sendback")->isVisible());
    QVERIFY(button("inbox.ignore")->isVisible());
    for (const char *id : {"inbox.approve", "inbox.edit", "inbox.reject", "inbox.repair"}) {
        QVERIFY2(!button(id)->isVisible(), id);
    }
    press(Qt::Key_A);
    QCoreApplication::processEvents();
    QCOMPARE(stateOf(shown()), CaseState::Waiting);
    for (const auto *each : m->page->findChildren<QPushButton *>()) {
        QVERIFY(!each->isDefault() && !each->autoDefault());
    }
}

void TestInbox::emptyStatesOfferOneThing()
{
    open({}, false);
    QSignalSpy asked(m->page.get(), &InboxPage::connectEndpointRequested);
    QAbstractButton *connectButton = nullptr;
    for (auto *each : m->page->findChildren<QAbstractButton *>()) {
        if (each->isVisible() && each->text() == QStringLiteral("Connect an endpoint…")) {
            connectButton = each;
        }
    }
    QVERIFY(connectButton);
    QTest::mouseClick(connectButton, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
}

void TestInbox::shortcutsDoNotCollide()
{
    open(believable(1, m->services.base.clock.nowMs()));
    QCOMPARE(m->actions.conflicts(), QStringList());
}

QTEST_MAIN(TestInbox)
#include "tst_inbox.moc"
