// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/style/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>

using namespace countersign;

/// Every way a case can go from the page, and what the page keeps.
class TestInboxWays final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void sendsBackWithGuidance();
    void ignores();
    void asksForWordsWhereTheRiskIsHigh();
    void setsAsideAndTakesBack();
    void repairs();
    void decidesPartsOfOneQuestion();
    void warnsOfSiblingsBeforeItMatters();
    void followsTheThemeLive();
    void restoresItsState();
    void leavesNumbersUntouched();
    void saysWhatTheAgentChanged();

private:
    [[nodiscard]] QList<Proposal> asked(int count)
    {
        return believable(count, m->services.base.clock.nowMs());
    }
    [[nodiscard]] QList<Proposal> parts(int of);

    std::unique_ptr<InboxFixture> m;
};

void TestInboxWays::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

QList<Proposal> TestInboxWays::parts(int of)
{
    QList<Proposal> made = asked(of);
    for (int i = 0; i < of; ++i) {
        made[i].source = made.first().source;
        made[i].source.part = i + 1;
        made[i].source.of = of;
        made[i].caseType = QStringLiteral("one question");
        made[i].rejectCancelsSiblings = true;
        made[i].risk = Risk::Low;
    }
    return made;
}

void TestInboxWays::sendsBackWithGuidance()
{
    m->show(asked(2));
    const CaseId id = m->shown();
    m->press(Qt::Key_S);
    auto *text = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(text);
    QTest::keyClicks(text, QStringLiteral("Ask the customer for a photo"));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(m->caseOf(id).decision->kind, DecisionKind::Respond);
    QCOMPARE(m->caseOf(id).decision->message, QStringLiteral("Ask the customer for a photo"));
    QTRY_VERIFY(m->shown() != id);
}

void TestInboxWays::ignores()
{
    QList<Proposal> all = asked(2);
    for (Proposal &each : all) {
        each.allowed |= DecisionKind::Ignore;
    }
    m->show(all);
    const CaseId id = m->shown();
    m->press(Qt::Key_I);
    m->say(QStringLiteral("Spam.")); // the risk is high
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(m->caseOf(id).decision->kind, DecisionKind::Ignore);
}

/// No key and no button approves what is risky without a word; blanks are none; Esc takes it back.
void TestInboxWays::asksForWordsWhereTheRiskIsHigh()
{
    QList<Proposal> all = asked(2);
    all.first().risk = Risk::High;
    m->show({all.first()});
    const CaseId id = m->shown();
    m->press(Qt::Key_A);
    QVERIFY(!m->list()->hasFocus());
    m->say(QStringLiteral("  "));
    QVERIFY(m->says(QStringLiteral("say in a few words why")));
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
    m->press(Qt::Key_Escape);
    QVERIFY(m->list()->hasFocus());
    QTest::mouseClick(m->button("inbox.approve"), Qt::LeftButton);
    m->say(QStringLiteral("The photos show it."));
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(m->caseOf(id).decision->kind, DecisionKind::Approve);
    QCOMPARE(m->caseOf(id).decision->message, QStringLiteral("The photos show it."));
}

void TestInboxWays::setsAsideAndTakesBack()
{
    m->show(asked(2));
    const CaseId id = m->shown();
    m->press(Qt::Key_D);
    m->press(Qt::Key_Return); // the first that is offered
    QTRY_VERIFY(m->shown() != id);
    QVERIFY(m->caseOf(id).setAsideUntilMs.value_or(0) > m->services.base.clock.nowMs());
    QTRY_COMPARE(m->model->counts().queues.value(InboxQueue::SetAside), 1);
    m->page->showCase(id);
    m->settle();
    QTRY_COMPARE(m->button("inbox.setaside")->text(), QStringLiteral("Take back"));
    QTest::mouseClick(m->button("inbox.setaside"), Qt::LeftButton);
    QTRY_VERIFY(!m->caseOf(id).setAsideUntilMs);
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
}

void TestInboxWays::repairs()
{
    QList<Proposal> all = asked(1);
    all.first().trouble
        = Trouble{QStringLiteral("poisoned"), QStringLiteral("The thread is stuck."), true};
    m->show(all);
    QCOMPARE(m->stateOf(m->shown()), CaseState::Trouble);
    QVERIFY(!m->button("inbox.approve")->isVisible());
    QVERIFY(m->button("inbox.repair")->isVisible());
    QTest::mouseClick(m->button("inbox.repair"), Qt::LeftButton);
    QTRY_COMPARE(m->services.count(event::repairRequested), 1);
    QTRY_VERIFY(m->says(QStringLiteral("The repair is on its way.")));
}

void TestInboxWays::decidesPartsOfOneQuestion()
{
    m->show(parts(3));
    const CaseId first = m->shown();
    QVERIFY(m->says(QStringLiteral("0 of 3 decided.")));
    m->press(Qt::Key_A);
    QTRY_VERIFY(m->says(QStringLiteral("1 of 3 parts decided; goes out with the last.")));
    QVERIFY(m->services.outbox().isEmpty());
    m->settle();
    m->press(Qt::Key_A);
    QTRY_VERIFY(m->says(QStringLiteral("2 of 3 parts decided")));
    m->settle();
    const CaseId last = m->shown();
    QVERIFY(last != first);
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->services.outbox().size(), 1);
    QTRY_VERIFY(m->button("inbox.undo")->isVisible());
    QTRY_VERIFY(m->button("inbox.undo")->isEnabled()); // the decision has come to its end
    m->press(Qt::Key_Z);
    QTRY_COMPARE(m->stateOf(last), CaseState::Waiting); // the last part alone is taken back
    QVERIFY(m->services.outbox().isEmpty());
    QCOMPARE(m->stateOf(first), CaseState::Held);
    QTRY_VERIFY(m->button("inbox.undo")->isEnabled()); // the undo has come to its end
    QTRY_VERIFY(!m->button("inbox.undo")->isVisible());
    QCOMPARE(m->shown(), last);
    m->page->showCase(first); // and an earlier one can still be
    m->settle();
    QTRY_VERIFY(m->says(QStringLiteral("Goes out with the last part.")));
    QTest::mouseClick(m->button("inbox.undo"), Qt::LeftButton);
    QTRY_COMPARE(m->stateOf(first), CaseState::Waiting);
}

void TestInboxWays::warnsOfSiblingsBeforeItMatters()
{
    const QString warning = QStringLiteral("rejecting one part cancels its approved siblings");
    m->show(parts(2));
    const CaseId id = m->shown();
    m->press(Qt::Key_R);
    const QWidget *bar = m->button("inbox.submit")->parentWidget();
    const QList<QLabel *> labels = bar->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&warning](const QLabel *label) -> bool {
        return label->isVisible() && label->text().contains(warning);
    }));
    QCOMPARE(m->stateOf(id), CaseState::Waiting); // said before, not after
}

void TestInboxWays::followsTheThemeLive()
{
    m->show(asked(3));
    const QImage light = m->page->grab().toImage();
    style::applyTheme(*qApp, style::Scheme::Dark);
    QCoreApplication::processEvents();
    const QImage dark = m->page->grab().toImage();
    QVERIFY(light.pixelColor(4, 4).lightness() > 200);
    const auto isBright = [](const QImage &image) -> int {
        int bright = 0;
        for (int y = 0; y < image.height(); y += 3) {
            for (int x = 0; x < image.width(); x += 3) {
                bright += qGray(image.pixel(x, y)) > 128 ? 1 : 0;
            }
        }
        return bright;
    };
    // Nothing of the light ground is left: what is bright is text and symbols.
    QVERIFY(isBright(light) > light.width() * light.height() / 9 / 2);
    QVERIFY2(isBright(dark) < dark.width() * dark.height() / 9 / 8,
             qPrintable(QString::number(isBright(dark))));
}

void TestInboxWays::restoresItsState()
{
    m->show(asked(9));
    InboxFilter filter;
    filter.queue = InboxQueue::Waiting;
    filter.caseTypes = {m->model->rowAt(0).caseType};
    filter.unknownConfidence = false;
    filter.minConfidence = Decimal::parse(QByteArray("0.25"));
    m->model->setFilter(filter);
    const InboxOrder order{InboxGroup::Action, {{InboxColumn::Amount, true}, {InboxColumn::Age}}};
    m->model->setOrder(order);
    auto *split = m->page->findChild<QSplitter *>();
    const QByteArray before = split->saveState();
    split->setSizes({230, 420, 558});
    QVERIFY(split->saveState() != before);
    const QByteArray sizes = split->saveState();
    m->page.reset();
    m->detail = std::make_unique<CaseModel>(*m->services.base.store);
    m->model = std::make_unique<InboxModel>(*m->services.base.store, m->services.base.clock);
    ActionRegistry again;
    m->makePage(again);
    m->model->load();
    m->page->resize(1208, 760);
    m->page->show();
    QTRY_VERIFY(m->model->isLoaded());
    QCOMPARE(m->model->filter(), filter);
    QVERIFY(m->model->order() == order);
    QCOMPARE(m->page->findChild<QSplitter *>()->saveState(), sizes);
    m->page.reset();
}

void TestInboxWays::leavesNumbersUntouched()
{
    QList<Proposal> all = asked(1);
    const QByteArray before = "{\"whole\":42,\"text\":\"42\",\"money\":100.10,\"none\":null,"
                              "\"big\":12345678901234567890,\"note\":\"old\",\"flag\":false}";
    all.first().schema = {};
    all.first().arguments = parseJson(before).value();
    m->show(all);
    const CaseId id = m->shown();
    m->press(Qt::Key_E);
    for (QLineEdit *line : m->page->findChildren<QLineEdit *>()) {
        if (line->text() == QLatin1String("old")) {
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, QStringLiteral("new"));
            QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
        }
    }
    m->say(QStringLiteral("A newer note.")); // the risk is high
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QByteArray after = before;
    after.replace("old", "new");
    QCOMPARE(toJson(*m->caseOf(id).decision->arguments), toJson(parseJson(after).value()));
    Proposal wanted = m->caseOf(id).proposal;
    Proposal sent = wanted;
    wanted.arguments = parseJson(after).value();
    sent.arguments = *m->caseOf(id).decision->arguments;
    QCOMPARE(sent.digest(), wanted.digest());
    QVERIFY(toJson(sent.arguments).contains("12345678901234567890"));
    QVERIFY(toJson(sent.arguments).contains("100.10"));
}

void TestInboxWays::saysWhatTheAgentChanged()
{
    QList<Proposal> all = asked(1);
    m->show(all);
    const CaseId id = m->shown();
    all.first().arguments.set(QStringLiteral("added"), Json(QStringLiteral("later")));
    (void)m->services.take(all);
    QTRY_VERIFY(m->says(QStringLiteral("The agent changed its proposal.")));
    m->press(Qt::Key_A); // too soon after the change
    QCoreApplication::processEvents();
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
}

QTEST_MAIN(TestInboxWays)
#include "tst_inboxways.moc"
