// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicestest.h"

using namespace countersign;

namespace {

QString reasonOf(const char *text)
{
    return QString::fromLatin1(text);
}

} // namespace

/// What an observation does to what is known: every row of the rules.
class TestIntake final : public ServicesTest
{
    Q_OBJECT

private Q_SLOTS:
    void newProposalBecomesACase();
    void theSameAgainChangesNothing();
    void otherFieldsUpdate();
    void anotherDigestChanges();
    void heldAndTheSameStaysHeld();
    void heldAndChangedWaitsAgain();
    void heldWhileItsQuestionGrowsWaitsAgain();
    void oneChangedPartFreesItsSiblings();
    void whatIsSendingIsLeftAlone();
    void openAgainAfterDeliveryIsANewCase();
    void anOlderLookDoesNotAskAgain();
    void closedQuestionsAreWithdrawn();
    void answeredElsewhereIsSuperseded();
    void heldAndGoneIsSuperseded();
    void withdrawnAndBackIsReopened();
    void withdrawnAndBackChangedIsChanged();
    void anotherIdForTheSameQuestionKeepsTheCase();
    void heldUnderAnotherIdWaitsAgain();
    void anAskedIdIsNotRebound();
    void troubleComesAndGoes();
    void aFailedCaseInTroubleIsANewCase();
    void shrunkenQuestionsCloseTheirParts();
    void effectsAreRecordedOnce();
    void floodsAreTakenWhole();
    void hostileIdsAreLeftOut();
    void hostileNamesFitTheEnvelope();

private:
    using F = ServicesFixture;

    Proposal rebound(const char *question, const char *amount = "120")
    {
        Proposal made = F::proposal(question, amount);
        made.source.rebind = reasonOf("thread-1/node/abc");
        return made;
    }
    Proposal troubled(const char *question)
    {
        Proposal made = F::proposal(question);
        made.trouble = Trouble{reasonOf("poisoned"), reasonOf("It cannot be answered."), true};
        return made;
    }
};

void TestIntake::newProposalBecomesACase()
{
    QCOMPARE(m->take({F::proposal("q1")}).proposed, 1);
    const Case made = m->theCase();
    QCOMPARE(made.state, CaseState::Waiting);
    QCOMPARE(made.endpointName, reasonOf("claims"));
    QCOMPARE(made.occurrence, 0);
    QCOMPARE(made.policyVersion, reasonOf("policy v1"));
    QCOMPARE(made.queue, reasonOf("Everything"));
    QCOMPARE(made.disposition, Disposition::Approve);
    QVERIFY(made.gateReasons.contains(reasonOf("policy v1 sends every action to a person.")));
    QVERIFY(made.gateReasons.contains(reasonOf("The endpoint gives no confidence.")));
    QCOMPARE(made.proposal, F::proposal("q1"));
}

void TestIntake::theSameAgainChangesNothing()
{
    m->take({F::proposal("q1")});
    const qsizetype before = m->base.trail().size();
    Proposal again = F::proposal("q1");
    again.raw = Json::object({{reasonOf("updated_at"), Json(reasonOf("later"))}});
    again.reportedMs = 17;
    for (int i = 0; i < 3; ++i) {
        m->take({again});
    }
    QCOMPARE(m->base.trail().size(), before);
}

void TestIntake::otherFieldsUpdate()
{
    m->take({F::proposal("q1")});
    Proposal now = F::proposal("q1");
    now.confidence = Decimal::parse(QByteArray("0.9"));
    QCOMPARE(m->take({now}).updated, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(!m->theCase().before);
    QCOMPARE(m->take({now}).updated, 0);

    QVERIFY(m->approve());
    now.reasoning = reasonOf("more");
    QCOMPARE(m->take({now}).updated, 1);
    QCOMPARE(m->theCase().state, CaseState::Held);
}

void TestIntake::anotherDigestChanges()
{
    m->take({F::proposal("q1")});
    QCOMPARE(m->take({F::proposal("q1", "999")}).changed, 1);
    const Case now = m->theCase();
    QCOMPARE(now.state, CaseState::Waiting);
    QCOMPARE(now.proposal.arguments, F::proposal("q1", "999").arguments);
    QVERIFY(now.before);
    QCOMPARE(now.before->arguments, F::proposal("q1").arguments);
    QCOMPARE(m->cases().size(), 1);
}

void TestIntake::heldAndTheSameStaysHeld()
{
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    const qsizetype before = m->base.trail().size();
    m->take({F::proposal("q1")});
    QCOMPARE(m->base.trail().size(), before);
    QCOMPARE(m->theCase().state, CaseState::Held);
}

void TestIntake::heldAndChangedWaitsAgain()
{
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    QCOMPARE(m->take({F::proposal("q1", "999")}).changed, 1);
    const Case now = m->theCase();
    QCOMPARE(now.state, CaseState::Waiting);
    QVERIFY(now.before);
    QCOMPARE(now.decision->state, DecisionState::Superseded);
    QVERIFY(m->outbox().isEmpty());
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(m->server.calls, 0);
    QVERIFY(m->approve());
}

void TestIntake::heldWhileItsQuestionGrowsWaitsAgain()
{
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    m->take({F::proposal("q1", "120", 1, 2), F::proposal("q1", "7", 2, 2)});
    QCOMPARE(m->theCase("c-1").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-2").occurrence, 0);
    QVERIFY(m->outbox().isEmpty());
}

void TestIntake::oneChangedPartFreesItsSiblings()
{
    m->take({F::proposal("q1", "1", 1, 2), F::proposal("q1", "2", 2, 2)});
    QVERIFY(m->approve("c-1"));
    QVERIFY(m->approve("c-2"));
    QCOMPARE(m->outbox().size(), 1);
    m->take({F::proposal("q1", "1", 1, 2), F::proposal("q1", "3", 2, 2)});
    QCOMPARE(m->theCase("c-1").state, CaseState::Held);
    QCOMPARE(m->theCase("c-1").decision->state, DecisionState::WaitingForParts);
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    QVERIFY(m->outbox().isEmpty());
    QCOMPARE(m->approve("c-2").value().state, DecisionState::Held);
    QCOMPARE(m->outbox().size(), 1);
    m->server.ask({F::proposal("q1", "1", 1, 2), F::proposal("q1", "3", 2, 2)});
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase("c-1").state, CaseState::Delivered);
    QCOMPARE(m->theCase("c-2").state, CaseState::Delivered);
}

void TestIntake::whatIsSendingIsLeftAlone()
{
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts.push_back([](const Dispatch &) -> DeliveryReport {
        return {.outcome = DeliveryReport::Outcome::Unknown, .text = reasonOf("No answer.")};
    });
    m->deliver();
    QCOMPARE(m->theCase().state, CaseState::Sending);
    const qsizetype before = m->base.trail().size();
    m->take({F::proposal("q1", "999")});
    m->take(QList<Proposal>());
    m->take({troubled("q1")});
    QCOMPARE(m->base.trail().size(), before);
}

void TestIntake::openAgainAfterDeliveryIsANewCase()
{
    m->server.ask({F::proposal("q1")});
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
    QCOMPARE(m->take({F::proposal("q1")}).proposed, 1);
    QCOMPARE(m->theCase("c-2").occurrence, 1);
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-1").state, CaseState::Delivered);
    QCOMPARE(m->take({F::proposal("q1")}).proposed, 0);
}

void TestIntake::anOlderLookDoesNotAskAgain()
{
    m->server.ask({F::proposal("q1")});
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    const qint64 lookBegan = m->base.clock.nowMs();
    m->base.clock.advance(100);
    QCOMPARE(m->deliver(), 1);
    m->base.clock.advance(100);
    QCOMPARE(m->take({F::proposal("q1")}, true, lookBegan).proposed, 0);
    QCOMPARE(m->take({F::proposal("q1")}, true, m->base.clock.nowMs()).proposed, 1);
    // A clock that was set back does not keep it away for ever.
    QVERIFY(m->approve("c-2"));
    m->server.ask({F::proposal("q1")});
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    m->base.clock.jumpTo(FakeClock::start - 86'400'000);
    QCOMPARE(m->take({F::proposal("q1")}, true, m->base.clock.nowMs()).proposed, 1);
}

void TestIntake::closedQuestionsAreWithdrawn()
{
    m->take({F::proposal("q1"), F::proposal("q2")});
    QCOMPARE(m->take({F::proposal("q2")}, false).closed, 0);
    QCOMPARE(m->take({F::proposal("q2")}).closed, 1);
    QCOMPARE(m->theCase("c-1").state, CaseState::Withdrawn);
    QVERIFY(!m->theCase("c-1").stateText.isEmpty());
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    // What came in after the look began is not closed by it.
    m->base.clock.advance(1'000);
    m->take({F::proposal("q2"), F::proposal("q3")});
    Observation old{.open = QSet<QString>{}, .begunMs = m->base.clock.nowMs() - 500};
    QCOMPARE(m->take(old).closed, 1);
    QCOMPARE(m->theCase("c-3").state, CaseState::Waiting);
}

void TestIntake::answeredElsewhereIsSuperseded()
{
    m->take({F::proposal("q1")});
    const Observation seen{.gone = {{reasonOf("q1"), true, reasonOf("Studio answered.")}}};
    QCOMPARE(m->take(seen).closed, 1);
    QCOMPARE(m->theCase().state, CaseState::Superseded);
    QCOMPARE(m->theCase().stateText, reasonOf("Studio answered."));
    QVERIFY(!m->theCase().decision);
    QCOMPARE(m->take(seen).closed, 0);
    const auto late = m->approve();
    QCOMPARE(late.error().code, ErrorCode::AlreadyDecided);
}

void TestIntake::heldAndGoneIsSuperseded()
{
    m->take({F::proposal("q1")});
    QVERIFY(m->approve());
    QCOMPARE(m->take(QList<Proposal>()).closed, 1);
    QCOMPARE(m->theCase().state, CaseState::Superseded);
    QCOMPARE(m->theCase().decision->state, DecisionState::Superseded);
    QVERIFY(!m->theCase().decision->stateText.isEmpty());
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(m->take({F::proposal("q1")}).proposed, 1);
    QCOMPARE(m->theCase("c-2").occurrence, 1);
}

void TestIntake::withdrawnAndBackIsReopened()
{
    m->take({F::proposal("q1")});
    m->take(QList<Proposal>());
    QCOMPARE(m->theCase().state, CaseState::Withdrawn);
    QCOMPARE(m->take({F::proposal("q1")}).reopened, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QCOMPARE(m->cases().size(), 1);
}

void TestIntake::withdrawnAndBackChangedIsChanged()
{
    m->take({F::proposal("q1")});
    m->take(QList<Proposal>());
    QCOMPARE(m->take({F::proposal("q1", "5")}).changed, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(m->theCase().before);
}

void TestIntake::anotherIdForTheSameQuestionKeepsTheCase()
{
    m->take({rebound("q1")});
    QCOMPARE(m->take({rebound("q1b")}).reopened, 1);
    QCOMPARE(m->cases().size(), 1);
    QCOMPARE(m->theCase().proposal.source.question, reasonOf("q1b"));
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QCOMPARE(m->take({rebound("q1b")}).reopened, 0);
    // Found under its new id from now on, and closed under it.
    QCOMPARE(m->take({rebound("q1c", "77")}).changed, 1);
    QVERIFY(m->theCase().before);
    QCOMPARE(m->take(QList<Proposal>()).closed, 1);
    QCOMPARE(m->take({rebound("q1d", "77")}).reopened, 1);
    QCOMPARE(m->cases().size(), 1);
}

void TestIntake::heldUnderAnotherIdWaitsAgain()
{
    m->take({rebound("q1")});
    QVERIFY(m->approve());
    QCOMPARE(m->take({rebound("q1b")}).reopened, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QCOMPARE(m->theCase().decision->state, DecisionState::Superseded);
    QVERIFY(m->outbox().isEmpty());
}

void TestIntake::anAskedIdIsNotRebound()
{
    m->take({rebound("q1")});
    QCOMPARE(m->take({rebound("q1"), rebound("q2")}).proposed, 1);
    QCOMPARE(m->cases().size(), 2);
    // Nothing is known of what else is open: it may still be asked.
    QCOMPARE(m->take({rebound("q3")}, false).proposed, 1);
    // A case that is over stays so.
    m->server.ask({rebound("q2")});
    QVERIFY(m->approve("c-2"));
    m->base.clock.advance(60'000);
    m->deliver();
    m->take({rebound("q1")});
    QCOMPARE(m->theCase("c-2").state, CaseState::Delivered);
}

void TestIntake::troubleComesAndGoes()
{
    m->take({F::proposal("q1")});
    QCOMPARE(m->take({troubled("q1")}).troubled, 1);
    QCOMPARE(m->theCase().state, CaseState::Trouble);
    QCOMPARE(m->take({troubled("q1")}).troubled, 0);
    QCOMPARE(m->take({F::proposal("q1")}).reopened, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);

    QVERIFY(m->approve());
    QCOMPARE(m->take({troubled("q1")}).troubled, 1);
    QCOMPARE(m->theCase().state, CaseState::Trouble);
    QVERIFY(m->outbox().isEmpty());
    QCOMPARE(m->take({F::proposal("q1"), troubled("q2")}).proposed, 1);
    QCOMPARE(m->theCase("c-2").state, CaseState::Trouble);
}

void TestIntake::aFailedCaseInTroubleIsANewCase()
{
    m->take({rebound("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts.push_back([](const Dispatch &) -> DeliveryReport {
        return {.outcome = DeliveryReport::Outcome::Failed, .text = reasonOf("It crashed.")};
    });
    m->deliver();
    QCOMPARE(m->theCase().state, CaseState::Failed);
    Proposal poisoned = rebound("q1");
    poisoned.trouble = Trouble{reasonOf("poisoned"), reasonOf("It cannot be answered."), true};
    QCOMPARE(m->take({poisoned}).proposed, 1);
    QCOMPARE(m->theCase("c-2").state, CaseState::Trouble);
    // Repaired: asked again under another id.
    QVERIFY(finished(m->decisions->repair(CaseId(reasonOf("c-2")), m->ana)));
    QCOMPARE(finished(m->decisions->repair(CaseId(reasonOf("c-2")), m->ana)).error().code,
             ErrorCode::Conflict);
    m->server.scripts.push_back([this](const Dispatch &dispatch) -> DeliveryReport {
        DeliveryReport report{.outcome = DeliveryReport::Outcome::Delivered,
                              .text = reasonOf("Repaired.")};
        report.seen.proposals = {rebound("q9")};
        report.seen.gone = {{reasonOf("q1"), false, reasonOf("Asked again.")}};
        return dispatch.repair ? report : DeliveryReport();
    });
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-2").proposal.source.question, reasonOf("q9"));
    QCOMPARE(m->cases().size(), 2);
    QCOMPARE(m->count(event::repairDone), 1);
}

void TestIntake::shrunkenQuestionsCloseTheirParts()
{
    m->take({F::proposal("q1", "1", 1, 2), F::proposal("q1", "2", 2, 2)});
    m->take({F::proposal("q1", "1", 1, 1)});
    QCOMPARE(m->theCase("c-1").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-1").proposal.source.of, 1);
    QCOMPARE(m->theCase("c-2").state, CaseState::Withdrawn);
    QCOMPARE(m->take({F::proposal("q1", "1", 1, 2), F::proposal("q1", "2", 2, 2)}).reopened, 1);
    QCOMPARE(m->cases().size(), 2);
}

void TestIntake::effectsAreRecordedOnce()
{
    m->take({F::proposal("q1")});
    EffectReport report{.question = reasonOf("q1"),
                        .decision = DecisionId(reasonOf("not ours\n")),
                        .word = reasonOf("executed"),
                        .text = reasonOf("Refunded 120."),
                        .reportedMs = 1'700'000'000'000};
    Observation seen{.effects = {report, report}};
    QCOMPARE(m->take(seen).effects, 1);
    QCOMPARE(m->take(seen).effects, 0);
    report.outcome = true;
    report.word = reasonOf("good");
    seen.effects = {report};
    QCOMPARE(m->take(seen).effects, 1);
    QCOMPARE(m->theCase().effects.size(), 2);
    report.question = reasonOf("nobody asked");
    seen.effects = {report};
    QCOMPARE(m->take(seen).effects, 0);
}

void TestIntake::floodsAreTakenWhole()
{
    QList<Proposal> flood;
    for (int i = 0; i < 450; ++i) {
        flood.append(F::proposal(QByteArray("q" + QByteArray::number(i)).constData()));
    }
    QCOMPARE(m->take(flood).proposed, 450);
    QCOMPARE(m->take(flood).proposed, 0);
    QCOMPARE(m->cases().size(), 450);
    QCOMPARE(m->take(flood.mid(0, 201)).closed, 249);
}

void TestIntake::hostileIdsAreLeftOut()
{
    Proposal noId = F::proposal("");
    Proposal wrongPart = F::proposal("q1", "1", 3, 2);
    Proposal fine = F::proposal("q2");
    const IntakeSummary summary = m->take({noId, wrongPart, fine});
    QCOMPARE(summary.refused.size(), 2);
    QCOMPARE(summary.proposed, 1);
}

void TestIntake::hostileNamesFitTheEnvelope()
{
    Proposal hostile = F::proposal("q1");
    hostile.agent = QString(100'000, QLatin1Char('a'));
    hostile.action = QString(QChar(0)) + QString(QChar(0xfffd)) + reasonOf("x");
    hostile.caseType = QString(100'000, QChar(0x202e));
    hostile.dueMs = std::numeric_limits<qint64>::max();
    hostile.impact.currency = QString(70'000, QLatin1Char('E'));
    QCOMPARE(m->take({hostile}).proposed, 1);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
}

QTEST_GUILESS_MAIN(TestIntake)
#include "tst_intake.moc"
