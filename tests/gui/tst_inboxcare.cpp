// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/aside.h"
#include "gui/inboxfixture.h"
#include "services/people.h"
#include "views/words.h"

#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace countersign;

/// Minding cases with the keys alone.
class TestInboxCare final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void setsAsideUntilATimeOfItsOwn();
    void setsAsideUntilSomethingChanges();
    void assignsByNameAndToOneself();
    void commentsInFull();
    void followsUpApartFromTheDueTime();
    void manyAtOnce();
    void escapeChangesNothing();
    void theTimelineGoesBackToFirstSight();

private:
    [[nodiscard]] QWidget *sheet() const
    {
        return m->page->findChild<QWidget *>(QStringLiteral("care"));
    }
    [[nodiscard]] QStringList offered() const
    {
        QStringList texts;
        auto *list = m->page->findChild<QListWidget *>(QStringLiteral("choices"));
        for (int i = 0; list != nullptr && i < list->count(); ++i) {
            QString text = list->item(i)->text();
            texts.append(text.remove(QChar(0x2068)).remove(QChar(0x2069))); // isolated names
        }
        return texts;
    }
    /// Down to this choice, and Enter.
    void choose(const QString &text)
    {
        const auto row = offered().indexOf(text);
        QVERIFY2(row >= 0, qPrintable(offered().join(u'|')));
        for (qsizetype i = 0; i < row; ++i) {
            m->press(Qt::Key_Down);
        }
        m->press(Qt::Key_Return);
        QTRY_VERIFY(!sheet());
    }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    [[nodiscard]] qint64 now() const { return m->services.base.clock.nowMs(); }
    [[nodiscard]] int inQueue(InboxQueue queue) const
    {
        return m->model->counts().queues.value(queue);
    }
    void record(const QFuture<Result<void>> &done) { QVERIFY(finished(done)); }

    std::unique_ptr<InboxFixture> m;
    PersonId m_bo;
};

void TestInboxCare::init()
{
    m = std::make_unique<InboxFixture>();
    m->show(alike(4));
    People people(*m->services.base.store, m->services.base.keys);
    m_bo = finished(people.add(QStringLiteral("Bo Ekström"), QStringLiteral("reviewer"),
                               m->services.ana))
               .value()
               .id;
    QTRY_COMPARE(m->people->rowCount(), 2);
}

void TestInboxCare::cleanup()
{
    QVERIFY(m->actions.conflicts().isEmpty());
    QVERIFY(m->services.outbox(false).isEmpty()); // nothing of it decides
    QVERIFY(m->services.isSound());
    m.reset();
}

void TestInboxCare::setsAsideUntilATimeOfItsOwn()
{
    const CaseId id = m->shown();
    m->press(Qt::Key_D);
    QVERIFY(offered().contains(QStringLiteral("Tomorrow morning")));
    for (qsizetype i = offered().size(); i > 0; --i) {
        m->press(Qt::Key_Down); // past the last one: the person's own time
    }
    auto *time = m->page->findChild<QDateTimeEdit *>(QStringLiteral("time"));
    QVERIFY(time->hasFocus());
    const qint64 until = time->dateTime().addDays(1).toMSecsSinceEpoch();
    time->setCurrentSection(QDateTimeEdit::DaySection);
    m->press(Qt::Key_Up);
    m->press(Qt::Key_Return);
    QTRY_COMPARE(m->caseOf(id).setAsideUntilMs, until);
    QVERIFY(m->list()->hasFocus());
    QTRY_VERIFY(m->shown() != id);
    QTRY_COMPARE(inQueue(InboxQueue::SetAside), 1);
    m->services.base.clock.advance(until - now());
    m->page->showCase(id);
    m->settle();
    QTRY_VERIFY(m->says(words::because(Back::Time)));
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
}

void TestInboxCare::setsAsideUntilSomethingChanges()
{
    const CaseId id = m->shown();
    m->press(Qt::Key_D);
    choose(QStringLiteral("Until something changes"));
    QTRY_COMPARE(m->caseOf(id).setAsideUntilMs, untilSomethingChanges);
    QTRY_COMPARE(inQueue(InboxQueue::SetAside), 1);
    record(m->cases->comment({id}, QStringLiteral("They answered."), m_bo));
    QTRY_COMPARE(inQueue(InboxQueue::SetAside), 0);
    m->page->showCase(id);
    m->settle();
    QTRY_VERIFY(m->says(words::because(Back::Comment)));
    QVERIFY(m->list()
                ->currentIndex()
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(words::because(Back::Comment)));
}

void TestInboxCare::assignsByNameAndToOneself()
{
    const CaseId id = m->shown();
    m->press(Qt::Key_G);
    QCOMPARE(offered(),
             (QStringList{QStringLiteral("Me"), QStringLiteral("Bo Ekström"),
                          QStringLiteral("Nobody")}));
    type(QStringLiteral("bo"));
    QCOMPARE(offered().first(), QStringLiteral("Bo Ekström"));
    m->press(Qt::Key_Return);
    QTRY_COMPARE(m->caseOf(id).assignee, m_bo.toString());
    QTRY_VERIFY(m->says(QStringLiteral("Bo Ekström")));
    QVERIFY(m->list()->hasFocus());
    m->press(Qt::Key_M);
    QTRY_COMPARE(m->caseOf(id).assignee, m->services.ana.toString());
    QTRY_COMPARE(inQueue(InboxQueue::Mine), 1);
    m->press(Qt::Key_G);
    type(QStringLiteral("Legal"));
    QCOMPARE(offered(), QStringList{QStringLiteral("Legal")});
    m->press(Qt::Key_Return);
    QTRY_COMPARE(m->caseOf(id).assignee, QStringLiteral("Legal"));
    QTRY_COMPARE(inQueue(InboxQueue::Mine), 0);
    InboxFilter filter;
    filter.assignees = {QStringLiteral("Legal")};
    m->page->applyFilter(filter);
    QTRY_COMPARE(m->model->rowCount(), 1);
    filter.assignees = {QString(assignedToNobody)};
    m->page->applyFilter(filter);
    QTRY_COMPARE(m->model->rowCount(), 3);
}

void TestInboxCare::commentsInFull()
{
    const CaseId id = m->shown();
    m->press(Qt::Key_C);
    m->press(Qt::Key_Return); // a line feed, no comment
    QVERIFY(sheet());
    m->say(QStringLiteral("Kunden ringde: <b>inte</b> skadad."));
    QTRY_VERIFY(!sheet());
    QTRY_COMPARE(m->services.count(event::caseCommented), 1);
    QVERIFY(m->list()->hasFocus());
    for (QAbstractButton *head : m->page->findChildren<QAbstractButton *>()) {
        if (head->text().startsWith(QStringLiteral("Timeline"))) {
            head->click();
        }
    }
    QCOMPARE(m->timeline->id(), id);
    QTRY_COMPARE(m->timeline->rowCount(), 2);
    QCOMPARE(m->timeline->index(0).data(TimelineModel::RemarkRole).toString(),
             QStringLiteral("Kunden ringde: <b>inte</b> skadad."));
}

void TestInboxCare::followsUpApartFromTheDueTime()
{
    const CaseId id = m->shown();
    m->press(Qt::Key_U);
    choose(QStringLiteral("Tomorrow"));
    QTRY_VERIFY(m->caseOf(id).followUpMs.value_or(0) > now());
    QVERIFY(!m->caseOf(id).proposal.dueMs);
    QCOMPARE(inQueue(InboxQueue::FollowUp), 0);
    m->services.base.clock.advance(*m->caseOf(id).followUpMs - now() + 1);
    QTRY_COMPARE(inQueue(InboxQueue::FollowUp), 1);
    m->press(Qt::Key_U);
    choose(QStringLiteral("No follow-up any more"));
    QTRY_VERIFY(!m->caseOf(id).followUpMs);
    QTRY_COMPARE(inQueue(InboxQueue::FollowUp), 0);
}

void TestInboxCare::manyAtOnce()
{
    QTest::keyClick(m->list(), Qt::Key_A, Qt::ControlModifier);
    m->press(Qt::Key_M);
    QTRY_COMPARE(inQueue(InboxQueue::Mine), 4);
    m->press(Qt::Key_D);
    choose(QStringLiteral("Next week"));
    QTRY_COMPARE(inQueue(InboxQueue::SetAside), 4);
    QCOMPARE(m->services.count(event::caseSetAside), 4);
}

void TestInboxCare::escapeChangesNothing()
{
    const qsizetype before = m->services.kinds().size();
    for (const Qt::Key key : {Qt::Key_D, Qt::Key_G, Qt::Key_C, Qt::Key_U}) {
        m->press(key);
        QVERIFY(sheet());
        QVERIFY(sheet()->isAncestorOf(QApplication::focusWidget()));
        m->press(Qt::Key_Escape);
        QTRY_VERIFY(!sheet());
        QVERIFY(m->list()->hasFocus());
    }
    m->press(Qt::Key_G);
    m->page->setFocus(); // the keys go elsewhere
    QTRY_VERIFY(!sheet());
    QCOMPARE(m->services.kinds().size(), before);
}

void TestInboxCare::theTimelineGoesBackToFirstSight()
{
    const CaseId id = m->shown();
    for (int i = 0; i < TimelineModel::pageSize; ++i) {
        record(m->cases->comment({id}, QStringLiteral("Comment %1").arg(i), m_bo));
    }
    auto *list = m->page->findChild<QAbstractItemView *>(QStringLiteral("timeline"));
    QSignalSpy wanted(m->page.get(), &InboxPage::trailRequested);
    for (QAbstractButton *head : m->page->findChildren<QAbstractButton *>()) {
        if (head->text().startsWith(QStringLiteral("Timeline"))) {
            head->click();
        }
    }
    QTRY_COMPARE(list->model()->rowCount(), TimelineModel::pageSize);
    QCOMPARE(list->model()->index(0, 0).data(TimelineModel::RemarkRole).toString(),
             QStringLiteral("Comment 59"));
    QVERIFY(m->timeline->hasEarlier());
    for (QAbstractButton *more : m->page->findChildren<QAbstractButton *>()) {
        if (more->text() == QStringLiteral("Show what was before")) {
            QVERIFY(more->isVisible());
            more->click();
        }
    }
    QTRY_COMPARE(list->model()->rowCount(), TimelineModel::pageSize + 1);
    const QModelIndex first = list->model()->index(TimelineModel::pageSize, 0);
    QCOMPARE(first.data(TimelineModel::KindRole).toString(), QLatin1String(event::caseProposed));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_End);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().at(0).value<CaseId>(), id);
    QCOMPARE(wanted.first().at(1).toLongLong(), first.data(TimelineModel::SeqRole).toLongLong());
    m->list()->setFocus();
    m->press(Qt::Key_T);
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted.last().at(1).toLongLong(), -1);
}

QTEST_MAIN(TestInboxCare)
#include "tst_inboxcare.moc"
