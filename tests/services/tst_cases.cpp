// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/caseservice.h"
#include "services/people.h"
#include "services/servicesfixture.h"

#include <QTest>

using namespace countersign;

namespace {

using F = ServicesFixture;

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// Minding cases: set aside and back by what happens, comments, assignments, follow-ups. After each
/// test the trail verifies and the state is what its events say.
class TestCases final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aTimeBringsItBack();
    void aChangeAlwaysBringsItBack();
    void anyChangeBringsItBack_data();
    void anyChangeBringsItBack();
    void ownCommentsLeaveItAside();
    void aPartThatIsDecidedBringsTheOthersBack();
    void nothingOfItDecides();
    void commentsAreKeptApart();
    void assignedToWhomever();
    void followUpsOutliveADecision();
    void manyOrNone();
    void whatCannotBe();

private:
    template <class T> ErrorCode codeOf(const QFuture<Result<T>> &future)
    {
        const auto result = finished(future);
        return result ? ErrorCode::Storage : result.error().code;
    }
    [[nodiscard]] std::optional<Back> back(const char *id = "c-1")
    {
        return backOf(m->theCase(id), m->base.clock.nowMs());
    }
    void asideUntilChange(const char *id = "c-1")
    {
        QVERIFY(finished(m_cases->setAside({CaseId(text(id))}, {.untilChange = true}, m->ana)));
        QCOMPARE(m->theCase(id).setAsideUntilMs, countersign::untilSomethingChanges);
    }

    const CaseId c1{QStringLiteral("c-1")};
    const CaseId c2{QStringLiteral("c-2")};
    std::unique_ptr<F> m;
    std::unique_ptr<CaseService> m_cases;
    PersonId m_bo;
};

void TestCases::init()
{
    m = std::make_unique<F>();
    m->open();
    m->connectEndpoint();
    m_cases = std::make_unique<CaseService>(*m->base.store);
    People people(*m->base.store, m->base.keys);
    m_bo = finished(people.add(text("Bo Ekström"), text("reviewer"), m->ana)).value().id;
    (void)m->take({F::proposal("q1"), F::proposal("q2")});
}

void TestCases::cleanup()
{
    QVERIFY(m->isSound());
    m_cases.reset();
    m->close();
    m.reset();
}

void TestCases::aTimeBringsItBack()
{
    const qint64 later = m->base.clock.nowMs() + 1'000;
    QVERIFY(finished(m_cases->setAside({c1}, {.untilMs = later}, m->ana)));
    QCOMPARE(m->theCase().setAsideUntilMs, later);
    QVERIFY(!back());
    m->base.clock.advance(1'000);
    QCOMPARE(back(), Back::Time);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(finished(m_cases->setAside({c1}, {}, m->ana)));
    QVERIFY(!m->theCase().setAsideUntilMs && !back());
    const qsizetype before = m->count(event::caseSetAside);
    QVERIFY(finished(m_cases->setAside({c1}, {}, m->ana))); // it is so already
    QCOMPARE(m->count(event::caseSetAside), before);
}

void TestCases::aChangeAlwaysBringsItBack()
{
    const qint64 later = m->base.clock.nowMs() + 60'000;
    QVERIFY(finished(m_cases->setAside({c1}, {.untilMs = later}, m->ana)));
    (void)m->take({F::proposal("q1", "130"), F::proposal("q2")});
    QVERIFY(!m->theCase().setAsideUntilMs);
    QCOMPARE(back(), Back::Changed);
    QCOMPARE(m->theCase().backMs, m->base.clock.nowMs());
    QVERIFY(m->approve());
    QVERIFY(!back()); // decided: it is nothing to be told any more
}

void TestCases::anyChangeBringsItBack_data()
{
    QTest::addColumn<Back>("why");
    QTest::newRow("changed") << Back::Changed;
    QTest::newRow("updated") << Back::Updated;
    QTest::newRow("comment") << Back::Comment;
    QTest::newRow("effect") << Back::Effect;
}

void TestCases::anyChangeBringsItBack()
{
    QFETCH(const Back, why);
    asideUntilChange();
    m->base.clock.advance(400LL * 24 * 60 * 60'000); // no time brings it back
    QVERIFY(!back());
    Proposal richer = F::proposal("q1");
    richer.caseType = text("late");
    Observation seen;
    switch (why) {
    case Back::Changed:
        (void)m->take({F::proposal("q1", "130"), F::proposal("q2")});
        break;
    case Back::Updated:
        (void)m->take({richer, F::proposal("q2")});
        break;
    case Back::Comment:
        QVERIFY(finished(m_cases->comment({c1}, text("Called them."), m_bo)));
        break;
    default:
        seen.effects = {{.question = text("q1"),
                         .part = 1,
                         .word = text("executed"),
                         .text = text("Done by hand.")}};
        (void)m->take(seen);
    }
    QCOMPARE(back(), why);
    QVERIFY(!m->theCase().setAsideUntilMs);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(!back("c-2"));
}

void TestCases::ownCommentsLeaveItAside()
{
    asideUntilChange();
    QVERIFY(finished(m_cases->comment({c1}, text("Asked the courier."), m->ana)));
    QVERIFY(!back());
    QCOMPARE(m->theCase().setAsideUntilMs, countersign::untilSomethingChanges);
    const qint64 later = m->base.clock.nowMs() + 60'000;
    QVERIFY(finished(m_cases->setAside({c2}, {.untilMs = later}, m->ana)));
    QVERIFY(finished(m_cases->comment({c2}, text("No hurry."), m_bo)));
    QCOMPARE(m->theCase("c-2").setAsideUntilMs, later); // it waits for its time alone
}

void TestCases::aPartThatIsDecidedBringsTheOthersBack()
{
    (void)m->take({F::proposal("q1"), F::proposal("q2"), F::proposal("q3", "1", 1, 2),
                   F::proposal("q3", "2", 2, 2)});
    asideUntilChange("c-4");
    asideUntilChange("c-1");
    const qint64 version = m->theCase("c-4").version;
    QVERIFY(m->approve("c-3"));
    QCOMPARE(back("c-4"), Back::Part);
    QVERIFY(m->theCase("c-4").version > version); // lists read it anew
    QVERIFY(!back("c-1"));
}

void TestCases::nothingOfItDecides()
{
    asideUntilChange();
    QVERIFY(finished(m_cases->assign({c1}, text("Bo Ekström"), m->ana)));
    QVERIFY(finished(m_cases->comment({c1}, text("Please look."), m_bo)));
    QVERIFY(finished(m_cases->setFollowUp({c1}, m->base.clock.nowMs() + 1, m->ana)));
    m->base.clock.advance(24LL * 60 * 60'000);
    QCOMPARE(m->deliver(), 0);
    QVERIFY(m->outbox(false).isEmpty());
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(!m->theCase().decision);
}

void TestCases::commentsAreKeptApart()
{
    const qint64 updated = m->theCase().updatedMs;
    m->base.clock.advance(5'000);
    QVERIFY(finished(m_cases->comment({c1}, text("  Kunde ringde, vill ha ersättning.\n"), m_bo)));
    const EventRecord last = m->base.trail().last();
    QCOMPARE(last.kind, QLatin1String(event::caseCommented));
    QVERIFY(!last.signature.isEmpty());
    QVERIFY(!last.envelope.contains("ersättning"));
    const auto payload = m->base.read<std::optional<Json>>(
        [&](Reader &reader) { return reader.payloadOf(last.seq); });
    QCOMPARE((**payload)[u"text"].toString(), text("Kunde ringde, vill ha ersättning."));
    QCOMPARE(m->theCase().updatedMs, updated); // the case is as it was
    QCOMPARE(m->theCase().version, last.seq);
}

void TestCases::assignedToWhomever()
{
    QVERIFY(finished(m_cases->assign({c1}, text("bo ekström"), m->ana)));
    QCOMPARE(m->theCase().assignee, m_bo.toString());
    QCOMPARE(m->theCase().assigneeName, text("Bo Ekström"));
    QVERIFY(finished(m_cases->assign({c1}, m->ana.toString(), m->ana)));
    QCOMPARE(m->theCase().assignee, m->ana.toString());
    QVERIFY(finished(m_cases->assign({c1}, text("Legal (extern)"), m->ana)));
    QCOMPARE(m->theCase().assignee, text("Legal (extern)"));
    QCOMPARE(m->theCase().assigneeName, text("Legal (extern)"));
    QVERIFY(!m->base.trail().last().envelope.contains("Legal"));
    QVERIFY(finished(m_cases->assign({c1}, {}, m->ana)));
    QVERIFY(m->theCase().assignee.isEmpty());
    const auto rows
        = m->base.read<QList<CaseRow>>([](Reader &reader) { return reader.caseRows({}); });
    QCOMPARE(rows->first().assigneeName, QString());
}

void TestCases::followUpsOutliveADecision()
{
    const qint64 later = m->base.clock.nowMs() + 3'600'000;
    QVERIFY(finished(m_cases->setFollowUp({c1}, later, m->ana)));
    QVERIFY(m->approve());
    QCOMPARE(m->theCase().followUpMs, later);
    CaseQuery query;
    query.followUpsOnly = true;
    const auto found = [&]() -> qsizetype {
        return m->base.read<QList<CaseRow>>([&](Reader &reader) { return reader.caseRows(query); })
            ->size();
    };
    QCOMPARE(found(), 1);
    QVERIFY(finished(m_cases->setFollowUp({c1}, std::nullopt, m->ana)));
    QCOMPARE(found(), 0);
}

void TestCases::manyOrNone()
{
    const qsizetype before = m->kinds().size();
    const CaseId none(text("c-99"));
    const auto failed = finished(m_cases->assign({c1, c2, none}, text("Bo Ekström"), m->ana));
    QCOMPARE(failed.error().code, ErrorCode::NotFound);
    QVERIFY(failed.error().text.contains(text("c-99")));
    QCOMPARE(m->kinds().size(), before);
    QVERIFY(finished(m_cases->assign({c1, c2}, text("Bo Ekström"), m->ana)));
    QCOMPARE(m->kinds().size(), before + 2);
    QVERIFY(finished(m_cases->setAside({c1, c2}, {.untilChange = true}, m->ana)));
    QCOMPARE(m->kinds().size(), before + 4);
}

void TestCases::whatCannotBe()
{
    const qsizetype before = m->kinds().size();
    const qint64 now = m->base.clock.nowMs();
    const qint64 year = 367LL * 24 * 60 * 60'000;
    const PersonId stranger(text("p-9"));
    using E = ErrorCode;
    QCOMPARE(codeOf(m_cases->setAside({c1}, {.untilMs = now}, m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->setAside({c1}, {.untilMs = now + year}, m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->setAside({}, {.untilChange = true}, m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->setAside({c1}, {.untilChange = true}, stranger)), E::NotAllowed);
    QCOMPARE(codeOf(m_cases->comment({c1}, text(" \n"), m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->comment({c1}, QString(4001, u'x'), m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->comment({c1}, QString(QChar(0xd800)), m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->assign({c1}, text("p-9"), m->ana)), E::NotFound);
    QCOMPARE(codeOf(m_cases->assign({c1}, QString(81, u'x'), m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->assign({c1}, text("a\nb"), m->ana)), E::InvalidInput);
    QCOMPARE(codeOf(m_cases->setFollowUp({c1}, now, m->ana)), E::InvalidInput);
    QCOMPARE(m->kinds().size(), before);
    QVERIFY(m->approve());
    QCOMPARE(codeOf(m_cases->setAside({c1}, {.untilMs = now + 1'000}, m->ana)), E::NotAllowed);
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
