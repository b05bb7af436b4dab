// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"

#include "services/timeservice.h"

#include <QSignalSpy>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// Stop always works: at once, whatever the database says, and until somebody lets it go on.
class TestStop final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServicesFixture> m_f;

    [[nodiscard]] StopRequest everything(const char *reason = "Something is wrong.") const
    {
        return {.scope = {}, .reason = text(reason), .person = m_f->ana};
    }
    void decideOne(const char *question = "q1")
    {
        m_f->server.ask({ServicesFixture::proposal(question)});
        m_f->take({ServicesFixture::proposal(question)}, false);
        DecisionRequest request = m_f->request();
        request.skipHold = true;
        QVERIFY(m_f->decide(request));
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

    void whatIsHeldStaysHeld()
    {
        decideOne();
        QVERIFY(finished(m_f->stops->stop(everything())));
        QCOMPARE(m_f->deliver(), 0);
        m_f->base.clock.advance(86'400'000);
        QCOMPARE(m_f->deliver(), 0);
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QCOMPARE(m_f->count(event::decisionSent), 0);
        QVERIFY(finished(m_f->stops->resume(everything("It was the printer."))));
        QVERIFY(m_f->stops->stops().isEmpty());
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
    }

    void itHoldsBeforeItIsRecorded()
    {
        decideOne();
        const auto recorded = m_f->stops->stop(everything());
        QCOMPARE(m_f->stops->stops().size(), 1); // when the call returns
        QVERIFY(!m_f->stops->stops().first().recorded);
        QCOMPARE(m_f->desk->pendingStops().size(), 1);
        QVERIFY(finished(recorded));
        QCOMPARE(m_f->count(event::stopSet), 1);
        QVERIFY(m_f->stops->stops().first().recorded);
    }

    void itHoldsWhereItCannotBeRecorded()
    {
        decideOne();
        StopRequest stranger = everything();
        stranger.person = PersonId(text("p-99")); // whom the log refuses
        QVERIFY(!finished(m_f->stops->stop(stranger)));
        QCOMPARE(m_f->stops->stops().size(), 1);
        QVERIFY(
            m_f->stops->remark().startsWith(text("The stop holds, but could not be recorded yet")));
        QCOMPARE(m_f->deliver(), 0);
        QCOMPARE(m_f->count(event::stopSet), 0);
    }

    void itIsStillThereAfterARestart()
    {
        decideOne();
        QVERIFY(finished(m_f->stops->stop(everything())));
        m_f->close();
        m_f->open();
        QCOMPARE(m_f->deliver(), 0); // before anybody has read it: the log says so
        QVERIFY(finished(m_f->stops->load()));
        QCOMPARE(m_f->stops->stops().size(), 1);
        QCOMPARE(m_f->stops->stops().first().reason, text("Something is wrong."));
        QCOMPARE(m_f->stops->stops().first().personName, text("Ana Pérez"));
    }

    void nothingGoesByItselfMeanwhile()
    {
        const auto document
            = parseJson(R"({"format":"countersign-policy/1","rules":[{"id":"r","action":"refund",)"
                        R"("mode":"autonomous","worst_reversibility":"costly"}]})");
        QVERIFY(finished(m_f->policy->set(
            {.document = document.value(), .reason = text("x"), .person = m_f->ana})));
        Proposal sure = ServicesFixture::proposal("q1");
        sure.confidence = Decimal::parse(QByteArray("0.9"));
        sure.reversibility = Reversibility::Reversible;
        QVERIFY(finished(m_f->stops->stop(everything())));
        QCOMPARE(m_f->take({sure}).decided, 0);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().gateReasons.first(),
                 text("Ana Pérez stopped everything, so nothing goes by itself."));
        m_f->regating->start();
        QVERIFY(finished(m_f->stops->resume(everything("Checked."))));
        QTRY_COMPARE(m_f->theCase().state, CaseState::Held); // policy looks again by itself
        QCOMPARE(m_f->theCase().decision->personName, text("policy v2"));
        sure.source.question = text("q2");
        QCOMPARE(m_f->take({sure}, false).decided, 1);
    }

    void whatCameTooLateAsksAgain_data()
    {
        QTest::addColumn<bool>("byPolicy");
        QTest::newRow("the endpoint's time") << false;
        QTest::newRow("policy's own time") << true;
    }

    void whatCameTooLateAsksAgain()
    {
        QFETCH(bool, byPolicy);
        constexpr qint64 hourMs = 3'600'000;
        const auto document
            = parseJson(R"({"format":"countersign-policy/1","rules":[{"id":"r","action":"refund",)"
                        R"("due":{"after":"1h","at_zero":"reject"}}]})");
        Proposal due = ServicesFixture::proposal("q1");
        if (byPolicy) {
            QVERIFY(finished(m_f->policy->set(
                {.document = document.value(), .reason = text("x"), .person = m_f->ana})));
        } else {
            due.dueMs = m_f->base.clock.nowMs() + hourMs;
        }
        m_f->server.ask({due});
        m_f->take({due});
        QVERIFY(m_f->approve());
        QVERIFY(finished(m_f->stops->stop(everything())));
        m_f->base.clock.advance(2 * hourMs);
        QVERIFY(finished(m_f->stops->resume(everything("Checked."))));
        m_f->deliver();
        QCOMPARE(m_f->server.calls, 0); // nothing was sent
        QCOMPARE(m_f->count(event::decisionExpired), 1);
        Case asked = m_f->theCase();
        QCOMPARE(asked.state, CaseState::Waiting);
        QVERIFY(!asked.decision);
        QVERIFY2(asked.stateText.startsWith(text("“approve” by Ana Pérez was not sent")),
                 qPrintable(asked.stateText));
        QVERIFY(m_f->outbox().isEmpty());
        TimeService time(*m_f->base.store, *m_f->desk, m_f->base.clock);
        QCOMPARE(finished(time.runDue()).value(), 0); // a person did decide in time
        QVERIFY(m_f->approve()); // with the time in view
        m_f->base.clock.advance(60'000);
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
        QCOMPARE(m_f->theCase().stateText, text("Taken."));
    }

    void policysOwnAnswerThatCameTooLateAsksAPerson()
    {
        const auto document
            = parseJson(R"({"format":"countersign-policy/1","rules":[{"id":"r","action":"refund",)"
                        R"("mode":"autonomous","worst_reversibility":"costly"}]})");
        QVERIFY(finished(m_f->policy->set(
            {.document = document.value(), .reason = text("x"), .person = m_f->ana})));
        Proposal sure = ServicesFixture::proposal("q1");
        sure.confidence = Decimal::parse(QByteArray("0.9"));
        sure.reversibility = Reversibility::Reversible;
        sure.dueMs = m_f->base.clock.nowMs() + 60'000;
        QCOMPARE(m_f->take({sure}).decided, 1);
        QVERIFY(finished(m_f->stops->stop(everything())));
        m_f->base.clock.advance(120'000);
        QVERIFY(finished(m_f->stops->resume(everything("Checked."))));
        m_f->deliver();
        QCOMPARE(m_f->server.calls, 0);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().disposition, Disposition::Approve);
        QVERIFY(m_f->theCase().gateReasons.first().startsWith(text("“approve” by policy v2")));
        (void)finished(m_f->regating->run());
        QCOMPARE(m_f->theCase().state, CaseState::Waiting); // and stays with the person
    }

    void whatMayHaveArrivedIsSettledFirst()
    {
        Proposal due = ServicesFixture::proposal("q1");
        due.dueMs = m_f->base.clock.nowMs() + 60'000;
        m_f->server.ask({due});
        m_f->take({due});
        DecisionRequest request = m_f->request();
        request.skipHold = true;
        QVERIFY(m_f->decide(request));
        m_f->server.scripts.push_back([this](const Dispatch &dispatch) -> DeliveryReport {
            m_f->server.apply(dispatch); // it arrived, its receipt did not
            return {.outcome = DeliveryReport::Outcome::Unknown};
        });
        QCOMPARE(m_f->deliver(), 1);
        m_f->base.clock.advance(3'600'000);
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
        QCOMPARE(m_f->count(event::decisionExpired), 0);
    }

    void oneAgentAlone()
    {
        decideOne();
        StopRequest other = everything();
        other.scope.agent = text("somebody else");
        QVERIFY(finished(m_f->stops->stop(other)));
        StopRequest own = everything();
        own.scope.agent = text("claims");
        QVERIFY(finished(m_f->stops->stop(own)));
        QCOMPARE(m_f->deliver(), 0);
        QVERIFY(finished(m_f->stops->resume(own)));
        QCOMPARE(m_f->deliver(), 1);
    }

    void oneEndpointAlone()
    {
        decideOne();
        StopRequest other = everything();
        other.scope.endpoint = EndpointId(text("e-99"));
        QVERIFY(finished(m_f->stops->stop(other)));
        StopRequest own = everything();
        own.scope.endpoint = m_f->endpoint;
        QVERIFY(finished(m_f->stops->stop(own)));
        QCOMPARE(m_f->deliver(), 0);
        QVERIFY(finished(m_f->stops->resume(own)));
        QCOMPARE(m_f->deliver(), 1);
    }

    void goingOnNeedsAReasonAndAStop()
    {
        QCOMPARE(finished(m_f->stops->resume(everything())).error().code, ErrorCode::NotFound);
        QVERIFY(finished(m_f->stops->stop(everything())));
        QCOMPARE(finished(m_f->stops->resume(everything("  "))).error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(m_f->stops->stops().size(), 1);
    }

    void theTimerSendsWhenItIsLifted()
    {
        decideOne();
        QVERIFY(finished(m_f->stops->stop(everything())));
        m_f->delivery->start();
        QVERIFY(finished(m_f->stops->resume(everything("Checked."))));
        QTRY_COMPARE(m_f->theCase().state, CaseState::Delivered);
        m_f->delivery->stop();
    }
};

QTEST_GUILESS_MAIN(TestStop)
#include "tst_stop.moc"
