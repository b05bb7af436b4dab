// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include "store/verifier.h"

#include <QTest>

using namespace countersign;

namespace {

const DecisionId d1(QStringLiteral("d-1"));
const DecisionId d2(QStringLiteral("d-2"));
const DecisionId d3(QStringLiteral("d-3"));
const OutboxId o1(QStringLiteral("o-1"));
const OutboxId o2(QStringLiteral("o-2"));

Json outbox(const OutboxId &id, Json::Object more = {})
{
    more.prepend(field("outbox", id.toString()));
    return Json::object(more);
}

} // namespace

/// The fold of events into state: each kind does what domain/event.h says, and the tables can be
/// made anew from the events at any time.
class TestProjection : public QObject
{
    Q_OBJECT

    StoreFixture *m_fixture = nullptr;
    Life *m_life = nullptr;

    Result<void> transact(const QList<EventDraft> &drafts)
    {
        return m_fixture->write<void>([&](Transaction &tx) -> Result<void> {
            for (const EventDraft &draft : drafts) {
                if (auto appended = tx.append(draft); !appended) {
                    return tl::unexpected<Error>(appended.error());
                }
            }
            return {};
        });
    }
    CaseId decided()
    {
        const CaseId id = m_life->propose(Life::refund(QStringLiteral("q")));
        return transact({Life::decision(event::decisionApprove, id, d1), Life::answer(o1, {d1})})
            ? id
            : CaseId();
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = new StoreFixture;
        m_life = new Life(*m_fixture);
        QCOMPARE(m_fixture->open(), std::nullopt);
        QVERIFY(m_life->addEndpoint());
    }
    /// Whatever a test did, its state is what its events say.
    void cleanup()
    {
        const auto report = verifyTrail({.directory = m_fixture->folder.path()});
        QVERIFY(report);
        QVERIFY2(report->verdict == TrailReport::Verdict::NoOutsideCheckpoint,
                 qPrintable(report->text));
        delete m_life;
        delete m_fixture;
    }

    void aProposalBecomesACase()
    {
        const Proposal proposal = Life::refund(QStringLiteral("q"));
        const CaseId id = m_life->propose(proposal);
        QCOMPARE(id.toString(), QStringLiteral("c-1"));
        const Case item = m_life->caseNow(id);
        QCOMPARE(item.state, CaseState::Waiting);
        QVERIFY(item.proposal == proposal);
        QCOMPARE(item.digest, proposal.digest());
        QCOMPARE(item.endpointName, QStringLiteral("Desk"));
        QCOMPARE(item.endpointKind, QStringLiteral("langgraph"));
        QCOMPARE(item.queue, QStringLiteral("general"));
        QCOMPARE(item.policyVersion, QStringLiteral("policy v1"));
        QCOMPARE(item.gateReasons, QStringList{QStringLiteral("Every case is asked.")});
        QCOMPARE(item.createdMs, FakeClock::start);
        QVERIFY(!item.before);
        QVERIFY(!item.decision);
        QCOMPARE(item.version, 4);
    }

    void aChangedProposalKeepsTheOneBefore()
    {
        const Proposal first = Life::refund(QStringLiteral("q"));
        const CaseId id = m_life->propose(first);
        Proposal second = first;
        second.confidence = Decimal::parse(QByteArray("0.5"));
        QVERIFY(m_fixture->append(Life::caseDraft(event::caseUpdated, id, second)));
        QVERIFY(!m_life->caseNow(id).before);
        QVERIFY(m_life->caseNow(id).proposal == second);
        Proposal third = second;
        third.arguments.set(QStringLiteral("order"), QStringLiteral("A2"));
        m_fixture->clock.advance(1000);
        QVERIFY(m_fixture->append(Life::caseDraft(event::caseChanged, id, third)));
        const Case item = m_life->caseNow(id);
        QVERIFY(item.before && *item.before == second);
        QVERIFY(item.proposal == third);
        QCOMPARE(item.state, CaseState::Waiting);
        QCOMPARE(item.createdMs, FakeClock::start);
        QCOMPARE(item.updatedMs, FakeClock::start + 1000);
    }

    void troubleAndItsRepair()
    {
        const CaseId id = m_life->propose(Life::refund(QStringLiteral("q")));
        Proposal ghost = Life::refund(QStringLiteral("q"));
        ghost.trouble = Trouble{.code = QStringLiteral("ghost"),
                                .text = QStringLiteral("Nothing to answer."),
                                .repairable = true};
        QVERIFY(m_fixture->append(Life::caseDraft(event::caseTrouble, id, ghost)));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Trouble);
        QCOMPARE(m_life->caseNow(id).stateText, QStringLiteral("Nothing to answer."));
        QVERIFY(m_life->onCase(event::repairRequested, id,
                               outbox(o1,
                                      {field("lane", QStringLiteral("thread")),
                                       field("question", QStringLiteral("q"))}),
                               Json::object()));
        auto entry = m_life->entry(o1);
        QVERIFY(entry);
        QCOMPARE(entry->kind, OutboxEntry::Kind::Repair);
        QCOMPARE(entry->state, OutboxState::Held);
        QCOMPARE(entry->dueMs, FakeClock::start);
        QCOMPARE(entry->cases, QList<CaseId>{id});
        QVERIFY(m_life->onCase(event::repairFailed, id, outbox(o1), words(QStringLiteral("No."))));
        QCOMPARE(m_life->entry(o1)->state, OutboxState::Failed);
        QCOMPARE(m_life->caseNow(id).stateText, QStringLiteral("No."));
        QVERIFY(m_life->onCase(event::repairRequested, id, outbox(o2), Json::object()));
        QVERIFY(m_life->onCase(event::repairDone, id, outbox(o2), words(QString())));
        QCOMPARE(m_life->entry(o2)->state, OutboxState::Delivered);
        QCOMPARE(m_life->caseNow(id).state, CaseState::Trouble);
        QVERIFY(m_fixture->append(
            Life::caseDraft(event::caseReopened, id, Life::refund(QStringLiteral("r")), 1)));
        const Case item = m_life->caseNow(id);
        QCOMPARE(item.state, CaseState::Waiting);
        QCOMPARE(item.proposal.source.question, QStringLiteral("r"));
        QCOMPARE(item.occurrence, 1);
    }

    void closedByOthersAndSetAside()
    {
        const CaseId id = m_life->propose(Life::refund(QStringLiteral("q")));
        QVERIFY(m_life->onCase(event::caseSetAside, id,
                               Json::object({field("until_ms", FakeClock::start + 9)})));
        QCOMPARE(m_life->caseNow(id).setAsideUntilMs, FakeClock::start + 9);
        QVERIFY(m_life->onCase(event::caseSetAside, id));
        QCOMPARE(m_life->caseNow(id).setAsideUntilMs, std::nullopt);
        QVERIFY(m_life->onCase(event::caseWithdrawn, id, {}, words(QStringLiteral("Gone."))));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Withdrawn);
        QCOMPARE(m_life->caseNow(id).stateText, QStringLiteral("Gone."));
        QVERIFY(m_life->onCase(event::caseAnsweredElsewhere, id, {}, words(QStringLiteral("B."))));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Superseded);
    }

    void aDecisionOnItsWay()
    {
        const CaseId id = decided();
        QVERIFY(!id.isEmpty());
        Case item = m_life->caseNow(id);
        QCOMPARE(item.state, CaseState::Held);
        QVERIFY(item.decision);
        QCOMPARE(item.decision->id, d1);
        QCOMPARE(item.decision->state, DecisionState::Held);
        QCOMPARE(item.decision->sendAtMs, FakeClock::start + 5000);
        QCOMPARE(item.decision->message, QStringLiteral("fine"));
        QVERIFY(item.decision->arguments);
        QCOMPARE(item.decision->personName, QStringLiteral("Ana Pérez"));
        QCOMPARE(item.partsDecided, 1);
        auto entry = m_life->entry(o1);
        QVERIFY(entry);
        QCOMPARE(entry->answer, QByteArray("[\"né\"]"));
        QCOMPARE(entry->dueMs, FakeClock::start + 5000);
        QCOMPARE(entry->decisions, QList<DecisionId>{d1});
        QCOMPARE(entry->cases, QList<CaseId>{id});
        QVERIFY(!entry->maybeSent);

        QVERIFY(m_life->onDecision(event::decisionSent, id, d1, outbox(o1, {field("attempt", 1)})));
        entry = m_life->entry(o1);
        QCOMPARE(entry->state, OutboxState::Sending);
        QVERIFY(entry->maybeSent);
        QCOMPARE(m_life->caseNow(id).state, CaseState::Sending);

        const auto delayed = [&](int attempt, bool unknown) -> bool {
            return bool(m_life->onDecision(
                event::decisionDelayed, id, d1,
                outbox(o1,
                       {field("attempt", attempt), field("next_ms", FakeClock::start + 6000),
                        field("code", QStringLiteral("unreachable")), field("unknown", unknown)}),
                words(QStringLiteral("Not reached."))));
        };
        QVERIFY(delayed(1, false));
        entry = m_life->entry(o1);
        QVERIFY(!entry->maybeSent);
        QCOMPARE(entry->attempts, 1);
        QCOMPARE(entry->dueMs, FakeClock::start + 6000);
        QCOMPARE(entry->lastError, QStringLiteral("Not reached."));
        QVERIFY(m_life->onDecision(event::decisionSent, id, d1, outbox(o1, {field("attempt", 2)})));
        QVERIFY(delayed(2, true));
        QVERIFY(m_life->entry(o1)->maybeSent);
        // What a later try knows of itself does not say what became of an earlier one.
        QVERIFY(m_life->onDecision(event::decisionSent, id, d1, outbox(o1, {field("attempt", 3)})));
        QVERIFY(delayed(3, false));
        QVERIFY(m_life->entry(o1)->maybeSent);

        QVERIFY(m_life->onDecision(event::decisionDelivered, id, d1, outbox(o1),
                                   words(QStringLiteral("Taken."))));
        item = m_life->caseNow(id);
        QCOMPARE(item.state, CaseState::Delivered);
        QCOMPARE(item.decision->state, DecisionState::Delivered);
        QCOMPARE(m_life->entry(o1)->state, OutboxState::Delivered);
        QVERIFY(m_life->onCase(event::effectReported, id,
                               Json::object({field("effect", QStringLiteral("executed"))}),
                               words(QStringLiteral("Refunded."))));
        QVERIFY(m_life->onCase(event::outcomeReported, id,
                               Json::object({field("outcome", QStringLiteral("good"))}),
                               words(QString())));
        const QStringList effects{QStringLiteral("Refunded."), QStringLiteral("good")};
        QCOMPARE(m_life->caseNow(id).effects, effects);
    }

    void undoAndDecideAgain()
    {
        const CaseId id = decided();
        QVERIFY(m_life->onDecision(event::decisionWithdrawn, id, d1, outbox(o1)));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Waiting);
        QVERIFY(!m_life->caseNow(id).decision);
        QCOMPARE(m_life->entry(o1)->state, OutboxState::Withdrawn);
        QVERIFY(transact({Life::decision(event::decisionReject, id, d2), Life::answer(o2, {d2})}));
        QCOMPARE(m_life->caseNow(id).decision->id, d2);
        QVERIFY(m_life->onDecision(event::decisionFailed, id, d2, outbox(o2),
                                   words(QStringLiteral("Refused."))));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Failed);
        QCOMPARE(m_life->caseNow(id).decision->stateText, QStringLiteral("Refused."));
        QCOMPARE(m_life->entry(o2)->lastError, QStringLiteral("Refused."));
    }

    void partsOfOneQuestion()
    {
        QList<CaseId> ids;
        for (int part = 1; part <= 3; ++part) {
            ids.append(m_life->propose(Life::refund(QStringLiteral("q"), part, 3)));
        }
        QVERIFY(transact({Life::decision(event::decisionEdit, ids.at(0), d1, 1, 3),
                          Life::decision(event::decisionRespond, ids.at(1), d2, 2, 3)}));
        QCOMPARE(m_life->caseNow(ids.at(0)).decision->state, DecisionState::WaitingForParts);
        QCOMPARE(m_life->caseNow(ids.at(2)).partsDecided, 2);
        QVERIFY(transact({Life::decision(event::decisionIgnore, ids.at(2), d3, 3, 3),
                          Life::answer(o1, {d1, d2, d3})}));
        QCOMPARE(m_life->caseNow(ids.at(0)).decision->state, DecisionState::Held);
        QCOMPARE(m_life->entry(o1)->cases, ids);
        QVERIFY(m_life->onDecision(event::decisionWithdrawn, ids.at(2), d3, outbox(o1)));
        QCOMPARE(m_life->caseNow(ids.at(0)).decision->state, DecisionState::WaitingForParts);
        QCOMPARE(m_life->caseNow(ids.at(0)).state, CaseState::Held);
        QCOMPARE(m_life->caseNow(ids.at(2)).state, CaseState::Waiting);
        // Superseded before anything was sent.
        const DecisionId d4(QStringLiteral("d-4"));
        QVERIFY(transact({Life::decision(event::decisionIgnore, ids.at(2), d4, 3, 3),
                          Life::answer(o2, {d1, d2, d4})}));
        QVERIFY(m_life->onDecision(event::decisionSuperseded, ids.at(0), d1, outbox(o2),
                                   words(QStringLiteral("It changed."))));
        QCOMPARE(m_life->entry(o2)->state, OutboxState::Superseded);
        QCOMPARE(m_life->caseNow(ids.at(0)).state, CaseState::Superseded);
        QCOMPARE(m_life->caseNow(ids.at(1)).decision->state, DecisionState::WaitingForParts);
        const auto parts = m_fixture->read<QList<Case>>([](Reader &r) {
            return r.casesOfQuestion(EndpointId(QStringLiteral("e-1")), QStringLiteral("q"), 0);
        });
        QVERIFY(parts);
        QCOMPARE(parts->size(), 3);
        QCOMPARE(parts->at(1).id, ids.at(1));
    }

    void mindedAndBack()
    {
        const CaseId id = m_life->propose(Life::refund(QStringLiteral("q")));
        QVERIFY(
            m_life->onCase(event::caseSetAside, id, Json::object({field("until_change", true)})));
        QVERIFY(
            m_life->onCase(event::caseAssigned, id,
                           Json::object({field("assignee", QStringLiteral("p-1")),
                                         field("assignee_name", QStringLiteral("Ana Pérez"))})));
        QVERIFY(m_life->onCase(event::caseFollowUp, id,
                               Json::object({field("follow_up_ms", FakeClock::start + 9)})));
        m_fixture->clock.advance(1000);
        QVERIFY(m_life->onCase(event::caseCommented, id, Json::object(),
                               words(QStringLiteral("mine, so it stays aside"))));
        Case item = m_life->caseNow(id);
        QCOMPARE(item.setAsideUntilMs, untilSomethingChanges);
        QCOMPARE(item.assigneeName, QStringLiteral("Ana Pérez"));
        QCOMPARE(item.followUpMs, FakeClock::start + 9);
        QCOMPARE(item.updatedMs, FakeClock::start);
        QVERIFY(m_life->onCase(event::effectReported, id,
                               Json::object({field("effect", QStringLiteral("executed"))}),
                               words(QStringLiteral("done"))));
        item = m_life->caseNow(id);
        QVERIFY(!item.setAsideUntilMs);
        QCOMPARE(item.back, Back::Effect);
        QCOMPARE(item.backMs, FakeClock::start + 1000);
        QVERIFY(m_life->onCase(event::caseAssigned, id, Json::object(),
                               Json::object({field("name", QStringLiteral("Legal"))})));
        QCOMPARE(m_life->caseNow(id).assignee, QStringLiteral("Legal"));
        for (const char *kind : {event::caseCommented, event::caseAssigned, event::caseFollowUp}) {
            QVERIFY(needsSignature(QLatin1String(kind), Actor::Type::Person));
        }
    }

    void newestAtAPlace()
    {
        m_life->propose(Life::refund(QStringLiteral("q")));
        const CaseId second = m_life->propose(Life::refund(QStringLiteral("q")), 1);
        m_life->propose(Life::refund(QStringLiteral("other")));
        const EndpointId e1(QStringLiteral("e-1"));
        const auto place = m_fixture->read<std::optional<Case>>(
            [&](Reader &r) { return r.newestCaseAt(e1, QStringLiteral("q"), 1); });
        QVERIFY(place && *place);
        QCOMPARE((*place)->id, second);
        const auto rebound = m_fixture->read<std::optional<Case>>(
            [&](Reader &r) { return r.newestCaseByRebind(e1, QStringLiteral("again/q"), 1); });
        QVERIFY(rebound && *rebound);
        QCOMPARE((*rebound)->id, second);
    }

    void endpointsComeAndGo()
    {
        QVERIFY(m_fixture->append(
            {.kind = QLatin1String(event::endpointChanged),
             .actor = Life::ana(),
             .endpoint = EndpointId(QStringLiteral("e-1")),
             .fields = Json::object({field("name", QStringLiteral("Front desk")),
                                     field("protocol", QStringLiteral("langgraph")),
                                     field("url", QStringLiteral("http://127.0.0.1:1"))}),
             .payload = Endpoint().settingsJson()}));
        auto list = m_fixture->read<QList<Endpoint>>([](Reader &r) { return r.endpoints(); });
        QCOMPARE(list->size(), 1);
        QCOMPARE(list->first().name, QStringLiteral("Front desk"));
        QVERIFY(m_fixture->append({.kind = QLatin1String(event::endpointRemoved),
                                   .actor = Life::ana(),
                                   .endpoint = EndpointId(QStringLiteral("e-1"))}));
        list = m_fixture->read<QList<Endpoint>>([](Reader &r) { return r.endpoints(); });
        QVERIFY(list->isEmpty());
    }

    void whatIsNotThereIsRefused()
    {
        const CaseId nobody(QStringLiteral("c-99"));
        for (const char *kind : {event::caseWithdrawn, event::caseSetAside, event::caseCommented,
                                 event::caseAssigned, event::caseFollowUp}) {
            const auto refused = m_life->onCase(kind, nobody);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        }
        QVERIFY(!transact({Life::answer(o1, {d1})}));
        QVERIFY(!m_life->entry(o1));
    }
};

QTEST_GUILESS_MAIN(TestProjection)
#include "tst_projection.moc"
