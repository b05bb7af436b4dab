// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/inbox/batchpanel.h"
#include "views/inbox/batchtable.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/inboxlist.h"
#include "views/style/theme.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace countersign;

/// Many cases, one decision, by keys.
class TestInboxBatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void selectsByKeys();
    void selectsByMouse();
    void selectsAllLikeThisOne();
    void selectsWhatTheFilterLeaves();
    void selectionOutlivesNewsAndResets();
    void panelSumsUp();
    void leavesOddOnesOut();
    void approvesManyAndTakesAllBack();
    void rejectsManyWithOneReason();
    void waitsUntilTheSelectionHasStoodStill();
    void ignoresAHeldKey();
    void offersNoEditAndSaysWhatCannot();
    void leavesOutWhatChangedMeanwhile();
    void leavesOutWhatEndedMeanwhile();
    void totalsAreExact();
    void whatIsAnsweredBlindIsNotSummedUp();
    void escapeStopsTheRest();
    void looksAtOneAndComesBack();
    void everyControlSaysItsName();

private:
    void open(const QList<Proposal> &proposals);
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, with);
    }
    void settle(); ///< lets the selection be summed up, and half a second pass
    [[nodiscard]] QStringList marked() const;
    [[nodiscard]] int inState(CaseState state);
    [[nodiscard]] bool panelShown() const { return m_panel->isVisible(); }

    std::unique_ptr<InboxFixture> m;
    InboxList *m_list = nullptr;
    BatchPanel *m_panel = nullptr;
};

void TestInboxBatch::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestInboxBatch::cleanup()
{
    m.reset();
}

void TestInboxBatch::open(const QList<Proposal> &proposals)
{
    m->show(proposals);
    m_list = m->page->findChild<InboxList *>();
    m_panel = m->page->findChild<BatchPanel *>();
    QVERIFY(m_list && m_panel);
}

void TestInboxBatch::settle()
{
    QTRY_VERIFY(m_list->marks().size() > 1);
    QTRY_VERIFY(!m->batch->isReading());
    m->services.base.clock.advance(style::armMs);
}

QStringList TestInboxBatch::marked() const
{
    QStringList ids;
    for (const CaseId &id : m_list->marked()) {
        ids.append(id.toString());
    }
    return ids;
}

int TestInboxBatch::inState(CaseState state)
{
    const QList<Case> all = m->services.cases();
    return int(std::count_if(all.begin(), all.end(),
                             [state](const Case &one) -> bool { return one.state == state; }));
}

void TestInboxBatch::selectsByKeys()
{
    open(alike(9));
    press(Qt::Key_Space);
    QCOMPARE(marked(), QStringList{QStringLiteral("c-1")});
    QVERIFY(!panelShown()); // one is the case itself
    press(Qt::Key_J);
    press(Qt::Key_J, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(marked(),
             (QStringList{QStringLiteral("c-1"), QStringLiteral("c-2"), QStringLiteral("c-3"),
                          QStringLiteral("c-4")}));
    QVERIFY(panelShown());
    press(Qt::Key_K, Qt::ShiftModifier); // back again
    QCOMPARE(marked().size(), 3);
    press(Qt::Key_J); // the cursor alone
    press(Qt::Key_J);
    QCOMPARE(marked().size(), 3);
    press(Qt::Key_Up, Qt::ShiftModifier); // a new range beside the first
    QCOMPARE(marked().size(), 5);
    press(Qt::Key_Space);
    QCOMPARE(marked().size(), 4);
    press(Qt::Key_Escape);
    QVERIFY(marked().isEmpty());
    QVERIFY(!panelShown());
    press(Qt::Key_A, Qt::ControlModifier);
    QTRY_COMPARE(marked().size(), 9);
    QVERIFY(m->says(QStringLiteral("9 selected")));
    press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(marked().isEmpty());
}

void TestInboxBatch::selectsByMouse()
{
    open(alike(9));
    const auto click = [this](int row, Qt::KeyboardModifiers with) -> void {
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, with,
                          m_list->visualRect(m->model->index(row)).center());
    };
    click(2, Qt::ControlModifier); // with the current one, as in every list
    QCOMPARE(marked(), (QStringList{QStringLiteral("c-1"), QStringLiteral("c-3")}));
    click(5, Qt::ShiftModifier);
    QCOMPARE(marked().size(), 5);
    click(4, Qt::ControlModifier);
    QCOMPARE(marked().size(), 4);
    click(1, Qt::NoModifier);
    QVERIFY(marked().isEmpty());
    QCOMPARE(m->shown().toString(), QStringLiteral("c-2"));
}

void TestInboxBatch::selectsAllLikeThisOne()
{
    QList<Proposal> proposals = alike(8);
    proposals[1].arguments.set(QStringLiteral("rush"), Json(true)); // another shape
    proposals[2].action = QStringLiteral("pay_invoice");
    proposals[4].caseType = QStringLiteral("late_order");
    open(proposals);
    while (m->shown().toString() != QLatin1String("c-1")) {
        press(Qt::Key_J);
    }
    QVERIFY(m->services.approve("c-7")); // no longer waits
    QTRY_COMPARE(m->model->find(CaseId(QStringLiteral("c-7")))->state, CaseState::Held);
    press(Qt::Key_L);
    QTRY_COMPARE(marked(),
                 (QStringList{QStringLiteral("c-1"), QStringLiteral("c-4"), QStringLiteral("c-6"),
                              QStringLiteral("c-8")}));
}

void TestInboxBatch::selectsWhatTheFilterLeaves()
{
    open(alike(12));
    InboxFilter filter = m->model->filter();
    filter.text = QStringLiteral("4003");
    m->model->setFilter(filter);
    QTRY_COMPARE(m->model->rowCount(), 1);
    press(Qt::Key_A, Qt::ControlModifier);
    QTRY_COMPARE(marked(), QStringList{QStringLiteral("c-4")});
    filter.text.clear();
    m->model->setFilter(filter);
    QTRY_COMPARE(m->model->rowCount(), 12);
    QCOMPARE(marked(), QStringList{QStringLiteral("c-4")});
    press(Qt::Key_A, Qt::ControlModifier);
    QTRY_COMPARE(marked().size(), 12);
    filter.text = QStringLiteral("4003");
    m->model->setFilter(filter); // what is out of sight is not decided
    QTRY_COMPARE(marked(), QStringList{QStringLiteral("c-4")});
}

void TestInboxBatch::selectionOutlivesNewsAndResets()
{
    QList<Proposal> proposals = alike(6);
    open(proposals);
    press(Qt::Key_J);
    press(Qt::Key_J, Qt::ShiftModifier);
    const QStringList before = marked();
    const CaseId current = m_list->currentCase();
    QList<Proposal> more = alike(9);
    (void)m->services.take(more);
    QTRY_COMPARE(m->model->newCount(), 3);
    QCOMPARE(m->model->rowCount(), 6);
    QCOMPARE(marked(), before);
    press(Qt::Key_N);
    QTRY_COMPARE(m->model->rowCount(), 9);
    QCOMPARE(marked(), before);
    m->model->setOrder({.keys = {{InboxColumn::Amount}}});
    QStringList after = marked();
    std::sort(after.begin(), after.end());
    QCOMPARE(after, before);
    QCOMPARE(m_list->currentCase(), current);
    QVERIFY(panelShown());
}

void TestInboxBatch::panelSumsUp()
{
    open(alike(40));
    press(Qt::Key_L);
    settle();
    QVERIFY(panelShown());
    QVERIFY(m->says(QStringLiteral("40 cases selected")));
    QVERIFY(m->says(QStringLiteral("39 of them can be decided together.")));
    QVERIFY(m->says(QStringLiteral("1 cannot be decided with the others · 5 unlike the others")));
    QVERIFY(m->says(QStringLiteral("1 cannot take “Approve”.")));
    QVERIFY(m->says(QStringLiteral("EUR")));
    QVERIFY(m->says(QStringLiteral("GBP")));
    const auto *apart = m_panel->findChild<BatchTable *>(QStringLiteral("apart"));
    QCOMPARE(apart->topLevelItemCount(), 6); // three give no confidence
    QVERIFY(apart->topLevelItem(0)->text(2).contains(QStringLiteral("high risk")));
    const auto found = apart->findItems(QStringLiteral("48,000.00"), Qt::MatchContains, 1);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first()->text(2), QStringLiteral("far larger amount"));
}

void TestInboxBatch::leavesOddOnesOut()
{
    open(alike(40));
    press(Qt::Key_L);
    settle();
    press(Qt::Key_O);
    QCOMPARE(marked().size(), 34);
    settle();
    QVERIFY(m->says(QStringLiteral("34 cases selected")));
    QVERIFY(!m->says(QStringLiteral("unlike the others")));
    QCOMPARE(m->batch->summary().decidable.size(), 34);
}

void TestInboxBatch::approvesManyAndTakesAllBack()
{
    QList<Proposal> proposals = alike(5);
    open(proposals);
    press(Qt::Key_J);
    press(Qt::Key_J, Qt::ShiftModifier);
    press(Qt::Key_Space); // not the far larger one… it was never reached: c-2 and c-3
    press(Qt::Key_Space);
    settle();
    press(Qt::Key_A);
    QTRY_COMPARE(inState(CaseState::Held), 2);
    QTRY_VERIFY(marked().isEmpty());
    QVERIFY(!panelShown());
    QVERIFY(m_list->hasFocus());
    QVERIFY(m->says(QStringLiteral("Approved: 2 cases")));
    QTRY_COMPARE(m->shown().toString(), QStringLiteral("c-4")); // the next that waits
    QVERIFY(m->button("inbox.undo")->isVisible());
    press(Qt::Key_Z);
    QTRY_COMPARE(inState(CaseState::Waiting), 5);
    QTRY_COMPARE(marked(), (QStringList{QStringLiteral("c-2"), QStringLiteral("c-3")}));
    QVERIFY(panelShown());
    QVERIFY(!m->button("inbox.undo")->isVisible());
}

void TestInboxBatch::rejectsManyWithOneReason()
{
    open(alike(9));
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    press(Qt::Key_R);
    auto *editor = m->page->findChild<DecisionBar *>()->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(editor->hasFocus());
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m->says(QStringLiteral("Say in a few words why they are rejected.")));
    QTest::keyClicks(editor, QStringLiteral("not this month"));
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(inState(CaseState::Held), 8); // all but the one of high risk
    for (const Case &one : m->services.cases()) {
        if (one.decision) {
            QCOMPARE(one.decision->message, QStringLiteral("not this month"));
            QCOMPARE(one.decision->kind, DecisionKind::Reject);
        }
    }
    QTRY_VERIFY(!m->button("inbox.submit")->isVisible());
}

void TestInboxBatch::waitsUntilTheSelectionHasStoodStill()
{
    open(alike(3));
    press(Qt::Key_J, Qt::ShiftModifier);
    QTRY_VERIFY(!m->batch->isReading());
    press(Qt::Key_A);
    QTest::mouseClick(m->button("inbox.approve"), Qt::LeftButton);
    QVERIFY(m->says(QStringLiteral("The selection has only just changed.")));
    m->services.base.clock.advance(style::armMs - 1);
    press(Qt::Key_A);
    QCoreApplication::processEvents();
    QCOMPARE(inState(CaseState::Held), 0);
    m->services.base.clock.advance(1);
    press(Qt::Key_A);
    QTRY_COMPARE(inState(CaseState::Held), 2);
}

void TestInboxBatch::ignoresAHeldKey()
{
    open(alike(3));
    press(Qt::Key_J, Qt::ShiftModifier);
    settle();
    QTest::simulateEvent(m_list, true, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), true);
    QCoreApplication::processEvents();
    QCOMPARE(inState(CaseState::Held), 0);
    for (const auto *button : m->page->findChildren<QPushButton *>()) {
        QVERIFY(!button->isDefault() && !button->autoDefault());
    }
}

void TestInboxBatch::offersNoEditAndSaysWhatCannot()
{
    open(alike(9)); // number 7 can only be rejected
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    QVERIFY(m->button("inbox.reject")->isVisible());
    for (const char *id : {"inbox.approve", "inbox.edit", "inbox.sendback"}) {
        QVERIFY2(!m->button(id)->isVisible(), id);
    }
    QVERIFY(m->says(QStringLiteral("1 cannot take “Send back”.")));
    press(Qt::Key_A);
    press(Qt::Key_E);
    QCoreApplication::processEvents();
    QCOMPARE(inState(CaseState::Waiting), 9);
}

/// What the person saw when selecting is what they decide on.
void TestInboxBatch::leavesOutWhatChangedMeanwhile()
{
    QList<Proposal> proposals = alike(3);
    open(proposals);
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    m->batch->pause(true); // the panel does not know yet, the service does
    proposals[1].arguments.set(QStringLiteral("amount"), Json(99));
    (void)m->services.take(proposals);
    press(Qt::Key_A);
    QTRY_COMPARE(inState(CaseState::Held), 2);
    QTRY_VERIFY(m->says(QStringLiteral("These were left out:")));
    QVERIFY(m->says(QStringLiteral("Approved: 2 cases")));
    const auto *leftOut = m_panel->findChild<BatchTable *>(QStringLiteral("leftout"));
    QVERIFY(leftOut->isVisible());
    QCOMPARE(leftOut->topLevelItemCount(), 1);
    QVERIFY(leftOut->topLevelItem(0)->text(1).startsWith(
        QStringLiteral("The proposal changed since you looked")));
    QVERIFY(m->button("inbox.undo")->isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!panelShown());
    QCOMPARE(marked(), QStringList{QStringLiteral("c-2")}); // still selected, to be looked at
}

void TestInboxBatch::leavesOutWhatEndedMeanwhile()
{
    QList<Proposal> proposals = alike(4);
    proposals[3].impact = proposals[0].impact; // not the far larger one
    open(proposals);
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    m->batch->pause(true); // all of it between the look and the key
    QVERIFY(m->services.approve("c-3"));
    proposals.removeAt(1); // its time ran out at the agent
    (void)m->services.take(proposals);
    press(Qt::Key_A);
    QTRY_COMPARE(inState(CaseState::Held), 3);
    QTRY_VERIFY(m->says(QStringLiteral("Approved: 2 cases")));
    QVERIFY(m->says(QStringLiteral("These were left out:")));
    const auto *leftOut = m_panel->findChild<BatchTable *>(QStringLiteral("leftout"));
    QTRY_COMPARE(leftOut->topLevelItemCount(), 2);
    QStringList reasons{leftOut->topLevelItem(0)->text(1), leftOut->topLevelItem(1)->text(1)};
    std::sort(reasons.begin(), reasons.end());
    QVERIFY2(reasons.at(0).contains(QStringLiteral("decided “approve” at")),
             qPrintable(reasons.at(0)));
    QVERIFY2(reasons.at(1).contains(QStringLiteral("withdrew")), qPrintable(reasons.at(1)));
}

void TestInboxBatch::totalsAreExact()
{
    QList<Proposal> proposals = alike(5);
    const char *amounts[] = {"0.10", "0.20", "12345678901234567890.01", "0.1", "99"};
    for (int i = 0; i < proposals.size(); ++i) {
        proposals[i].risk = Risk::Low;
        proposals[i].impact = {.amount = Decimal::parse(QByteArray(amounts[i])),
                               .currency = i == 4 ? QStringLiteral("JPY") : QStringLiteral("EUR"),
                               .sentence = {}};
    }
    open(proposals);
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    QVERIFY(m->says(QStringLiteral("12,345,678,901,234,567,890.41")));
    QVERIFY(m->says(QStringLiteral("99")));
    QVERIFY(m->says(QStringLiteral("4 cases, ")));
}

/// Neither the strip of dots nor what is odd may tell what the list hides.
void TestInboxBatch::whatIsAnsweredBlindIsNotSummedUp()
{
    open(alike(12));
    const auto all = finished(m->reviews->set({.name = QStringLiteral("blind_rate"),
                                               .value = QStringLiteral("1"),
                                               .person = m->services.ana}));
    QVERIFY(all);
    QTRY_VERIFY(m->detail->isVeiled());
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    QCOMPARE(m->batch->summary().blind, 12);
    QVERIFY(m->batch->summary().confidences.isEmpty());
    QVERIFY(m->says(QStringLiteral("12 wait for your own answer")));
    for (const char *id : {"inbox.approve", "inbox.reject", "inbox.sendback"}) {
        QVERIFY2(!m->button(id)->isVisible(), id);
    }
    press(Qt::Key_A);
    QCoreApplication::processEvents();
    QCOMPARE(inState(CaseState::Held), 0);
}

void TestInboxBatch::escapeStopsTheRest()
{
    constexpr int many = 400; // pieces enough for a key to get in between
    open(alike(many));
    press(Qt::Key_L);
    settle();
    press(Qt::Key_O);
    settle();
    const qsizetype all = m->batch->summary().decidable.size();
    QVERIFY(all > many * 3 / 4);
    QSignalSpy commits(m->services.base.store.get(), &Store::changed);
    press(Qt::Key_R);
    auto *editor = m->page->findChild<DecisionBar *>()->findChild<QPlainTextEdit *>();
    QTest::keyClicks(editor, QStringLiteral("no"));
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!commits.isEmpty());
    QTRY_VERIFY(m->button("inbox.stopbatch")->isVisible());
    QTest::keyClick(m->page.get(), Qt::Key_Escape);
    QTRY_VERIFY(m->says(QStringLiteral("You stopped it.")));
    const int held = inState(CaseState::Held);
    QVERIFY(held >= 25 && held < all);
    QCOMPARE(inState(CaseState::Waiting), many - held);
    QCOMPARE(marked().size(), all - held); // so that it can go on
}

void TestInboxBatch::looksAtOneAndComesBack()
{
    open(alike(9));
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    press(Qt::Key_J);
    press(Qt::Key_Return);
    QVERIFY(!panelShown());
    QVERIFY(m->says(QStringLiteral("Only this case. Esc goes back to the 9 selected.")));
    QTRY_COMPARE(m->detail->current()->id.toString(), QStringLiteral("c-2"));
    press(Qt::Key_Escape);
    QVERIFY(panelShown());
    QCOMPARE(marked().size(), 9);
    press(Qt::Key_Return);
    QTRY_VERIFY(!m->detail->isReading());
    m->services.base.clock.advance(style::armMs);
    press(Qt::Key_A); // this one alone
    QTRY_COMPARE(inState(CaseState::Held), 1);
    press(Qt::Key_Escape);
    QVERIFY(panelShown());
    QTRY_VERIFY(!m->batch->isReading() && m->batch->summary().decidable.size() == 7);
}

void TestInboxBatch::everyControlSaysItsName()
{
    open(alike(40));
    press(Qt::Key_L);
    settle();
    for (QWidget *widget : m_panel->findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus
            && !widget->objectName().startsWith(QLatin1String("qt_"))) {
            const auto *spoken = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    const QAbstractItemModel *model = m->model.get();
    QVERIFY(model->index(0, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith(QStringLiteral("Selected. ")));
    QVERIFY(m->actions.conflicts().isEmpty());
}

QTEST_MAIN(TestInboxBatch)
#include "tst_inboxbatch.moc"
