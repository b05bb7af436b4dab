// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"
#include "views/style/theme.h"

#include <QLineEdit>

using namespace countersign;

/// Several actions asked at once: one page, each part its own case, sent together.
class TestInboxParts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void decidesFourOnOnePage();
    void stepsByKeysAndKeepsEdits();
    void looksAtASiblingWithoutLeaving();
    void warnsBeforeRejecting();
    void warnsWhereARejectionStands();
    void prefersTheSiblingToTheNextInTheList();

private:
    [[nodiscard]] QList<Proposal> parts(int of, bool cancels = false);
    [[nodiscard]] QString progress() const;
    [[nodiscard]] QString siblings() const; ///< what the bar says of them
    [[nodiscard]] int part() const { return m->detail->current()->proposal.source.part; }

    std::unique_ptr<InboxFixture> m;
};

void TestInboxParts::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

QList<Proposal> TestInboxParts::parts(int of, bool cancels)
{
    QList<Proposal> made = believable(of, m->services.base.clock.nowMs());
    for (int i = 0; i < of; ++i) {
        made[i].source = made.first().source;
        made[i].source.part = i + 1;
        made[i].source.of = of;
        // Sorted apart from each other in the list, so that order is no accident.
        made[i].caseType = QStringLiteral("type %1").arg((i * 3) % of);
        made[i].rejectCancelsSiblings = cancels;
        made[i].risk = Risk::Low;
    }
    return made;
}

QString TestInboxParts::progress() const
{
    const auto *label = m->page->findChild<QLabel *>(QStringLiteral("partsProgress"));
    return label != nullptr && label->isVisible() ? label->text() : QString();
}

QString TestInboxParts::siblings() const
{
    const auto *label = m->page->findChild<QLabel *>(QStringLiteral("siblings"));
    return label->isVisible() ? label->text() : QString();
}

void TestInboxParts::decidesFourOnOnePage()
{
    m->show(parts(4));
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    m->list()->setFocus();
    m->settle();
    int rows = 0;
    for (const auto *row : m->page->findChildren<QWidget *>(QStringLiteral("part"))) {
        rows += row->isVisible() ? 1 : 0;
    }
    QCOMPARE(rows, 4);
    for (int decided = 0; decided < 4; ++decided) {
        QTRY_COMPARE(part(), decided + 1); // the next part that is open
        QTRY_VERIFY2(progress().startsWith(QStringLiteral("%1 of 4 decided.").arg(decided)),
                     qPrintable(progress()));
        QVERIFY(m->services.outbox().isEmpty());
        QVERIFY(m->list()->hasFocus());
        m->settle();
        m->press(Qt::Key_A);
        const CaseId id(QStringLiteral("c-%1").arg(decided + 1));
        QTRY_COMPARE(m->stateOf(id), CaseState::Held);
        QTRY_VERIFY(m->button("inbox.undo")->isEnabled());
    }
    QTRY_COMPARE(m->services.outbox().size(), 1); // one answer for all
    QCOMPARE(m->services.outbox().first().cases.size(), 4);
    QCOMPARE(m->services.count(event::decisionApprove), 4); // each with its own record
    m->press(Qt::Key_Z); // from the last part
    QTRY_COMPARE(m->stateOf(CaseId(QStringLiteral("c-4"))), CaseState::Waiting);
    QVERIFY(m->services.outbox().isEmpty());
    QCOMPARE(m->stateOf(CaseId(QStringLiteral("c-3"))), CaseState::Held);
    QTRY_VERIFY(progress().startsWith(QStringLiteral("3 of 4 decided.")));
}

void TestInboxParts::stepsByKeysAndKeepsEdits()
{
    m->show(parts(3));
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    m->list()->setFocus();
    m->settle();
    m->press(Qt::Key_E);
    QLineEdit *line = nullptr;
    QTRY_VERIFY((line = qobject_cast<QLineEdit *>(QApplication::focusWidget())) != nullptr);
    const QString before = line->text();
    QTest::keyClick(line, Qt::Key_End);
    QTest::keyClicks(line, QStringLiteral("X"));
    m->list()->setFocus();
    QTest::keyClick(m->list(), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-2")));
    m->settle();
    QCOMPARE(part(), 2);
    QTest::keyClick(m->list(), Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-1")));
    m->settle();
    QTest::keyClick(m->list(), Qt::Key_PageUp, Qt::ControlModifier); // round to the last
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-3")));
    m->settle();
    QTest::keyClick(m->list(), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-1")));
    m->settle();
    QVERIFY(m->says(QStringLiteral("You have begun to change this")));
    m->press(Qt::Key_E);
    QTRY_VERIFY((line = qobject_cast<QLineEdit *>(QApplication::focusWidget())) != nullptr);
    QCOMPARE(line->text(), before + QLatin1Char('X'));
}

void TestInboxParts::looksAtASiblingWithoutLeaving()
{
    m->show(parts(2));
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    m->list()->setFocus();
    m->settle();
    QVERIFY(!m->says(QStringLiteral("window_days_over"))); // an argument of the second
    m->press(Qt::Key_Return); // into the case
    QVERIFY(tabTo(QStringLiteral("Look")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(m->says(QStringLiteral("window_days_over")));
    QCOMPARE(m->shown(), CaseId(QStringLiteral("c-1")));
    QTRY_VERIFY(findButton(*m->page, QStringLiteral("Fold")) != nullptr);
    QTRY_VERIFY(findButton(*m->page, QStringLiteral("Fold"))->hasFocus());
    QVERIFY(tabTo(QStringLiteral("Decide")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-2")));
}

void TestInboxParts::warnsBeforeRejecting()
{
    m->show(parts(3, true));
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    m->list()->setFocus();
    m->settle();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-2")));
    m->settle();
    QCOMPARE(siblings(), QString());
    m->button("inbox.reject")->setFocus(Qt::TabFocusReason); // not pressed yet
    QTRY_VERIFY(
        siblings().contains(QStringLiteral("rejecting one part cancels its approved siblings")));
    QVERIFY2(siblings().contains(QStringLiteral("Approved so far: 1.")), qPrintable(siblings()));
    m->list()->setFocus();
    QTRY_COMPARE(siblings(), QString());
    m->press(Qt::Key_R); // by key: said with the question
    QVERIFY(siblings().contains(QStringLiteral("cancels its approved siblings")));
    QCOMPARE(m->stateOf(CaseId(QStringLiteral("c-2"))), CaseState::Waiting);
}

void TestInboxParts::warnsWhereARejectionStands()
{
    m->show(parts(2, true));
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    m->list()->setFocus();
    m->settle();
    m->press(Qt::Key_R);
    m->say(QStringLiteral("No."));
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-2")));
    m->settle();
    QTRY_VERIFY(m->says(QStringLiteral("Part 1 is rejected")));
    m->button("inbox.approve")->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(siblings().contains(QStringLiteral("will not run")));
}

/// Also where a filter keeps the sibling out of the list.
void TestInboxParts::prefersTheSiblingToTheNextInTheList()
{
    QList<Proposal> all = parts(2);
    QList<Proposal> others = believable(5, m->services.base.clock.nowMs());
    for (int i = 2; i < 5; ++i) {
        all.append(others[i]);
        all.last().caseType = all.first().caseType;
    }
    m->show(all);
    m->page->showCase(CaseId(QStringLiteral("c-1")));
    InboxFilter narrow;
    narrow.caseTypes = {all.first().caseType};
    m->model->setFilter(narrow);
    QTRY_VERIFY(m->model->indexOf(CaseId(QStringLiteral("c-2"))) < 0);
    m->list()->setFocus();
    m->settle();
    QCOMPARE(m->shown(), CaseId(QStringLiteral("c-1")));
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-2")));
    QVERIFY(m->model->filter() == narrow);
    m->settle();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(CaseId(QStringLiteral("c-2"))), CaseState::Held);
    QTRY_COMPARE(m->services.outbox().size(), 1);
}

QTEST_MAIN(TestInboxParts)
#include "tst_inboxparts.moc"
