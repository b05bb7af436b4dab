// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agents/langgraph/langgraphserver.h"
#include "domain/clock.h"
#include "endpoints/agentendpoint.h"

#include <QTest>

#include <algorithm>

using namespace countersign;
using Kind = DecisionKind;
using Outcome = DeliveryReport::Outcome;

namespace {

struct Choice
{
    Kind kind = Kind::Approve;
    QString message = {};
    QByteArray arguments = {};
};

} // namespace

/// Every way of asking, on the real server: listed, answered in its own form, with the right effect
/// on the graph.
class TestLangGraphServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        EndpointContext context;
        context.endpoint.kind = QStringLiteral("langgraph");
        context.endpoint.url = m_server.url();
        context.clock = &m_clock;
        m_endpoint = m_protocol.open(context);
    }
    void cleanup() { m_endpoint.reset(); }

    void answersEachInItsForm_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QList<Choice>>("choices");
        QTest::addColumn<QByteArray>("effects");
        const QString no = QStringLiteral("no");
        const auto row = [](const char *name, const char *graph, const QList<Choice> &choices,
                            const QByteArray &effects, const char *input = "{}") {
            QTest::newRow(name) << QString::fromLatin1(graph) << QByteArray(input) << choices
                                << effects;
        };
        const QByteArray args
            = "{\"order\":\"A1\",\"amount\":100.1,\"note\":null,\"count\":42,\"text\":\"42\"}";
        row("inbox accept", "inbox", {{Kind::Approve}},
            "[{\"did\":\"refund\",\"args\":" + args + ",\"edited\":false}]");
        row("inbox edit", "inbox",
            {{Kind::Edit, {}, "{\"amount\":99.5,\"count\":4,\"note\":null,\"ok\":false}"}},
            "[{\"did\":\"refund\",\"args\":{\"amount\":99.5,\"count\":4,\"note\":null,\"ok\":false}"
            ",\"edited\":true}]");
        row("inbox respond", "inbox", {{Kind::Respond, QStringLiteral("ask Ann")}},
            "[{\"did\":\"heard\",\"text\":\"ask Ann\"}]");
        row("inbox ignore", "inbox", {{Kind::Ignore}}, "[{\"did\":\"nothing\"}]");
        row("inbox list", "inboxlist", {{Kind::Ignore}, {Kind::Respond, no}},
            "[{\"did\":\"nothing\"},{\"did\":\"heard\",\"text\":\"no\"}]");
        row("snake", "snake",
            {{Kind::Edit, {}, "{\"order\":\"A1\",\"amount\":50}"}, {Kind::Approve}},
            "[{\"did\":\"refund\",\"args\":{\"order\":\"A1\",\"amount\":50},\"edited\":true},{"
            "\"did\":\"send_mail\","
            "\"args\":{\"to\":\"ann@example.org\"}}]");
        row("snake respond and reject", "snake", {{Kind::Respond, no}, {Kind::Reject, no}},
            "[{\"did\":\"respond\",\"text\":\"no\"},{\"did\":\"reject\",\"text\":\"no\"}]");
        row("tool approval", "approval", {{Kind::Approve}},
            "[{\"did\":\"refund\",\"args\":{\"amount\":7}}]");
        row("tool approval edit", "approval", {{Kind::Edit, {}, "{\"amount\":6}"}},
            "[{\"did\":\"refund\",\"args\":{\"amount\":6},\"edited\":true}]");
        row("response schema", "schema", {{Kind::Respond, {}, "{\"lamps\":3}"}},
            "[{\"did\":\"order\",\"args\":{\"lamps\":3}}]");
        row("mcp", "mcp", {{Kind::Respond, {}, "{\"seat\":{\"seat\":\"12A\"}}"}},
            "[{\"did\":\"book\",\"args\":{\"seat\":{\"seat\":\"12A\"}}}]");
        row("text", "plain", {{Kind::Respond, QStringLiteral("hello")}},
            "[{\"did\":\"write\",\"args\":\"hello\"}]");
        row("false", "plain", {{Kind::Respond, {}, "false"}},
            "[{\"did\":\"write\",\"args\":false}]", "{\"ask\":42}");
        row("zero", "plain", {{Kind::Respond, {}, "0"}}, "[{\"did\":\"write\",\"args\":0}]",
            "{\"ask\":true}");
        row("null", "plain", {{Kind::Respond, {}, "null"}}, "[{\"did\":\"write\",\"args\":null}]",
            "{\"ask\":{\"question\":\"Which?\"}}");
        row("nothing", "plain", {{Kind::Respond, {}, "\"\""}},
            "[{\"did\":\"write\",\"args\":\"\"}]", "{\"ask\":[1,2]}");
        row("sub-graph", "nested", {{Kind::Approve}},
            "[{\"did\":\"deep\",\"args\":{\"n\":1},\"edited\":false}]");
        row("breakpoint", "gate", {{Kind::Approve}},
            "[{\"did\":\"prepare\"},{\"did\":\"danger\"}]");
    }

    void answersEachInItsForm()
    {
        QFETCH(QString, graph);
        QFETCH(QByteArray, input);
        QFETCH(QList<Choice>, choices);
        QFETCH(QByteArray, effects);
        const QString thread = m_server.ask(graph, input);
        const QList<Proposal> parts = at(thread);
        QCOMPARE(parts.size(), choices.size());
        QCOMPARE(parts.first().agent, graph);
        const auto report = deliver(decided(parts, choices));
        QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text + report.detail));
        QCOMPARE(m_server.effects(thread), effects);
        QCOMPARE(m_server.status(thread), QStringLiteral("idle"));
        QVERIFY(at(thread).isEmpty());
    }

    void theRealMiddlewareTakesOurDecisions()
    {
        const QString thread = m_server.ask(QStringLiteral("hitl"), hitlInput());
        const QList<Proposal> parts = at(thread);
        QCOMPARE(parts.size(), 2);
        const auto report = deliver(decided(
            parts, {{Kind::Edit, {}, "{\"order\":\"A1\",\"amount\":99.5}"}, {Kind::Approve}}));
        QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text));
        QCOMPARE(toolMessages(thread),
                 (QStringList{QStringLiteral("refunded {\"order\":\"A1\",\"amount\":99.5}"),
                              QStringLiteral("mailed {\"to\":\"ann@example.org\"}")}));
    }

    void rejectingCancelsSiblingsAsSaid()
    {
        const QString thread = m_server.ask(QStringLiteral("hitl"), hitlInput());
        const QList<Proposal> parts = at(thread);
        QVERIFY(parts.first().rejectCancelsSiblings);
        const auto report
            = deliver(decided(parts, {{Kind::Approve}, {Kind::Reject, QStringLiteral("not now")}}));
        QCOMPARE(report.outcome, Outcome::Delivered);
        QCOMPARE(toolMessages(thread), QStringList{QStringLiteral("not now")});
    }

    void twoQuestionsAtOnce()
    {
        const QString thread = m_server.ask(QStringLiteral("fan"));
        QList<Proposal> both = at(thread);
        QCOMPARE(both.size(), 2);
        QCOMPARE(deliver(decided({both.at(0)}, {{Kind::Approve}})).outcome, Outcome::Delivered);
        const QList<Proposal> rest = at(thread);
        QCOMPARE(rest.size(), 1);
        QCOMPARE(rest.first().source.question, both.at(1).source.question);
        QCOMPARE(deliver(decided(rest, {{Kind::Ignore}})).outcome, Outcome::Delivered);
        QCOMPARE(
            m_server.effects(thread),
            QByteArray(
                "[{\"did\":\"left\",\"args\":{\"n\":1},\"edited\":false},{\"did\":\"nothing\"}]"));
        // Ready together they go as one run.
        const QString second = m_server.ask(QStringLiteral("fan"));
        both = at(second);
        const auto reports = m_endpoint->deliver(
            {decided({both.at(0)}, {{Kind::Ignore}}), decided({both.at(1)}, {{Kind::Ignore}})});
        QVERIFY(QTest::qWaitFor([&reports]() -> bool { return reports.isFinished(); }, 30'000));
        QCOMPARE(reports.result().at(0).outcome, Outcome::Delivered);
        QCOMPARE(reports.result().at(1).outcome, Outcome::Delivered);
        QCOMPARE(m_server.runs(second).items().size(), 2);
    }

    void twoInARowFromOneNode()
    {
        const QString thread = m_server.ask(QStringLiteral("twice"));
        const QList<Proposal> first = at(thread);
        QCOMPARE(first.first().question, QStringLiteral("First?"));
        const auto report = deliver(decided(first, {{Kind::Respond, QStringLiteral("one")}}));
        QCOMPARE(report.outcome, Outcome::Delivered);
        const QList<Proposal> second = at(thread);
        QCOMPARE(second.first().question, QStringLiteral("Second?"));
        QCOMPARE(second.first().source.question, first.first().source.question);
        QCOMPARE(report.seen.proposals.size(), 1);
        QCOMPARE(report.seen.proposals.first().digest(), second.first().digest());
        // The first answer, late and once more, must not answer the second question.
        const auto late = deliver(decided(first, {{Kind::Respond, QStringLiteral("late")}}));
        QVERIFY(late.outcome == Outcome::Superseded || late.outcome == Outcome::Changed);
        QCOMPARE(deliver(decided(second, {{Kind::Respond, QStringLiteral("two")}})).outcome,
                 Outcome::Delivered);
        QCOMPARE(m_server.effects(thread),
                 QByteArray("[{\"did\":\"both\",\"args\":[\"one\",\"two\"]}]"));
    }

    void whoWasFirstIsNamed()
    {
        const QString thread = m_server.ask(QStringLiteral("plain"));
        const QList<Proposal> parts = at(thread);
        m_server.answerAs(QStringLiteral("Ada"), thread, "\"hers\"");
        const auto report = deliver(decided(parts, {{Kind::Respond, QStringLiteral("ours")}}));
        QCOMPARE(report.outcome, Outcome::Superseded);
        QVERIFY2(report.text.contains(QStringLiteral("Ada")), qPrintable(report.text));
        QCOMPARE(m_server.effects(thread), QByteArray("[{\"did\":\"write\",\"args\":\"hers\"}]"));
        QCOMPARE(m_server.runs(thread).items().size(), 2); // nothing of ours
    }

    void aBusyThreadIsWaitedForAndReadAgain()
    {
        const QString thread = m_server.ask(QStringLiteral("plain"), "{\"delay\":1500}");
        const QList<Proposal> parts = at(thread);
        m_server.answerAs(QStringLiteral("Ada"), thread, "\"hers\"", false);
        QCOMPARE(m_server.status(thread), QStringLiteral("busy"));
        const auto seen = m_endpoint->observe();
        QVERIFY(QTest::qWaitFor([&seen]() -> bool { return seen.isFinished(); }, 30'000));
        QVERIFY(seen.result()->open->contains(parts.first().source.question)); // left alone
        const auto report = deliver(decided(parts, {{Kind::Respond, QStringLiteral("ours")}}));
        QCOMPARE(report.outcome, Outcome::Superseded);
        QCOMPARE(m_server.effects(thread), QByteArray("[{\"did\":\"write\",\"args\":\"hers\"}]"));
    }

    void aPoisonedThreadIsRepaired()
    {
        const QString thread = m_server.ask(QStringLiteral("strict"));
        const QList<Proposal> before = at(thread);
        m_server.answerAs(QStringLiteral("Ada"), thread, "\"maybe\"");
        QCOMPARE(m_server.status(thread), QStringLiteral("error"));
        const QList<Proposal> sick = at(thread);
        QCOMPARE(sick.size(), 1);
        QCOMPARE(sick.first().trouble->code, QStringLiteral("poisoned"));
        QCOMPARE(sick.first().source.rebind, before.first().source.rebind);
        // What was decided before is not sent into it.
        QCOMPARE(deliver(decided(before, {{Kind::Respond, QStringLiteral("yes")}})).outcome,
                 Outcome::Superseded);

        Dispatch repair;
        repair.id = OutboxId(QStringLiteral("o-repair-") + thread);
        repair.repair = true;
        repair.reviewer = QStringLiteral("Grace");
        AnsweredPart part;
        part.proposal = sick.first();
        repair.parts = {part};
        const auto mended = deliver(repair);
        QVERIFY2(mended.outcome == Outcome::Delivered, qPrintable(mended.text + mended.detail));
        const QList<Proposal> again = at(thread);
        QCOMPARE(again.size(), 1);
        QVERIFY(!again.first().trouble);
        QVERIFY(again.first().source.question != before.first().source.question);
        QCOMPARE(again.first().source.rebind, before.first().source.rebind);
        QCOMPARE(again.first().digest(), before.first().digest());
        QCOMPARE(deliver(repair).outcome, Outcome::Superseded); // needs none any more
        QCOMPARE(deliver(decided(again, {{Kind::Respond, QStringLiteral("yes")}})).outcome,
                 Outcome::Delivered);
        QCOMPARE(m_server.effects(thread), QByteArray("[{\"did\":\"yes\"}]"));
    }

    void anAnswerTheAgentFailsOnIsSaid()
    {
        const QString thread = m_server.ask(QStringLiteral("strict"));
        const auto report
            = deliver(decided(at(thread), {{Kind::Respond, QStringLiteral("perhaps")}}));
        QCOMPARE(report.outcome, Outcome::Failed);
        QVERIFY2(report.text.contains(QStringLiteral("neither yes nor no")),
                 qPrintable(report.text));
        m_server.call("DELETE", QStringLiteral("/threads/%1").arg(thread));
    }

    void aGhostIsShown()
    {
        const QString thread = m_server.ask(QStringLiteral("plain"));
        m_server.call("POST", QStringLiteral("/threads/%1/state").arg(thread),
                      *parseJson("{\"values\":null,\"as_node\":\"__end__\"}"));
        const QList<Proposal> parts = at(thread);
        QCOMPARE(parts.size(), 1);
        QCOMPARE(parts.first().trouble->code, QStringLiteral("ghost"));
        QVERIFY(!parts.first().trouble->repairable);
        m_server.call("DELETE", QStringLiteral("/threads/%1").arg(thread));
    }

    void roundedIntegersAreMarked()
    {
        const QList<Proposal> parts = at(m_server.ask(QStringLiteral("big")));
        QVERIFY(
            parts.first().marks.contains(QStringLiteral("May have been rounded by the server.")));
    }

    void saysWhoAnswers()
    {
        const auto test = m_endpoint->test();
        QVERIFY(QTest::qWaitFor([&test]() -> bool { return test.isFinished(); }, 30'000));
        QVERIFY(test.result());
        QCOMPARE(*test.result(), QStringLiteral("LangGraph server 1.5.1 (JavaScript) answers."));
    }

    void manyThreadsArriveInGroups()
    {
        QStringList threads;
        for (int i = 0; i < 120; ++i) {
            const QString id
                = m_server.call("POST", QStringLiteral("/threads"), Json::object())[u"thread_id"]
                      .toString();
            m_server.call("POST", QStringLiteral("/threads/%1/runs").arg(id),
                          *parseJson("{\"assistant_id\":\"plain\",\"input\":{}}"));
            threads.append(id);
        }
        QSet<QString> seen;
        qsizetype largest = 0;
        connect(m_endpoint.get(), &AgentEndpoint::observed, this,
                [&](const Observation &observation) -> void {
                    QSet<QString> lanes;
                    for (const Proposal &proposal : observation.proposals) {
                        lanes.insert(proposal.source.lane);
                    }
                    seen.unite(lanes);
                    largest = std::max(largest, lanes.size());
                });
        m_endpoint->start();
        QTRY_VERIFY_WITH_TIMEOUT(seen.contains(QSet<QString>(threads.cbegin(), threads.cend())),
                                 30'000);
        QVERIFY2(largest <= 50, qPrintable(QString::number(largest)));
        m_endpoint->stop();
        for (const QString &thread : threads) {
            m_server.call("DELETE", QStringLiteral("/threads/%1").arg(thread));
        }
    }

    void noThreadIsLeftInError()
    {
        QCOMPARE(m_server.inStatus(QStringLiteral("error")), QStringList());
    }

private:
    static QByteArray hitlInput()
    {
        const Json calls
            = *parseJson("[{\"name\":\"refund\",\"args\":{\"order\":\"A1\",\"amount\":120}},"
                         "{\"name\":\"send_mail\",\"args\":{\"to\":\"ann@example.org\"}}]");
        const Json message
            = Json::object({{QStringLiteral("role"), Json(QStringLiteral("user"))},
                            {QStringLiteral("content"), Json(QString::fromUtf8(toJson(calls)))}});
        return toJson(Json::object({{QStringLiteral("messages"), Json::array({message})}}));
    }

    QStringList toolMessages(const QString &thread)
    {
        QStringList texts;
        const Json values = m_server.thread(thread)[u"values"];
        for (const Json &message : values[u"messages"].items()) {
            if (message[u"type"].toString() == QLatin1String("tool")) {
                texts.append(message[u"content"].toString());
            }
        }
        return texts;
    }

    QList<Proposal> at(const QString &thread)
    {
        const auto seen = m_endpoint->observe();
        if (!QTest::qWaitFor([&seen]() -> bool { return seen.isFinished(); }, 30'000)
            || !seen.result()) {
            qFatal("nothing could be observed");
        }
        const auto observation = seen.result();
        QList<Proposal> found;
        for (const Proposal &proposal : observation->proposals) {
            if (proposal.source.lane == thread) {
                found.append(proposal);
            }
        }
        return found;
    }

    Dispatch decided(const QList<Proposal> &parts, const QList<Choice> &choices)
    {
        Dispatch dispatch;
        dispatch.id = OutboxId(QStringLiteral("o-%1").arg(++m_count));
        dispatch.reviewer = QStringLiteral("Grace");
        for (qsizetype i = 0; i < parts.size(); ++i) {
            AnsweredPart part;
            part.proposal = parts.at(i);
            part.decision = DecisionId(QStringLiteral("d-%1-%2").arg(m_count).arg(i));
            part.kind = choices.at(i).kind;
            part.message = choices.at(i).message;
            if (!choices.at(i).arguments.isEmpty()) {
                part.arguments = *parseJson(choices.at(i).arguments);
            }
            dispatch.parts.append(part);
            dispatch.digests.append(part.proposal.digest());
        }
        const auto answer = m_protocol.encode(dispatch.parts);
        if (!answer) {
            qFatal("cannot encode: %s", qPrintable(answer.error().text));
        }
        dispatch.answer = *answer;
        return dispatch;
    }

    DeliveryReport deliver(const Dispatch &dispatch)
    {
        const auto reports = m_endpoint->deliver({dispatch});
        if (!QTest::qWaitFor([&reports]() -> bool { return reports.isFinished(); }, 60'000)) {
            qFatal("the delivery did not end");
        }
        return reports.result().first();
    }

    LangGraphServer m_server;
    SystemClock m_clock;
    const Protocol &m_protocol = *protocolFor(QStringLiteral("langgraph"));
    std::unique_ptr<AgentEndpoint> m_endpoint;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestLangGraphServer)
#include "tst_langgraph_server.moc"
