// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"

#include "services/timeservice.h"

using namespace countersign;

namespace {

constexpr qint64 hourMs = 3'600'000;

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// What happens at zero, once for each step, whatever stood still meanwhile.
class TestTime final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServicesFixture> m_f;

    void set(const QByteArray &due, const QByteArray &more = {})
    {
        const auto document = parseJson(
            R"({"format":"countersign-policy/1",)" + more
            + R"("rules":[{"id":"r","action":"refund","queue":"Refunds","due":)" + due + "}]}");
        const auto done = finished(m_f->policy->set(
            {.document = document.value(), .reason = text("x"), .person = m_f->ana}));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
        m_f->take({ServicesFixture::proposal("q1")});
    }
    int run()
    {
        TimeService service(*m_f->base.store, *m_f->desk, m_f->base.clock);
        return finished(service.runDue()).value();
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServicesFixture>();
        m_f->open();
        m_f->connectEndpoint();
    }
    void cleanup()
    {
        if (!QTest::currentTestFailed()) {
            QVERIFY(m_f->isSound());
        }
        m_f.reset();
    }

    void climbsThePathOnceAStep()
    {
        set(R"({"after":"4h","at_zero":"escalate","path":[{"queue":"Leads"},)"
            R"({"after":"1d","queue":"Board"}]})");
        QCOMPARE(m_f->theCase().queue, text("Refunds"));
        QCOMPARE(run(), 0);
        m_f->base.clock.advance(4 * hourMs);
        QCOMPARE(run(), 1);
        QCOMPARE(run(), 0);
        QCOMPARE(m_f->theCase().queue, text("Leads"));
        m_f->close();
        m_f->open(); // a restart in the middle
        QCOMPARE(run(), 0);
        m_f->base.clock.advance(24 * hourMs);
        QCOMPARE(run(), 1);
        QCOMPARE(m_f->theCase().queue, text("Board"));
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        m_f->base.clock.advance(1000 * hourMs);
        QCOMPARE(run(), 0);
        QCOMPARE(m_f->count(event::deadlinePassed), 2);
    }

    void afterASleepNoStepIsLeftOut()
    {
        set(R"({"after":"4h","at_zero":"escalate","path":[{"queue":"Leads"},)"
            R"({"after":"1d","queue":"Board"}]})");
        m_f->base.clock.advance(100 * hourMs);
        QCOMPARE(run(), 2);
        QCOMPARE(m_f->theCase().queue, text("Board"));
    }

    void rejectsAsPolicy()
    {
        set(R"({"after":"1h","at_zero":"reject"})");
        m_f->base.clock.advance(hourMs);
        QCOMPARE(run(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QCOMPARE(m_f->theCase().decision->kind, DecisionKind::Reject);
        QCOMPARE(m_f->theCase().decision->personName, text("policy v2"));
        QCOMPARE(m_f->deliver(), 1);
    }

    void remindsOnceAndWaitsOn()
    {
        set(R"({"after":"1h","at_zero":"remind"})");
        m_f->base.clock.advance(hourMs);
        QCOMPARE(run(), 1);
        QCOMPARE(run(), 0);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        m_f->take({ServicesFixture::proposal("q1")}); // the same again starts nothing anew
        QCOMPARE(run(), 0);
    }

    void whatIsDecidedIsNotDueAnyMore()
    {
        set(R"({"after":"1h","at_zero":"reject"})");
        QVERIFY(m_f->approve());
        m_f->base.clock.advance(2 * hourMs);
        QCOMPARE(run(), 0);
    }

    void aClockThatJumpedRejectsNothing()
    {
        set(R"({"after":"1h","at_zero":"reject"})");
        m_f->base.clock.jumpTo(m_f->base.clock.nowMs() + 2 * hourMs);
        QCOMPARE(run(), 0);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
    }

    void nothingIsRejectedWhileStopped()
    {
        set(R"({"after":"1h","at_zero":"reject"})");
        const StopRequest all{.scope = {}, .reason = text("x"), .person = m_f->ana};
        QVERIFY(finished(m_f->stops->stop(all)));
        m_f->base.clock.advance(2 * hourMs);
        QCOMPARE(run(), 0);
        QVERIFY(finished(m_f->stops->resume(all)));
        QCOMPARE(run(), 1);
    }

    void pausesOutsideBusinessHours()
    {
        // FakeClock starts on Wednesday 2026-11-18, 10:26:40 UTC.
        set(R"({"after":"8h","business_hours":true,"at_zero":"remind"})",
            R"("business_hours":{"from":"09:00","to":"17:00"},)");
        // 6 h 33 min 20 s are left of Wednesday; the rest ends on Thursday at 10:26:40.
        QCOMPARE(*m_f->theCase().terms.zeroMs, FakeClock::start + 24 * hourMs);
    }

    void byItselfWhenItIsDue()
    {
        set(R"({"after":"1h","at_zero":"remind"})");
        TimeService service(*m_f->base.store, *m_f->desk, m_f->base.clock);
        m_f->base.clock.advance(hourMs);
        service.start();
        QTRY_COMPARE(m_f->count(event::deadlinePassed), 1);
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
