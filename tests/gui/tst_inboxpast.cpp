// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"

#include "domain/headline.h"
#include "views/foreigntext.h"
#include "views/inbox/inboxlist.h"
#include "views/style/theme.h"

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Proposal refund(const char *question, const char *amount)
{
    Proposal made = ServicesFixture::proposal(question, amount);
    made.source.lane = made.source.question;
    made.arguments.set(text("method"), Json(text("card")));
    made.caseType = text("damaged_order");
    made.impact.amount = Decimal::parse(QByteArray(amount));
    made.impact.currency = text("EUR");
    return made;
}

} // namespace

/// How cases like this one ended, by keys alone: the sentence, each past case, and the way back.
class TestInboxPast final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        style::applyTheme(*qApp, style::Scheme::Light);
        m = std::make_unique<InboxFixture>();
    }
    void cleanup() { m.reset(); }

    void nothingLikeItYet()
    {
        m->show({refund("q1", "120")});
        QTRY_VERIFY(says("Nothing like this has been decided yet."));
    }

    void saysHowItsLikeEndedAndOpensIt()
    {
        withAPast();
        QTRY_VERIFY(says("3 like this: 1 approved, 1 edited (amount), 1 rejected."));
        QVERIFY(says("Rejected · Ana Pérez"));
        QVERIFY(says("Reason: Too late."));
        QVERIFY(says("Differs: amount 125, here 121. Same: method."));
        const auto *head = headOfSection();
        QVERIFY(head != nullptr && head->text().contains(u'3'));

        const CaseId asked = m->shown();
        const int row = m->list()->currentIndex().row();
        m->press(Qt::Key_Return);
        QTRY_VERIFY(tabTo(nameOf("c-2")));
        m->press(Qt::Key_Space);
        QCOMPARE(m->shown(), CaseId(text("c-2")));
        QTRY_VERIFY(says("Approved with changes by Ana Pérez"));
        QTRY_VERIFY(says(
            qPrintable(QStringLiteral("A past case, opened from “%1”.").arg(bare(nameOf("c-4"))))));
        // Whoever goes on lands where they were.
        QCOMPARE(m->list()->currentIndex().row(), row);
        QTRY_VERIFY(says("2 like this:"));
        QTRY_VERIFY(tabTo(nameOf("c-1")));
        m->press(Qt::Key_Space);
        QCOMPARE(m->shown(), CaseId(text("c-1")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m->shown(), CaseId(text("c-2")));
        m->press(Qt::Key_Escape);
        QCOMPARE(m->shown(), asked);
        QVERIFY(!says("A past case"));
        QTRY_VERIFY(says("3 like this:"));
        m->press(Qt::Key_Escape);
        QVERIFY(m->list()->hasFocus());
        QCOMPARE(m->list()->currentIndex().row(), row);
    }

    void theListForgetsTheWay()
    {
        withAPast();
        QTRY_VERIFY(says("3 like this:"));
        m->press(Qt::Key_Return);
        QTRY_VERIFY(tabTo(nameOf("c-3")));
        m->press(Qt::Key_Space);
        QCOMPARE(m->shown(), CaseId(text("c-3")));
        m->list()->setFocus();
        m->press(Qt::Key_A); // the past is not decided again
        QCOMPARE(m->stateOf(CaseId(text("c-4"))), CaseState::Waiting);
        m->press(Qt::Key_Return);
        QCOMPARE(m->shown(), CaseId(text("c-4")));
        QVERIFY(!says("A past case"));
    }

    void whatIsBeingChangedIsNotLost()
    {
        withAPast();
        QTRY_VERIFY(says("3 like this:"));
        m->press(Qt::Key_E);
        auto *row = findButton(*m->page, nameOf("c-2"));
        QVERIFY(row);
        row->click();
        QCOMPARE(m->shown(), CaseId(text("c-4")));
        QVERIFY(says("Finish or cancel your change first"));
    }

    void itFoldsAndKeepsItsCount()
    {
        withAPast();
        QTRY_VERIFY(says("3 like this:"));
        m->press(Qt::Key_Return);
        QAbstractButton *head = nullptr;
        QTRY_VERIFY((head = headOfSection()) != nullptr);
        head->setFocus(Qt::TabFocusReason);
        m->press(Qt::Key_Space);
        QVERIFY(!says("3 like this:"));
        QTRY_VERIFY(headOfSection() && headOfSection()->text().contains(u'3'));
        m->press(Qt::Key_Space);
        QTRY_VERIFY(says("3 like this:")); // what was built is shown in the next turn
    }

    /// What others decided tells an answer.
    void isHiddenUntilTheOwnAnswerStands()
    {
        withAPast();
        QVERIFY(finished(m->reviews->set({.name = QString::fromLatin1(setting::blindRate),
                                          .value = text("1"),
                                          .person = m->services.ana})));
        QTRY_VERIFY(says("Hidden until your own answer stands"));
        QVERIFY(!says("like this:"));
        QVERIFY(findButton(*m->page, nameOf("c-2")) == nullptr);
        QTRY_VERIFY(m->detail->isVeiled());
        m->settle();
        m->list()->setFocus();
        m->press(Qt::Key_A);
        QTRY_VERIFY(says("3 like this:"));
    }

private:
    [[nodiscard]] bool says(const char *words) const
    {
        for (const QLabel *label : m->page->findChildren<QLabel *>()) {
            if (label->isVisible() && bare(label->text()).contains(QString::fromUtf8(words))) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] QString nameOf(const char *id)
    {
        return foreignLine(headlineOf(m->services.theCase(id).proposal), 60);
    }
    [[nodiscard]] QAbstractButton *headOfSection() const
    {
        for (auto *button : m->page->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text().startsWith(text("Like this"))) {
                return button;
            }
        }
        return nullptr;
    }
    /// c-1 was approved, c-2 lowered, c-3 rejected; c-4 waits and is shown.
    void withAPast()
    {
        const QList<Proposal> asked{refund("q1", "120"), refund("q2", "125"), refund("q3", "118"),
                                    refund("q4", "121")};
        m->open({asked.at(0), asked.at(1), asked.at(2)});
        for (const Proposal &one : asked) {
            m->services.server.ask({one});
        }
        QVERIFY(m->services.approve("c-1"));
        DecisionRequest lower = m->services.request("c-2", DecisionKind::Edit);
        lower.arguments = asked.at(1).arguments;
        lower.arguments->set(text("amount"), Json::number("100"));
        QVERIFY(m->services.decide(lower));
        DecisionRequest late = m->services.request("c-3", DecisionKind::Reject);
        late.message = text("Too late.");
        QVERIFY(m->services.decide(late));
        m->services.base.clock.advance(60'000);
        QCOMPARE(m->services.deliver(), 3);
        m->services.take(m->services.server.look());
        m->page->resize(1208, 760);
        m->page->show();
        QVERIFY(QTest::qWaitForWindowActive(m->page.get()));
        QTRY_VERIFY(m->model->isLoaded());
        QTRY_VERIFY(m->model->find(CaseId(text("c-4"))));
        m->page->showCase(CaseId(text("c-4")));
        QTRY_VERIFY(m->list()->currentIndex().isValid());
        QTRY_COMPARE(m->model->idAt(m->list()->currentIndex().row()), CaseId(text("c-4")));
        m->list()->setFocus();
        m->settle();
    }

    std::unique_ptr<InboxFixture> m;
};

QTEST_MAIN(TestInboxPast)
#include "tst_inboxpast.moc"
