// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"

#include "services/caseservice.h"
#include "services/people.h"

#include <QRandomGenerator>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// A proposal that the rule "refunds" below lets go by itself.
Proposal sure(const char *question, const char *amount = "120", int part = 1, int of = 1)
{
    Proposal made = ServicesFixture::proposal(question, amount, part, of);
    made.confidence = Decimal::parse(QByteArray("0.95"));
    made.impact.amount = Decimal::parse(QByteArray(amount));
    made.impact.currency = text("EUR");
    made.reversibility = Reversibility::Reversible;
    return made;
}

Proposal unsure(const char *question, int part = 1, int of = 1)
{
    Proposal made = sure(question, "120", part, of);
    made.confidence = Decimal::parse(QByteArray("0.4"));
    return made;
}

} // namespace

/// The policy that a person signed decides what waits, from the first look to the wire.
class TestPolicyInForce final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServicesFixture> m_f;

    Result<PolicyRecord> set(const QByteArray &rules, const char *reason = "Proven since May.")
    {
        const auto document
            = parseJson(R"({"format":"countersign-policy/1","rules":[)" + rules + "]}");
        return finished(m_f->policy->set(
            {.document = document.value(), .reason = text(reason), .person = m_f->ana}));
    }
    void setRefunds(const QByteArray &more = {})
    {
        const auto record
            = set(R"({"id":"refunds","action":"refund","mode":"autonomous","min_confidence":0.8,)"
                  R"("limits":{"EUR":500})"
                  + more + "}");
        QVERIFY2(record, qPrintable(record ? QString() : record.error().text));
    }

    PersonId enroll(const char *name)
    {
        return finished(People(*m_f->base.store, m_f->base.keys)
                            .add(text(name), text("reviewer"), m_f->ana))
            .value()
            .id;
    }
    DecisionRequest by(const PersonId &person, DecisionKind kind = DecisionKind::Approve)
    {
        DecisionRequest request = m_f->request("c-1", kind);
        request.person = person;
        return request;
    }
    int regate() { return finished(m_f->regating->run()).value(); }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServicesFixture>();
        m_f->open();
        m_f->connectEndpoint();
    }
    void cleanup()
    {
        if (!QTest::currentTestFailed()
            && qstrcmp(QTest::currentTestFunction(), "aForgedDecision") != 0) {
            QVERIFY(m_f->isSound());
        }
        m_f.reset();
    }

    void withoutOneEverythingWaits()
    {
        m_f->take({sure("q1")});
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().policyVersion, text("policy v1"));
        QCOMPARE(m_f->theCase().terms, GateTerms());
    }

    void whatIsSureGoesByItself()
    {
        setRefunds();
        m_f->server.ask({sure("q1")});
        const IntakeSummary summary = m_f->take({sure("q1"), unsure("q2")});
        QCOMPARE(summary.proposed, 2);
        QCOMPARE(summary.decided, 1);
        const Case passed = m_f->theCase();
        QCOMPARE(passed.state, CaseState::Held);
        QCOMPARE(passed.disposition, Disposition::AutoApprove);
        QCOMPARE(passed.decision->personName, text("policy v2"));
        QCOMPARE(passed.decision->sendAtMs, m_f->base.clock.nowMs());
        QCOMPARE(passed.gateReasons.join(u' '),
                 text("The rule lets this action go by itself. Confidence 0.95 is at least 0.8. "
                      "120 EUR is within the limit of 500 EUR."));
        const Case asked = m_f->theCase("c-2");
        QCOMPARE(asked.state, CaseState::Waiting);
        QCOMPARE(asked.policyVersion, text("policy v2"));
        QCOMPARE(asked.terms.rule, text("refunds"));
        QCOMPARE(asked.gateReasons, QStringList{text("Confidence 0.4 is below 0.8.")});
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
        QCOMPARE(m_f->take({unsure("q2")}).decided, 0); // and nothing again
    }

    void itsDecisionCarriesTheSignedPolicy()
    {
        setRefunds();
        m_f->take({sure("q1")});
        QString signedEvent;
        QString carried;
        for (const EventRecord &record : m_f->base.trail()) {
            const Json envelope = parseJson(record.envelope).value();
            if (record.kind == text(event::policySet)) {
                signedEvent = QString::fromLatin1(record.leaf.toHex());
                QVERIFY(!record.signature.isEmpty());
            } else if (record.kind == text(event::decisionApprove)) {
                carried = envelope[u"policy_event"].toString();
                QVERIFY(record.signature.isEmpty());
                QCOMPARE(record.actor, text("policy v2"));
            }
        }
        QVERIFY(!signedEvent.isEmpty());
        QCOMPARE(carried, signedEvent);
    }

    void aForgedDecision_data()
    {
        QTest::addColumn<Actor>("actor");
        QTest::addColumn<QString>("carries");
        QTest::newRow("of no policy") << Actor::policy(text("policy v2")) << QString();
        QTest::newRow("of another") << Actor::policy(text("policy v2")) << QString(64, u'a');
        QTest::newRow("by the program") << Actor::system() << QString();
    }

    void aForgedDecision()
    {
        QFETCH(Actor, actor);
        QFETCH(QString, carries);
        setRefunds();
        m_f->take({unsure("q1")});
        const Case subject = m_f->theCase();
        EventDraft draft{.kind = text(event::decisionApprove),
                         .actor = actor,
                         .caseId = subject.id,
                         .endpoint = subject.endpoint,
                         .decision = DecisionId(text("d-forged"))};
        draft.fields = Json::object({{text("digest"), Json(subject.digest)},
                                     {text("of"), Json(1)},
                                     {text("send_at_ms"), Json(m_f->base.clock.nowMs())}});
        if (!carries.isEmpty()) {
            draft.fields.set(text("policy_event"), Json(carries));
        }
        QVERIFY(m_f->base.append(draft));
        const auto report = verifyTrail({.directory = m_f->base.folder.path()});
        QVERIFY(report);
        QCOMPARE(report->verdict, TrailReport::Verdict::Tampered);
    }

    void whatIsNotAllowedIsRejectedWithTheReason()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","conditions":[{"field":)"
                    R"("/arguments/amount","is":"gt","value":1000,"then":"block",)"
                    R"("reason":"Nobody refunds that much."}]})"));
        m_f->server.ask({sure("q1", "1000.01")});
        m_f->take({sure("q1", "1000.01")});
        const Case subject = m_f->theCase();
        QCOMPARE(subject.disposition, Disposition::Block);
        QCOMPARE(subject.decision->kind, DecisionKind::Reject);
        QVERIFY(subject.decision->message.contains(text("Nobody refunds that much.")));
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
    }

    void aSampleIsLookedAtLater()
    {
        setRefunds(R"(,"spot_check_rate":1.0)");
        m_f->server.ask({sure("q1")});
        QCOMPARE(m_f->take({sure("q1")}).decided, 1);
        QCOMPARE(m_f->theCase().disposition, Disposition::SpotCheck);
        const Case check = m_f->theCase("c-2");
        QCOMPARE(check.purpose, Purpose::SpotCheck);
        QCOMPARE(check.state, CaseState::Waiting);
        QCOMPARE(check.policyVersion, text("policy v2"));
        QCOMPARE(m_f->count(event::spotCheckDrawn), 1);
        QCOMPARE(m_f->take({sure("q1")}).proposed, 0);
        QCOMPARE(m_f->deliver(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Delivered);
        QCOMPARE(m_f->theCase("c-2").state, CaseState::Waiting);
    }

    void whatTheEndpointDoesNotTakeGoesToAPerson()
    {
        setRefunds();
        Proposal odd = sure("q1");
        odd.allowed = DecisionKind::Respond;
        QCOMPARE(m_f->take({odd}).decided, 0);
        QCOMPARE(m_f->theCase().disposition, Disposition::Approve);
        QCOMPARE(m_f->theCase().gateReasons.first(),
                 text("Policy would answer “approve”, which cannot be said here."));
    }

    void ofAQuestionInPartsThePersonDecidesTheRest()
    {
        setRefunds();
        m_f->take({sure("q1", "120", 1, 2), unsure("q1", 2, 2)});
        QCOMPARE(m_f->theCase("c-1").decision->state, DecisionState::WaitingForParts);
        QCOMPARE(m_f->theCase("c-2").state, CaseState::Waiting);
        QCOMPARE(m_f->outbox().size(), 0);
        QVERIFY(m_f->approve("c-2"));
        QCOMPARE(m_f->outbox().size(), 1);
    }

    void aPersonMayTakeItBackWhileItIsHeld()
    {
        setRefunds();
        m_f->take({sure("q1", "120", 1, 2), unsure("q1", 2, 2)});
        QVERIFY(finished(m_f->decisions->undo(CaseId(text("c-1")), m_f->ana)));
        QCOMPARE(m_f->theCase("c-1").state, CaseState::Waiting);
        m_f->take({sure("q1", "120", 1, 2), unsure("q1", 2, 2)});
        QCOMPARE(m_f->theCase("c-1").state, CaseState::Waiting); // the person has it
    }

    void whatBecomesKnownLaterFreesNobody()
    {
        setRefunds();
        m_f->take({unsure("q1")});
        QCOMPARE(m_f->take({sure("q1")}).updated, 1);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().disposition, Disposition::Approve);
        QCOMPARE(m_f->take({sure("q1", "121")}).changed, 1); // another proposal: asked anew
        QCOMPARE(m_f->theCase().state, CaseState::Held);
    }

    void anUnreadablePolicyLetsNothingPass()
    {
        EventDraft draft{.kind = text(event::policySet),
                         .actor = Actor::person(m_f->ana, text("Ana Pérez"))};
        draft.fields
            = Json::object({{text("version"), Json(2)}, {text("digest"), Json(text("x"))}});
        draft.payload = Json::object(
            {{text("document"), Json::object({{text("format"), Json(text("from tomorrow"))}})}});
        QVERIFY(m_f->base.append(draft));
        m_f->take({sure("q1")});
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().policyVersion, text("policy v2"));
        QVERIFY(m_f->theCase().gateReasons.first().startsWith(
            text("The policy cannot be read, so everything waits for a person.")));
    }

    void aJumpOfTheClockLetsNothingPass()
    {
        setRefunds();
        m_f->base.clock.jumpTo(m_f->base.clock.nowMs() + 3'600'000);
        m_f->take({sure("q1")});
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().gateReasons,
                 QStringList{text("This machine's clock jumped, so nothing goes by itself.")});
        m_f->base.clock.advance(700'000);
        m_f->take({sure("q1"), sure("q2")});
        QCOMPARE(m_f->theCase("c-2").state, CaseState::Held);
    }

    void aRuleSaysHowItIsDecided()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","undo_seconds":90,)"
                    R"("batch":false,"typed_reason":true})"));
        m_f->take({sure("q1")});
        DecisionRequest request = m_f->request();
        request.look = Look();
        const auto silent = m_f->decide(request);
        QCOMPARE(silent.error().code, ErrorCode::InvalidInput);
        QVERIFY(m_f->decisions->needsReason(m_f->theCase(), DecisionKind::Approve));
        const BatchReport together = finished(m_f->batches->decideMany(
            {.cases = {{request.caseId, request.digest}}, .message = {}, .person = m_f->ana}, {}));
        QCOMPARE(together.entries.first().error->code, ErrorCode::NotAllowed);
        request.message = text("The parcel was crushed.");
        const auto receipt = m_f->decide(request);
        QVERIFY(receipt);
        QCOMPARE(receipt->sendAtMs, m_f->base.clock.nowMs() + 90'000);
    }

    void twoPeopleMustApprove()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","approvers":2,"batch":true})"));
        const PersonId bo = enroll("Bo");
        m_f->take({sure("q1")});
        const auto first = m_f->approve();
        QVERIFY(first);
        QVERIFY(first->approval);
        QCOMPARE(first->approval->given, 1);
        QCOMPARE(first->approval->of, 2);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().approvals.size(), 1);
        QCOMPARE(m_f->theCase().approvals.first().personName, text("Ana Pérez"));
        QCOMPARE(m_f->outbox().size(), 0);
        QCOMPARE(m_f->count(event::approvalGiven), 1);
        QCOMPARE(m_f->approve().error().code, ErrorCode::AlreadyDecided); // the same person
        m_f->take({sure("q1", "130")}); // another proposal: nobody has approved that
        QVERIFY(m_f->theCase().approvals.isEmpty());
        QCOMPARE(m_f->decide(by(bo))->approval->given, 1);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        const BatchReport together = finished(
            m_f->batches->decideMany({.cases = {{CaseId(text("c-1")), m_f->theCase().digest}},
                                      .message = {},
                                      .person = m_f->ana},
                                     {}));
        QVERIFY(!together.entries.first().error);
        QVERIFY(!together.entries.first().receipt.approval); // the last one decides
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QCOMPARE(m_f->outbox().size(), 1);
    }

    void anApprovalIsTakenBackByWhoGaveIt()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","approvers":2})"));
        const PersonId bo = enroll("Bo");
        m_f->take({sure("q1")});
        const CaseId id(text("c-1"));
        QVERIFY(m_f->approve());
        QCOMPARE(finished(m_f->decisions->undo(id, bo)).error().code, ErrorCode::NotAllowed);
        QVERIFY(finished(m_f->decisions->undo(id, m_f->ana)));
        QVERIFY(m_f->theCase().approvals.isEmpty());
        QCOMPARE(m_f->count(event::approvalWithdrawn), 1);
        QVERIFY(m_f->approve()->approval);
        QVERIFY(!m_f->decide(by(bo))->approval);
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QVERIFY(finished(m_f->decisions->undo(id, bo))); // the last one: the first still counts
        QCOMPARE(m_f->theCase().approvals.size(), 1);
        QCOMPARE(m_f->approve().error().code, ErrorCode::AlreadyDecided);
        QVERIFY(m_f->decide(by(bo)));
        QCOMPARE(m_f->outbox().size(), 1);
    }

    void aRejectionByAnybodyEndsIt()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","approvers":2})"));
        const PersonId bo = enroll("Bo");
        m_f->take({sure("q1")});
        QVERIFY(m_f->approve());
        DecisionRequest edit = by(bo, DecisionKind::Edit);
        edit.arguments = m_f->theCase().proposal.arguments;
        QCOMPARE(m_f->decide(edit).error().code, ErrorCode::NotAllowed); // nobody saw that
        const auto rejected = m_f->decide(by(bo, DecisionKind::Reject));
        QVERIFY(rejected);
        QVERIFY(!rejected->approval);
        QCOMPARE(m_f->theCase().decision->kind, DecisionKind::Reject);
        QCOMPARE(m_f->theCase().state, CaseState::Held);
    }

    void onlyALeadMayDecide()
    {
        QVERIFY(set(R"({"id":"r","action":"refund","mode":"approve","authority":"lead"})"));
        const PersonId bo = enroll("Bo");
        m_f->take({sure("q1")});
        const auto refused = m_f->decide(by(bo));
        QCOMPARE(refused.error().code, ErrorCode::NotAllowed);
        QCOMPARE(refused.error().text,
                 text("policy v2 asks for a lead to decide this; hand it over to one. Who may: "
                      "Ana Pérez."));
        QVERIFY(m_f->approve()); // the profile's owner leads
    }

    void whatWaitsIsGatedAnew()
    {
        m_f->take({sure("q1"), unsure("q2")});
        QCOMPARE(m_f->theCase().policyVersion, text("policy v1"));
        setRefunds();
        QCOMPARE(regate(), 2);
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QCOMPARE(m_f->theCase().disposition, Disposition::AutoApprove);
        QCOMPARE(m_f->theCase().decision->personName, text("policy v2"));
        const Case asked = m_f->theCase("c-2");
        QCOMPARE(asked.state, CaseState::Waiting);
        QCOMPARE(asked.policyVersion, text("policy v2"));
        QCOMPARE(asked.terms.rule, text("refunds"));
        QCOMPARE(asked.gateReasons, QStringList{text("Confidence 0.4 is below 0.8.")});
        QCOMPARE(m_f->count(event::caseGated), 2);
        QCOMPARE(regate(), 0); // and nothing again
        QVERIFY(set(R"({"id":"refunds","action":"refund","mode":"block"})"));
        QCOMPARE(regate(), 1); // an answer that is under way stays what it is
        QCOMPARE(m_f->theCase().decision->kind, DecisionKind::Approve);
        QCOMPARE(m_f->theCase("c-2").decision->kind, DecisionKind::Reject);
    }

    void whatAPersonHasInHandIsTheirs_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("a decision taken back") << 0;
        QTest::newRow("assigned") << 1;
        QTest::newRow("set aside") << 2;
        QTest::newRow("another part decided") << 3;
        QTest::newRow("a comment") << 4;
    }

    void whatAPersonHasInHandIsTheirs()
    {
        QFETCH(int, how);
        const QList<CaseId> ids{CaseId(text("c-1"))};
        CaseService care(*m_f->base.store);
        if (how == 3) {
            m_f->take({sure("q1", "120", 1, 2), sure("q1", "120", 2, 2)});
            QVERIFY(m_f->approve("c-2"));
        } else {
            m_f->take({sure("q1")});
        }
        if (how == 0) {
            QVERIFY(m_f->approve());
            QVERIFY(finished(m_f->decisions->undo(ids.first(), m_f->ana)));
        } else if (how == 1) {
            QVERIFY(finished(care.assign(ids, text("p-1"), m_f->ana, text("Mind the parcel."))));
        } else if (how == 2) {
            QVERIFY(finished(care.setAside(ids, {.untilChange = true}, m_f->ana)));
        } else if (how == 4) {
            QVERIFY(finished(care.comment(ids, text("I called them."), m_f->ana)));
        }
        setRefunds();
        QCOMPARE(regate(), 1);
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        QCOMPARE(m_f->theCase().disposition, Disposition::Approve);
        QCOMPARE(m_f->theCase().policyVersion, text("policy v2"));
        const QString why = m_f->theCase().gateReasons.first();
        QVERIFY2(how == 2 || why.contains(text("Ana Pérez")), qPrintable(why));
        QCOMPARE(regate(), 0);
    }

    void itLooksAgainByItself()
    {
        m_f->take({sure("q1")});
        m_f->regating->start();
        setRefunds();
        QTRY_COMPARE(m_f->theCase().state, CaseState::Held);
        m_f->regating->stop();
    }

    void whatWasInterruptedIsTakenUp()
    {
        m_f->take({sure("q1")});
        setRefunds(); // and the program ends before it has looked
        m_f->close();
        m_f->open();
        QCOMPARE(m_f->theCase().state, CaseState::Waiting);
        m_f->regating->start();
        QTRY_COMPARE(m_f->theCase().state, CaseState::Held);
    }

    void aNewTimeGivesPeopleAllOfIt()
    {
        m_f->take({sure("q1")});
        m_f->base.clock.advance(7'200'000);
        QVERIFY(set(R"({"id":"r","action":"refund","due":{"after":"1h","at_zero":"reject"}})"));
        QCOMPARE(regate(), 1);
        const qint64 zero = m_f->base.clock.nowMs() + 3'600'000;
        QCOMPARE(m_f->theCase().terms.zeroMs, std::optional<qint64>(zero));
        m_f->base.clock.advance(1000);
        QCOMPARE(regate(), 0); // once
        QCOMPARE(m_f->theCase().terms.zeroMs, std::optional<qint64>(zero));
    }

    void aChangedProposalIsAskedByItself()
    {
        // A proposal that changes after it was gated anew is asked by itself, as ever.
        m_f->take({unsure("q1")});
        setRefunds();
        QCOMPARE(regate(), 1);
        m_f->take({sure("q1", "121")});
        QCOMPARE(m_f->theCase().state, CaseState::Held);
        QCOMPARE(m_f->theCase().gateReasons.size(), 3);
    }

    void policyIsSetByLeadsWithAReason()
    {
        QCOMPARE(set({}, "  ").error().code, ErrorCode::InvalidInput);
        QCOMPARE(set(R"({"id":"a","ruels":1})").error().code, ErrorCode::InvalidInput);
        setRefunds();
        QCOMPARE(set(R"({"id":"refunds","action":"refund","mode":"autonomous",)"
                     R"("min_confidence":0.8,"limits":{"EUR":500}})")
                     .error()
                     .code,
                 ErrorCode::InvalidInput); // in force already
        const auto stale = finished(m_f->policy->set(
            {.document
             = parseJson(R"({"format":"countersign-policy/1","title":"B","rules":[]})").value(),
             .reason = text("x"),
             .person = m_f->ana,
             .after = 1}));
        QCOMPARE(stale.error().code, ErrorCode::Changed);
        const auto next = set({}, "Back to people.");
        QCOMPARE(next->version, 3);
        const auto kept = m_f->base.read<std::optional<PolicyRecord>>(
            [](Reader &reader) { return reader.policyVersion(3); });
        QCOMPARE((*kept)->reason, text("Back to people."));
        QCOMPARE((*kept)->diff.items().size(), 1);
        QCOMPARE((*kept)->personName, text("Ana Pérez"));
    }

    /// What was recorded live is what the policy says of the same cases afterwards.
    void aReplayEqualsWhatHappened()
    {
        setRefunds(R"(,"conditions":[{"field":"/arguments/amount","is":"gt","value":900,)"
                   R"("then":"escalate","queue":"Leads"}])");
        QRandomGenerator random(5);
        constexpr int count = 10'000;
        QList<Proposal> all;
        for (int i = 0; i < count; ++i) {
            Proposal one = sure(qPrintable(QStringLiteral("q-%1").arg(i)),
                                QByteArray::number(random.bounded(1, 1000)).constData());
            one.confidence = Decimal::parse(QByteArray::number(random.bounded(0, 101) / 100.0));
            one.risk = Risk(random.bounded(0, 4));
            one.reversibility = Reversibility(random.bounded(0, 4));
            all.append(one);
        }
        IntakeSummary summary;
        for (int from = 0; from < count; from += 200) {
            summary += m_f->take(all.mid(from, 200), false);
        }
        QCOMPARE(summary.proposed, count);
        QVERIFY(summary.decided > 100);
        const auto record = m_f->base.read<std::optional<PolicyRecord>>(
            [](Reader &reader) { return reader.policyVersion(2); });
        const PolicyEvaluator policy(readPolicy((*record)->document).policy.value());
        int automatic = 0;
        const QList<Case> cases = m_f->cases();
        for (const Case &one : cases) {
            const Evaluation again = policy.evaluate(one.proposal, one.endpointName);
            QCOMPARE(one.disposition, again.disposition);
            QCOMPARE(one.gateReasons, again.sentences());
            QCOMPARE(one.queue, again.queue);
            automatic += one.decision ? 1 : 0;
        }
        QCOMPARE(int(cases.size()), count);
        QCOMPARE(automatic, summary.decided);
    }
};

QTEST_GUILESS_MAIN(TestPolicyInForce)
#include "tst_policyinforce.moc"
