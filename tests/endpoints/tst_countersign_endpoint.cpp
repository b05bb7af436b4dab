// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clock.h"
#include "domain/trust.h"
#include "endpoints/countersign/endpoint.h"
#include "testing/demoagent.h"

#include <QSignalSpy>
#include <QTest>

using namespace countersign;
using Outcome = DeliveryReport::Outcome;

namespace {

template <class T> T wait(const QFuture<T> &future)
{
    [&]() -> void {
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
    }();
    return future.isFinished() && future.resultCount() > 0 ? future.result() : T();
}

Observation waitSeen(const QFuture<Result<Observation>> &future)
{
    [&]() -> void {
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
    }();
    const auto result = future.result();
    return result ? *result : Observation();
}

QString digestOf(const Json &document)
{
    return QString::fromLatin1(sha256(canonicalJson(document)).toHex());
}

} // namespace

/// Our endpoint against the real demo agent, with each of its faults. What counts is the agent's
/// own log.
class TestCountersignEndpoint : public QObject
{
    Q_OBJECT

    DemoAgentProcess *m_agent = nullptr;
    CountersignEndpoint *m_endpoint = nullptr;
    SystemClock m_clock;
    QList<Observation> m_seen;
    int m_decisions = 0;

    void begin(const QStringList &arguments = {})
    {
        m_agent = new DemoAgentProcess;
        QVERIFY(m_agent->start(QStringList{QStringLiteral("--cases"), QStringLiteral("3")}
                               + arguments));
        m_endpoint = open({m_agent->authorization()});
        connect(m_endpoint, &AgentEndpoint::observed, m_endpoint,
                [this](const Observation &seen) -> void { m_seen.append(seen); });
    }

    CountersignEndpoint *open(const QList<Header> &secrets)
    {
        Endpoint endpoint;
        endpoint.kind = QStringLiteral("countersign");
        endpoint.name = QStringLiteral("demo");
        endpoint.url = m_agent->url();
        native::Timing timing;
        timing.deadlineMs = 1500;
        timing.silenceMs = 20'000;
        timing.backoffScale = 0.05;
        return new CountersignEndpoint({endpoint, secrets, &m_clock}, timing);
    }

    QList<Proposal> waiting() { return waitSeen(m_endpoint->observe()).proposals; }

    AnsweredPart answer(const Proposal &proposal, DecisionKind kind = DecisionKind::Approve)
    {
        AnsweredPart part;
        part.proposal = proposal;
        part.decision = DecisionId(QStringLiteral("d-%1").arg(++m_decisions));
        part.kind = kind;
        if (kind == DecisionKind::Respond) {
            part.message = QStringLiteral("Offer half of it.");
        }
        return part;
    }

    Dispatch dispatch(const AnsweredPart &part, bool maybeSent = false)
    {
        return dispatch(QList{part}, maybeSent);
    }
    Dispatch dispatch(const QList<AnsweredPart> &parts, bool maybeSent = false)
    {
        Dispatch dispatch;
        dispatch.id = OutboxId(QStringLiteral("o-1"));
        dispatch.parts = parts;
        for (const AnsweredPart &part : parts) {
            dispatch.digests.append(part.proposal.digest());
        }
        dispatch.answer = *CountersignProtocol().encode(parts);
        dispatch.reviewer = QStringLiteral("Ana Pérez");
        dispatch.checkpoint = "origin\n1\nroot\n";
        dispatch.maybeSent = maybeSent;
        return dispatch;
    }

    DeliveryReport deliver(const Dispatch &dispatch)
    {
        const auto reports = wait(m_endpoint->deliver({dispatch}));
        return reports.isEmpty() ? DeliveryReport() : reports.first();
    }

    int effectsOf(const DecisionId &id)
    {
        int count = 0;
        for (const Json &line : m_agent->log(QStringLiteral("effect"))) {
            count += line[u"decision"].toString() == id.toString();
        }
        return count;
    }

    int seenEvents(const std::function<bool(const Observation &)> &fits)
    {
        return int(std::count_if(m_seen.cbegin(), m_seen.cend(), fits));
    }

    void fault(const QString &fault)
    {
        QVERIFY(!m_agent->hook(QStringLiteral("fault"), QStringLiteral("fault"), fault).isNull());
    }

private Q_SLOTS:
    void cleanup()
    {
        delete std::exchange(m_endpoint, nullptr);
        delete std::exchange(m_agent, nullptr);
        m_seen.clear();
    }

    void testNamesWhoAnswers()
    {
        begin();
        const auto future = m_endpoint->test();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().has_value());
        QVERIFY(future.result()->contains(QLatin1String("countersign/1")));
    }

    void wrongTokenAsksForAnother()
    {
        begin();
        const std::unique_ptr<CountersignEndpoint> stranger(
            open({{"Authorization", "Bearer canary-7431"}}));
        const auto future = stranger->observe();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(!future.result());
        QCOMPARE(future.result().error().code, ErrorCode::Unauthorized);
        QCOMPARE(stranger->status().state, EndpointStatus::State::Failing);
        const auto reports = wait(stranger->deliver({dispatch(answer(waiting().first()))}));
        QCOMPARE(reports.first().outcome, Outcome::Retry);
        QVERIFY(reports.first().text.contains(QLatin1String("token")));
        QVERIFY(!m_agent->wholeLog().contains("canary-7431"));
        QVERIFY(!m_agent->wholeLog().contains(m_agent->token()));
    }

    void pagesThroughEverything()
    {
        begin({QStringLiteral("--cases"), QStringLiteral("250")});
        const Observation seen = waitSeen(m_endpoint->observe());
        QSet<QString> questions;
        for (const Proposal &proposal : seen.proposals) {
            questions.insert(proposal.source.question);
        }
        QCOMPARE(questions.size(), 250);
        QCOMPARE(seen.open->size(), 250);
        for (const Proposal &proposal : seen.proposals) {
            QVERIFY2(!proposal.trouble, "digests differ");
            QVERIFY2(proposal.source.ids[u"follows"].isNull()
                         && proposal.allowed != AllowedDecisions(),
                     "allowed");
        }
    }

    void approvedOnceInEffect()
    {
        begin();
        const AnsweredPart part = answer(waiting().first());
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Delivered);
        QCOMPARE(report.receipt[u"decision_id"].toString(), part.decision.toString());
        QCOMPARE(report.receipt[u"reviewer"].toString(), QStringLiteral("Ana Pérez"));
        QVERIFY(!report.receipt[u"checkpoint_sha256"].toString().isEmpty());
        QTRY_COMPARE(effectsOf(part.decision), 1);
        QCOMPARE(m_agent->log(QStringLiteral("effect")).first()[u"arguments"],
                 part.proposal.arguments);
        QCOMPARE(m_agent->log(QStringLiteral("checkpoint")).size(), 1);

        // The same again, as after a crash: recognised, not done again.
        QCOMPARE(deliver(dispatch(part, true)).outcome, Outcome::Delivered);
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        QTRY_COMPARE(m_agent->log(QStringLiteral("outcome")).size(), 1);
        QCOMPARE(effectsOf(part.decision), 1);
    }

    void partsAreTakenTogether()
    {
        begin();
        const QString id = m_agent
                               ->hook(QStringLiteral("propose"), QStringLiteral("kind"),
                                      QStringLiteral("onboarding"))[u"id"]
                               .toString();
        QList<AnsweredPart> parts;
        for (const Proposal &proposal : waiting()) {
            if (proposal.source.question == id) {
                parts.append(answer(
                    proposal, parts.size() == 2 ? DecisionKind::Respond : DecisionKind::Approve));
            }
        }
        QCOMPARE(parts.size(), 3);
        const DeliveryReport report = deliver(dispatch(parts));
        QCOMPARE(report.outcome, Outcome::Delivered);
        QCOMPARE(report.receipt[u"parts"].items().size(), 3);
        for (const AnsweredPart &part : parts) {
            QTRY_COMPARE(effectsOf(part.decision), 1);
        }
        QCOMPARE(deliver(dispatch(parts, true)).outcome, Outcome::Delivered);
        // The part that was sent back is asked again, alone.
        const auto again = [&]() -> QList<Proposal> {
            QList<Proposal> found;
            for (const Proposal &proposal : waiting()) {
                if (proposal.source.ids[u"follows"].toString() == id) {
                    found.append(proposal);
                }
            }
            return found;
        };
        QTRY_COMPARE(again().size(), 1);
        QCOMPARE(again().first().action, parts.at(2).proposal.action);
        QCOMPARE(again().first().source.of, 1);
        for (const AnsweredPart &part : parts) {
            QCOMPARE(effectsOf(part.decision), 1);
        }
    }

    void anArtifactIsDraftedAnewAsTold()
    {
        begin();
        m_endpoint->start();
        const QString id = m_agent
                               ->hook(QStringLiteral("propose"), QStringLiteral("kind"),
                                      QStringLiteral("replies"))[u"id"]
                               .toString();
        const auto seen
            = [&](const std::function<bool(const Proposal &)> &fits) -> QList<Proposal> {
            QList<Proposal> found;
            for (const Observation &observation : m_seen) {
                for (const Proposal &proposal : observation.proposals) {
                    if (fits(proposal)) {
                        found = {proposal};
                    }
                }
            }
            return found;
        };
        const auto isIt = [&](const Proposal &proposal) -> bool {
            return proposal.source.question == id;
        };
        QTRY_COMPARE(seen(isIt).size(), 1);
        const Proposal before = seen(isIt).first();
        QVERIFY(before.artifact && !before.trouble);
        QCOMPARE(before.artifact->revision, 1);

        AnsweredPart sentBack = answer(before, DecisionKind::Respond);
        const QString text = before.artifact->content.toString();
        const QString first = text.section(QStringLiteral("\n\n"), 1, 1);
        sentBack.message = QStringLiteral("Add \"We call you tomorrow.\"");
        sentBack.work.content
            = Json(QString(text).replace(QLatin1String("Kind regards"), QLatin1String("Bye")));
        sentBack.work.comments = {{first, {}, QStringLiteral("remove")}};
        QCOMPARE(deliver(dispatch(sentBack)).outcome, Outcome::Delivered);
        const auto follows = [&](const Proposal &proposal) -> bool {
            return proposal.source.ids[u"follows"].toString() == id;
        };
        QTRY_COMPARE(seen(follows).size(), 1);
        const Proposal after = seen(follows).first();
        QVERIFY(!after.trouble);
        QCOMPARE(after.artifact->revision, 2);
        const QString now = after.artifact->content.toString();
        QVERIFY2(!now.contains(first) && now.contains(QLatin1String("Bye"))
                     && now.contains(QLatin1String("We call you tomorrow.")),
                 qPrintable(now));
        QCOMPARE(after.artifact->note.split(u'\n').size(), 3);
        bool told = false;
        for (const Json &line : m_agent->log(QStringLiteral("event"))) {
            told = told || line[u"type"].toString() == u"artifact.revised";
        }
        QVERIFY(told);

        // What is approved is what goes out; another draft would be another digest.
        const AnsweredPart approved = answer(after);
        QCOMPARE(deliver(dispatch(approved)).outcome, Outcome::Delivered);
        QTRY_COMPARE(effectsOf(approved.decision), 1);
        QCOMPARE(m_agent->log(QStringLiteral("effect")).last()[u"artifact"].toString(), now);
    }

    void aPartThatChangedStopsThemAll()
    {
        begin();
        (void)m_agent->hook(QStringLiteral("propose"), QStringLiteral("kind"),
                            QStringLiteral("onboarding"));
        QList<AnsweredPart> parts;
        for (const Proposal &proposal : waiting()) {
            if (proposal.source.of == 3) {
                parts.append(answer(proposal));
            }
        }
        parts = parts.mid(parts.size() - 3);
        Dispatch stale = dispatch(parts);
        stale.digests[1] = QStringLiteral("0").repeated(64);
        const DeliveryReport report = deliver(stale);
        QCOMPARE(report.outcome, Outcome::Changed);
        QCOMPARE(report.seen.proposals.size(), 3);
        for (const Json &request : m_agent->log(QStringLiteral("request"))) {
            QVERIFY2(!request[u"path"].toString().endsWith(u"/decision"), "an answer was sent");
        }
    }

    void editedArgumentsRun()
    {
        begin({QStringLiteral("--cases"), QStringLiteral("12")});
        for (const Proposal &proposal : waiting()) {
            if (proposal.action != u"issue_refund") {
                continue;
            }
            AnsweredPart part = answer(proposal, DecisionKind::Edit);
            part.arguments = proposal.arguments;
            part.arguments->set(QStringLiteral("amount"), Json::number("100.10"));
            QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
            QTRY_COMPARE(effectsOf(part.decision), 1);
            const Json effect = m_agent->log(QStringLiteral("effect")).last();
            QCOMPARE(effect[u"arguments"][u"amount"].numberText(), QByteArray("100.10"));
            QVERIFY(effect[u"text"].toString().contains(QLatin1String("100.10")));
            return;
        }
        QFAIL("no refund among the cases");
    }

    void sentBackComesAgain()
    {
        begin();
        m_endpoint->start();
        QTRY_VERIFY(!m_seen.isEmpty());
        const AnsweredPart part = answer(waiting().first(), DecisionKind::Respond);
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        QTRY_VERIFY(seenEvents([&](const Observation &seen) -> bool {
            return !seen.proposals.isEmpty()
                && seen.proposals.first().source.ids[u"follows"].toString()
                == part.proposal.source.question
                && seen.proposals.first().reasoning.contains(part.message)
                && seen.proposals.first().digest() != part.proposal.digest();
        }));
    }

    void streamTellsAndResumes()
    {
        begin();
        m_endpoint->start();
        QTRY_VERIFY(!m_seen.isEmpty()); // the first round
        QCOMPARE(m_seen.first().proposals.size(), 3);
        QTRY_COMPARE(m_endpoint->status().state, EndpointStatus::State::Ok);

        const QString first = m_agent->hook(QStringLiteral("propose"))[u"id"].toString();
        const auto proposed = [](const QString &id) {
            return [id](const Observation &seen) -> bool {
                return !seen.open && seen.proposals.size() == 1
                    && seen.proposals.first().source.question == id;
            };
        };
        QTRY_COMPARE(seenEvents(proposed(first)), 1);
        const auto rounds = [](const Observation &seen) -> bool {
            return seen.open.has_value();
        };
        const int before = seenEvents(rounds);

        // Cut; what happens before we are back is told then, once, without paging.
        m_agent->hook(QStringLiteral("cut"));
        const QString second = m_agent->hook(QStringLiteral("propose"))[u"id"].toString();
        QTRY_COMPARE(seenEvents(proposed(second)), 1);
        QCOMPARE(seenEvents(proposed(first)), 1);
        QCOMPARE(seenEvents(rounds), before);
        QTRY_COMPARE(m_endpoint->status().state, EndpointStatus::State::Ok);

        m_agent->hook(QStringLiteral("withdraw"), QStringLiteral("case"), first);
        QTRY_VERIFY(seenEvents([&](const Observation &seen) -> bool {
            return !seen.gone.isEmpty() && seen.gone.first().question == first
                && !seen.gone.first().answeredElsewhere;
        }));
    }

    void effectsAndOutcomesAreTold()
    {
        begin();
        m_endpoint->start();
        QTRY_VERIFY(!m_seen.isEmpty());
        const AnsweredPart part = answer(m_seen.first().proposals.first());
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        for (const bool outcome : {false, true}) {
            QTRY_VERIFY(seenEvents([&](const Observation &seen) -> bool {
                return !seen.effects.isEmpty() && seen.effects.first().outcome == outcome
                    && seen.effects.first().decision == part.decision
                    && !seen.effects.first().text.isEmpty();
            }));
        }
    }

    void changedBeforeSending()
    {
        begin();
        const AnsweredPart part = answer(waiting().first());
        m_agent->hook(QStringLiteral("change"), QStringLiteral("case"),
                      part.proposal.source.question);
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Changed);
        QCOMPARE(report.seen.proposals.size(), 1);
        QVERIFY(report.seen.proposals.first().digest() != part.proposal.digest());
        for (const Json &line : m_agent->log(QStringLiteral("request"))) {
            QVERIFY(!line[u"path"].toString().endsWith(QLatin1String("/decision")));
        }
    }

    void changeAfterShown()
    {
        begin({QStringLiteral("--fault"), QStringLiteral("change-after-shown")});
        const AnsweredPart part = answer(waiting().first());
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Changed);
        QVERIFY(report.seen.proposals.first().digest() != part.proposal.digest());
        QCOMPARE(m_agent->log(QStringLiteral("effect")).size(), 0);
    }

    void racedByAnother()
    {
        begin();
        const AnsweredPart part = answer(waiting().first());
        const AnsweredPart other = answer(part.proposal);
        const Json body = *parseJson(*CountersignProtocol().encode({other}));
        QVERIFY(
            !m_agent
                 ->hook(QStringLiteral("decide"),
                        Json::object(
                            {{QStringLiteral("case"), Json(part.proposal.source.question)},
                             {QStringLiteral("decision"), body},
                             {QStringLiteral("reviewer"), Json(QStringLiteral("Grace Mwangi"))}}))
                 .isNull());
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Superseded);
        QVERIFY(report.text.contains(QLatin1String("Grace Mwangi")));
        QCOMPARE(effectsOf(part.decision), 0);
    }

    void expiredAndWithdrawn()
    {
        begin();
        const QList<Proposal> cases = waiting();
        m_agent->hook(QStringLiteral("expire"), QStringLiteral("case"),
                      cases.at(0).source.question);
        m_agent->hook(QStringLiteral("withdraw"), QStringLiteral("case"),
                      cases.at(1).source.question);
        for (const Proposal &proposal : {cases.at(0), cases.at(1)}) {
            QCOMPARE(deliver(dispatch(answer(proposal))).outcome, Outcome::Superseded);
        }
        QCOMPARE(m_agent->log(QStringLiteral("effect")).size(), 0);
    }

    void serverErrorRetries()
    {
        begin();
        const AnsweredPart part = answer(waiting().first());
        fault(QStringLiteral("500:times-1:on-decisions"));
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Retry);
        QCOMPARE(report.retryAfterMs, std::optional<qint64>(1000));
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        QTRY_COMPARE(effectsOf(part.decision), 1);
        QSet<QString> bodies; // identical at each try
        for (const Json &line : m_agent->log(QStringLiteral("request"))) {
            if (line[u"path"].toString().endsWith(QLatin1String("/decision"))) {
                bodies.insert(line[u"body_sha256"].toString());
            }
        }
        QCOMPARE(bodies.size(), 1);
    }

    void hangAndSlowAreUnknown_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("hang") << QStringLiteral("hang");
        QTest::newRow("slow") << QStringLiteral("slow");
    }
    void hangAndSlowAreUnknown()
    {
        QFETCH(QString, kind);
        begin();
        const AnsweredPart part = answer(waiting().first());
        fault(kind + QStringLiteral(":on-decisions"));
        QElapsedTimer timer;
        timer.start();
        const DeliveryReport report = deliver(dispatch(part));
        QVERIFY(timer.elapsed() < 8000);
        if (kind == u"hang") { // nothing there, and perhaps not the last word
            QCOMPARE(report.outcome, Outcome::Unknown);
        } else { // taken, and found by asking
            QCOMPARE(report.outcome, Outcome::Delivered);
        }
        fault(QStringLiteral("none"));
        QCOMPARE(deliver(dispatch(part, true)).outcome, Outcome::Delivered);
        QTRY_COMPARE(effectsOf(part.decision), 1);
    }

    void dropAfterApplyIsRecognised()
    {
        begin({QStringLiteral("--fault"), QStringLiteral("drop-after-apply")});
        const AnsweredPart part = answer(waiting().first());
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        QTRY_COMPARE(m_agent->log(QStringLiteral("outcome")).size(), 1);
        QCOMPARE(effectsOf(part.decision), 1);
    }

    void brokenReadsFailInWords_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"malformed", "huge", "500", "hang"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind) + QStringLiteral(":on-reads");
        }
    }
    void brokenReadsFailInWords()
    {
        QFETCH(QString, kind);
        begin({QStringLiteral("--fault"), kind});
        for (int turn = 0; turn < (kind.startsWith(u"malformed") ? 4 : 1); ++turn) {
            const auto future = m_endpoint->observe();
            QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
            QVERIFY(!future.result());
            QVERIFY(!future.result().error().text.isEmpty());
            QCOMPARE(m_endpoint->status().state, EndpointStatus::State::Failing);
            QVERIFY(!m_endpoint->status().text.isEmpty());
        }
        fault(QStringLiteral("none"));
        QCOMPARE(waiting().size(), 3);
        QCOMPARE(m_endpoint->status().state, EndpointStatus::State::Ok);
    }

    void duplicateAndReorderChangeNothing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("duplicate") << QStringLiteral("duplicate");
        QTest::newRow("reorder") << QStringLiteral("reorder");
    }
    void duplicateAndReorderChangeNothing()
    {
        QFETCH(QString, kind);
        begin({QStringLiteral("--fault"), kind});
        m_endpoint->start();
        QTRY_VERIFY(!m_seen.isEmpty());
        QCOMPARE(m_seen.first().proposals.size(), 3);
        const AnsweredPart part = answer(m_seen.first().proposals.last());
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered);
        QTRY_COMPARE(effectsOf(part.decision), 1);
    }

    void recoversWhereTheServerIsGone()
    {
        begin();
        m_endpoint->start();
        QTRY_COMPARE(m_endpoint->status().state, EndpointStatus::State::Ok);
        const AnsweredPart part = answer(m_seen.first().proposals.first());
        delete std::exchange(m_agent, new DemoAgentProcess);
        QTRY_COMPARE(m_endpoint->status().state, EndpointStatus::State::Failing);
        QVERIFY(!m_endpoint->status().text.isEmpty());
        const DeliveryReport report = deliver(dispatch(part));
        QCOMPARE(report.outcome, Outcome::Retry);
    }

    void endsCancelledWithItsEndpoint()
    {
        begin({QStringLiteral("--fault"), QStringLiteral("hang:on-reads")});
        const auto seen = m_endpoint->observe();
        const auto tested = m_endpoint->test();
        delete std::exchange(m_endpoint, nullptr);
        QTRY_VERIFY(seen.isFinished() && seen.isCanceled());
        QTRY_VERIFY(tested.isFinished() && tested.isCanceled());
    }

    void aStoppedAgentDoesNothingUntilItMayGoOn()
    {
        begin({QStringLiteral("--effect-delay"), QStringLiteral("50")});
        const auto told = wait(m_endpoint->tellStop({}, true, QStringLiteral("Look first.")));
        QVERIFY(told && *told);
        const Proposal proposal = waiting().first();
        const AnsweredPart part = answer(proposal);
        QCOMPARE(deliver(dispatch(part)).outcome, Outcome::Delivered); // kept
        QVERIFY(*wait(m_endpoint->tellStop({}, true, {}))); // the same again
        QCOMPARE(effectsOf(part.decision), 0);
        QVERIFY(*wait(m_endpoint->tellStop({}, false, {})));
        QTRY_COMPARE_WITH_TIMEOUT(effectsOf(part.decision), 1, 20'000);
        QCOMPARE(m_agent->log(QStringLiteral("stop")).size(), 3);
    }

    void theAgentKeepsItsGatesWhileNobodyIsThere()
    {
        begin();
        const auto propose = [this]() -> void {
            (void)m_agent->hook(QStringLiteral("propose"), QStringLiteral("kind"),
                                QStringLiteral("refunds"));
        };
        const QByteArray autonomous
            = R"({"format":"countersign-policy/1","rules":[{"id":"r","action":"issue_refund",)"
              R"("mode":"autonomous","worst_reversibility":"costly"}]})";
        PolicyRecord policy{.version = 3};
        policy.document = *parseJson(autonomous);
        policy.digest = QStringLiteral("0").repeated(64);
        const auto wrong = wait(m_endpoint->pushPolicy(policy));
        QVERIFY(!wrong); // what was kept before is kept on
        policy.digest = digestOf(policy.document);
        const auto kept = wait(m_endpoint->pushPolicy(policy));
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().text));
        QCOMPARE(kept->version, QStringLiteral("policy v3"));
        QCOMPARE(kept->digest, policy.digest);
        QCOMPARE(m_agent->log(QStringLiteral("policy")).size(), 1);

        m_endpoint->start(); // somebody is there: everything is asked
        QTRY_COMPARE(m_endpoint->status().state, EndpointStatus::State::Ok);
        propose();
        QCOMPARE(m_agent->log(QStringLiteral("gate")).size(), 0);
        m_endpoint->stop();
        QTRY_COMPARE(m_agent->hook(QStringLiteral("counts"))[u"listeners"].toInteger(), 0);
        const qsizetype open = waiting().size();
        propose();
        const QList<Json> gates = m_agent->log(QStringLiteral("gate"));
        QCOMPARE(gates.size(), 1);
        const QString said = gates.first()[u"disposition"].toString();
        QCOMPARE(waiting().size(), said == u"auto-approve" ? open : open + 1);

        policy.document = *parseJson(
            R"({"format":"countersign-policy/1","defaults":{"mode":"block"},"rules":[]})");
        policy.digest = digestOf(policy.document);
        policy.version = 4;
        QVERIFY(wait(m_endpoint->pushPolicy(policy)));
        const qsizetype before = waiting().size();
        propose();
        QCOMPARE(waiting().size(), before); // neither done nor asked
    }
};

QTEST_GUILESS_MAIN(TestCountersignEndpoint)
#include "tst_countersign_endpoint.moc"
