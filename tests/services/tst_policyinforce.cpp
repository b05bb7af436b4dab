// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"

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
