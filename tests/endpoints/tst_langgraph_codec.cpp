// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/extraction.h"
#include "endpoints/langgraph/codec.h"

#include <QFile>
#include <QTest>

using namespace countersign;
using namespace countersign::langgraph;

namespace {

using Kind = DecisionKind;

/// Recorded from the server: {thread, state}.
Json recorded(const QString &name)
{
    QFile file(QFINDTESTDATA(QStringLiteral("data/langgraph/%1.json").arg(name)));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no recording %s", qPrintable(name));
    }
    const auto json = parseJson(file.readAll());
    if (!json) {
        qFatal("%s", qPrintable(json.error().text));
    }
    return *json;
}

QList<Proposal> read(const QString &name, const Endpoint &endpoint = {})
{
    const Json json = recorded(name);
    return readThread(json[u"thread"], json[u"state"], endpoint, true);
}

/// A thread that waits with `value`.
QList<Proposal> asking(const QByteArray &value, const QByteArray &schema = {})
{
    const QByteArray interrupt = "{\"id\":\"i1\",\"value\":" + value
        + (schema.isEmpty() ? QByteArray() : ",\"response_schema\":" + schema) + "}";
    const auto thread = parseJson(
        "{\"thread_id\":\"t1\",\"status\":\"interrupted\",\"metadata\":{\"graph_id\":\"g\"},"
        "\"interrupts\":{\"k1\":["
        + interrupt + "]}}");
    const auto state
        = parseJson("{\"next\":[\"n\"],\"tasks\":[{\"id\":\"k1\",\"name\":\"n\",\"error\":null,"
                    "\"interrupts\":["
                    + interrupt + "],\"state\":null}]}");
    if (!thread || !state) {
        qFatal("bad test value %s", value.constData());
    }
    return readThread(*thread, *state, {}, false);
}

AnsweredPart decided(const Proposal &proposal, Kind kind, const QString &message = {},
                     const std::optional<QByteArray> &arguments = {})
{
    AnsweredPart part{.proposal = proposal,
                      .decision = DecisionId(QStringLiteral("d-1")),
                      .kind = kind,
                      .arguments = {},
                      .message = message,
                      .reasonCode = {}};
    if (arguments) {
        part.arguments = *parseJson(*arguments);
    }
    return part;
}

/// The answer for the one interrupt id, or the error's name.
QByteArray encoded(const QList<AnsweredPart> &parts)
{
    const auto answer = encodeAnswer(parts);
    if (!answer) {
        return errorCodeName(answer.error().code).toLatin1();
    }
    const Json::Object &resume = (*answer)[u"command"][u"resume"].members();
    return resume.size() == 1 ? toJson(resume.first().second) : toJson(*answer);
}

} // namespace

class TestLangGraphCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryRecording_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QStringList>("actions");
        QTest::addColumn<QString>("allowed"); // of the first
        const auto row = [](const char *name, const char *kind, const QStringList &actions,
                            const char *allowed) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(kind) << actions
                                << QString::fromLatin1(allowed);
        };
        const QString refund = QStringLiteral("refund");
        row("inbox", "agent-inbox", {refund}, "approve edit respond ignore");
        row("inboxlist", "agent-inbox", {refund, QStringLiteral("apologise")},
            "approve edit respond ignore");
        row("hitl", "hitl-js", {refund, QStringLiteral("send_mail")}, "approve edit reject");
        row("snake", "hitl", {refund, QStringLiteral("send_mail")}, "approve edit reject respond");
        row("approval", "tool-approval", {refund}, "approve edit reject respond");
        row("schema", "response-schema", {QString()}, "respond");
        row("mcp", "mcp-input", {QStringLiteral("book")}, "respond");
        row("plain", "free", {QString()}, "respond");
        row("big", "agent-inbox", {QStringLiteral("transfer")}, "approve edit respond ignore");
        row("fan", "agent-inbox", {QStringLiteral("left"), QStringLiteral("right")},
            "approve edit respond ignore");
        row("fan-one-answered", "agent-inbox", {QStringLiteral("right")},
            "approve edit respond ignore");
        row("twice", "free", {QString()}, "respond");
        row("twice-second", "free", {QString()}, "respond");
        row("nested", "agent-inbox", {QStringLiteral("deep")}, "approve edit respond ignore");
        row("gate", "breakpoint", {QStringLiteral("danger")}, "approve");
        row("poisoned", "free", {QString()}, "");
        row("ghost", "free", {QString()}, "");
        row("failed", "", {}, "");
        row("busy", "", {}, "");
    }

    void readsEveryRecording()
    {
        QFETCH(QString, name);
        QFETCH(QString, dialect);
        QFETCH(QStringList, actions);
        QFETCH(QString, allowed);
        const QList<Proposal> proposals = read(name);
        QStringList seen;
        for (const Proposal &proposal : proposals) {
            seen.append(proposal.action);
            QCOMPARE(proposal.dialect, dialect);
            QCOMPARE(proposal.source.lane, recorded(name)[u"thread"][u"thread_id"].toString());
            QVERIFY(proposal.source.question.startsWith(proposal.source.lane + u'/'));
            QVERIFY(!proposal.agent.isEmpty());
            QVERIFY(proposal.reportedMs);
            QCOMPARE(*Proposal::fromJson(proposal.toJson()), proposal);
        }
        QCOMPARE(seen, actions);
        if (!proposals.isEmpty()) {
            QCOMPARE(toWords(proposals.first().allowed).join(u' '), allowed);
        }
    }

    void partsOfOneQuestionBelongTogether()
    {
        const QList<Proposal> parts = read(QStringLiteral("hitl"));
        QCOMPARE(parts.at(0).source.question, parts.at(1).source.question);
        QCOMPARE(parts.at(0).source.part, 1);
        QCOMPARE(parts.at(1).source.part, 2);
        QCOMPARE(parts.at(1).source.of, 2);
        QVERIFY(parts.at(0).rejectCancelsSiblings);
        QVERIFY(!read(QStringLiteral("snake")).first().rejectCancelsSiblings);
        const QList<Proposal> two = read(QStringLiteral("fan"));
        QVERIFY(two.at(0).source.question != two.at(1).source.question);
        QCOMPARE(two.at(0).source.of, 1);
    }

    void theSecondQuestionOfANodeHasTheSameKeyAndAnotherDigest()
    {
        // Recorded from two threads; what matters is what differs within one.
        const Proposal first = asking("\"First?\"").first();
        const Proposal second = asking("\"Second?\"").first();
        QCOMPARE(first.source.question, second.source.question);
        QVERIFY(first.digest() != second.digest());
        QVERIFY(first.source.rebind != second.source.rebind);
        QCOMPARE(read(QStringLiteral("twice-second")).first().question, QStringLiteral("Second?"));
    }

    void troubleIsShownAndNotAnswered()
    {
        const Proposal poisoned = read(QStringLiteral("poisoned")).first();
        QCOMPARE(poisoned.trouble->code, QStringLiteral("poisoned"));
        QVERIFY(poisoned.trouble->repairable);
        QVERIFY(poisoned.trouble->text.contains(QStringLiteral("neither yes nor no")));
        const Proposal ghost = read(QStringLiteral("ghost")).first();
        QCOMPARE(ghost.trouble->code, QStringLiteral("ghost"));
        QVERIFY(!ghost.trouble->repairable);
        for (const Proposal &proposal : {poisoned, ghost}) {
            QCOMPARE(
                validateAnswer(decided(proposal, Kind::Respond, QStringLiteral("x"))).error().code,
                ErrorCode::NotAllowed);
        }
    }

    void aBusyThreadKeepsItsKeys()
    {
        const Json busy = recorded(QStringLiteral("busy"))[u"thread"];
        const Json waiting = recorded(QStringLiteral("plain"))[u"thread"];
        QCOMPARE(busy[u"status"].toString(), QStringLiteral("busy"));
        QCOMPARE(possibleQuestions(busy).size(), 2);
        QVERIFY(possibleQuestions(waiting).contains(
            read(QStringLiteral("plain")).first().source.question));
        QVERIFY(possibleQuestions(recorded(QStringLiteral("gate"))[u"thread"])
                    .contains(read(QStringLiteral("gate")).first().source.question));
    }

    void marksWhatMayHaveBeenRounded()
    {
        const Proposal big = read(QStringLiteral("big")).first();
        QVERIFY(big.marks.contains(QStringLiteral("May have been rounded by the server.")));
        QVERIFY(read(QStringLiteral("inbox")).first().marks.isEmpty());
        const QByteArray value = "{\"cents\":9007199254740993}";
        QVERIFY(asking(value).first().marks.isEmpty()); // Python keeps it
        QCOMPARE(toJson(asking(value).first().arguments), value);
    }

    void extractsFromTheState()
    {
        Endpoint endpoint;
        QVERIFY(addExtractionRule(QStringLiteral("confidence=/values/confidence"),
                                  endpoint.extraction));
        QVERIFY(
            addExtractionRule(QStringLiteral("amount=/action/args/amount"), endpoint.extraction));
        QVERIFY(
            addExtractionRule(QStringLiteral("case_type=/metadata/graph_id"), endpoint.extraction));
        const Proposal proposal = read(QStringLiteral("inbox"), endpoint).first();
        QCOMPARE(proposal.confidence->toString(), QStringLiteral("0.9"));
        QCOMPARE(proposal.impact.amount->toString(), QStringLiteral("100.1"));
        QCOMPARE(proposal.caseType, QStringLiteral("inbox"));
        const QList<Proposal> parts = read(QStringLiteral("hitl"), endpoint);
        QCOMPARE(parts.at(0).impact.amount->toString(), QStringLiteral("120"));
        QVERIFY(!parts.at(1).impact.amount); // that part alone
    }

    void understandsOtherSpellings_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<int>("parts");
        QTest::addColumn<QString>("allowed");
        const QByteArray item = "{\"action_request\":{\"action\":\"a\",\"args\":{}},\"config\":{"
                                "\"allow_accept\":true}}";
        const auto row = [](const char *name, const QByteArray &value, const char *kind, int parts,
                            const char *allowed) {
            QTest::newRow(name) << value << QString::fromLatin1(kind) << parts
                                << QString::fromLatin1(allowed);
        };
        row("inbox item", item, "agent-inbox", 1, "approve");
        row("inbox list", "[" + item + "," + item + "]", "agent-inbox", 2, "approve");
        row("inbox as JSON", toJson(Json(QString::fromLatin1("[" + item + "]"))), "agent-inbox", 1,
            "approve");
        row("inbox camel",
            "{\"actionRequest\":{\"action\":\"a\",\"args\":{}},\"config\":{\"allowIgnore\":true,"
            "\"allowEdit\":true}}",
            "agent-inbox", 1, "edit ignore");
        row("list with a stranger", "[" + item + ",1]", "free", 1, "respond");
        row("JSON text of another kind", "\"{\\\"a\\\":1}\"", "free", 1, "respond");
        row("pre-release",
            "{\"action_requests\":[{\"name\":\"a\",\"arguments\":{\"x\":1}}],\"review_configs\":[{"
            "\"action_name\":\"a\","
            "\"allowed_decisions\":[\"approve\",\"edit\"],\"description\":\"why\",\"arguments_"
            "schema\":{}}]}",
            "hitl", 1, "approve edit");
        row("all decisions",
            "{\"action_requests\":[{\"name\":\"a\",\"args\":{}}],\"review_configs\":[{\"action_"
            "name\":\"a\","
            "\"allowed_decisions\":true}]}",
            "hitl", 1, "approve edit reject respond");
        row("JavaScript knows no respond",
            "{\"actionRequests\":[{\"name\":\"a\",\"args\":{}}],\"reviewConfigs\":[{\"actionName\":"
            "\"a\","
            "\"allowedDecisions\":[\"approve\",\"respond\"]}]}",
            "hitl-js", 1, "approve");
        row("reviews in another order",
            "{\"action_requests\":[{\"name\":\"a\",\"args\":{}},{\"name\":\"b\",\"args\":{}}],"
            "\"review_configs\":["
            "{\"action_name\":\"b\",\"allowed_decisions\":[\"reject\"]},{\"action_name\":\"a\","
            "\"allowed_decisions\":"
            "[\"approve\"]}]}",
            "hitl", 2, "approve");
        row("no review",
            "{\"action_requests\":[{\"name\":\"a\",\"args\":{}}],\"review_configs\":[]}", "hitl", 1,
            "");
        row("no action", "{\"action_requests\":[]}", "free", 1, "respond");
        row("number", "42", "free", 1, "respond");
        row("false", "false", "free", 1, "respond");
        row("null", "null", "free", 1, "respond");
        row("object", "{\"question\":\"Which?\",\"n\":1}", "free", 1, "respond");
    }

    void understandsOtherSpellings()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, dialect);
        QFETCH(int, parts);
        QFETCH(QString, allowed);
        const QList<Proposal> proposals = asking(value);
        QCOMPARE(proposals.size(), parts);
        QCOMPARE(proposals.first().dialect, dialect);
        QCOMPARE(toWords(proposals.first().allowed).join(u' '), allowed);
    }

    void showsFreeQuestions()
    {
        QCOMPARE(asking("\"What?\"").first().question, QStringLiteral("What?"));
        QCOMPARE(asking("42.50").first().question, QStringLiteral("42.50"));
        QCOMPARE(asking("{\"question\":\"Which?\"}").first().question, QStringLiteral("Which?"));
        QCOMPARE(toJson(asking("{\"n\":100.10}").first().arguments), QByteArray("{\"n\":100.10}"));
    }

    void answersEachDialectInItsForm()
    {
        const Proposal inbox = read(QStringLiteral("inbox")).first();
        const QByteArray args = toJson(inbox.arguments);
        QCOMPARE(encoded({decided(inbox, Kind::Approve)}),
                 "[{\"type\":\"accept\",\"args\":{\"action\":\"refund\",\"args\":" + args + "}}]");
        QCOMPARE(encoded({decided(inbox, Kind::Edit, {},
                                  "{\"amount\":99.10,\"big\":12345678901234567890}")}),
                 QByteArray("[{\"type\":\"edit\",\"args\":{\"action\":\"refund\",\"args\":{"
                            "\"amount\":99.10,\"big\":"
                            "12345678901234567890}}}]"));
        QCOMPARE(encoded({decided(inbox, Kind::Respond, QStringLiteral("ask Ann"))}),
                 QByteArray("[{\"type\":\"response\",\"args\":\"ask Ann\"}]"));
        QCOMPARE(encoded({decided(inbox, Kind::Ignore)}),
                 QByteArray("[{\"type\":\"ignore\",\"args\":null}]"));

        const QList<Proposal> hitl = read(QStringLiteral("hitl"));
        QCOMPARE(
            encoded({decided(hitl.at(0), Kind::Edit, {}, "{\"order\":\"A1\",\"amount\":100.10}"),
                     decided(hitl.at(1), Kind::Reject, QStringLiteral("no"))}),
            QByteArray("{\"decisions\":[{\"type\":\"edit\",\"edited_action\":{\"name\":\"refund\","
                       "\"args\":{\"order\":"
                       "\"A1\",\"amount\":100.10}},\"editedAction\":{\"name\":\"refund\",\"args\":{"
                       "\"order\":\"A1\","
                       "\"amount\":100.10}}},{\"type\":\"reject\",\"message\":\"no\"}]}"));
        const Proposal approval = read(QStringLiteral("approval")).first();
        QCOMPARE(encoded({decided(approval, Kind::Approve)}), QByteArray("{\"type\":\"approve\"}"));
        QCOMPARE(encoded({decided(approval, Kind::Respond, QStringLiteral("5"))}),
                 QByteArray("{\"type\":\"respond\",\"message\":\"5\"}"));

        const Proposal plain = read(QStringLiteral("plain")).first();
        QCOMPARE(encoded({decided(plain, Kind::Respond, QStringLiteral("yes"))}),
                 QByteArray("\"yes\""));
        for (const char *value : {"false", "0", "null", "\"\"", "{\"a\":[1.50]}"}) {
            QCOMPARE(encoded({decided(plain, Kind::Respond, {}, value)}), QByteArray(value));
        }
        QCOMPARE(encoded({decided(read(QStringLiteral("gate")).first(), Kind::Approve)}),
                 QByteArray("{\"input\":null}"));
    }

    void writesThePreReleaseSpellingBack()
    {
        const Proposal old = asking("{\"action_requests\":[{\"name\":\"a\",\"arguments\":{\"x\":1}}"
                                    "],\"review_configs\":"
                                    "[{\"action_name\":\"a\",\"allowed_decisions\":[\"edit\"]}]}")
                                 .first();
        QCOMPARE(toJson(old.arguments), QByteArray("{\"x\":1}"));
        QVERIFY(encoded({decided(old, Kind::Edit, {}, "{\"x\":2}")})
                    .contains("\"edited_action\":{\"name\":\"a\",\"arguments\":{\"x\":2}}"));
    }

    void keysEveryAnswerByItsInterrupt()
    {
        const QList<Proposal> fan = read(QStringLiteral("fan"));
        QList<QByteArray> answers;
        for (const Proposal &proposal : fan) {
            answers.append(toJson(*encodeAnswer({decided(proposal, Kind::Ignore)})));
        }
        const auto joined = joinAnswers(answers);
        QVERIFY(joined);
        const Json &resume = (*joined)[u"command"][u"resume"];
        QCOMPARE(resume.members().size(), 2);
        for (const Proposal &proposal : fan) {
            QVERIFY(resume.contains(proposal.source.ids[u"interrupt"].toString()));
        }
        QVERIFY(!joinAnswers({answers.first(), "{\"input\":null}"}));
    }

    void refusesWhatTheAgentCannotTake_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QByteArray>("arguments");
        const auto row = [](const char *title, const char *name, Kind kind, const char *message,
                            const char *arguments) {
            QTest::newRow(title) << QString::fromLatin1(name) << int(kind)
                                 << QString::fromUtf8(message) << QByteArray(arguments);
        };
        row("inbox knows no reject", "inbox", Kind::Reject, "no", "");
        row("empty response", "inbox", Kind::Respond, "  ", "");
        row("response with a value", "inbox", Kind::Respond, "a", "1");
        row("edit without arguments", "inbox", Kind::Edit, "", "");
        row("edit with a list", "inbox", Kind::Edit, "", "[1]");
        row("approve with arguments", "inbox", Kind::Approve, "", "{}");
        row("no respond in JavaScript", "hitl", Kind::Respond, "x", "");
        row("edit against the schema", "snake", Kind::Edit, "",
            "{\"order\":\"A1\",\"amount\":501}");
        row("edit with another type", "snake", Kind::Edit, "", "{\"order\":1,\"amount\":5}");
        row("edit with a new member", "snake", Kind::Edit, "",
            "{\"order\":\"A1\",\"amount\":5,\"x\":1}");
        row("answer against the schema", "schema", Kind::Respond, "", "{\"lamps\":10}");
        row("message against the schema", "schema", Kind::Respond, "three", "");
        row("free: nothing", "plain", Kind::Respond, "", "");
        row("free: both", "plain", Kind::Respond, "x", "1");
        row("free: approve", "plain", Kind::Approve, "", "");
        row("breakpoint: respond", "gate", Kind::Respond, "x", "");
        row("breakpoint: reject", "gate", Kind::Reject, "", "");
    }

    void refusesWhatTheAgentCannotTake()
    {
        QFETCH(QString, name);
        QFETCH(int, kind);
        QFETCH(QString, message);
        QFETCH(QByteArray, arguments);
        const auto given = arguments.isEmpty() ? std::optional<QByteArray>() : arguments;
        const AnsweredPart part = decided(read(name).first(), Kind(kind), message, given);
        const auto valid = validateAnswer(part);
        QVERIFY(!valid);
        QVERIFY(valid.error().code == ErrorCode::InvalidInput
                || valid.error().code == ErrorCode::NotAllowed);
        QVERIFY(!valid.error().text.isEmpty());
        QList<AnsweredPart> parts{part};
        for (const Proposal &sibling : read(name).mid(1)) {
            parts.append(decided(sibling, Kind::Approve));
        }
        QVERIFY(!encodeAnswer(parts));
    }

    void refusesIncompleteOrMixedAnswers()
    {
        const QList<Proposal> hitl = read(QStringLiteral("hitl"));
        const auto first = decided(hitl.at(0), Kind::Approve);
        const auto second = decided(hitl.at(1), Kind::Approve);
        QVERIFY(encodeAnswer({first, second}));
        QVERIFY(!encodeAnswer({}));
        QVERIFY(!encodeAnswer({first}));
        QVERIFY(!encodeAnswer({second, first}));
        QVERIFY(!encodeAnswer({first, first}));
        QVERIFY(!encodeAnswer({first, second, second}));
        QVERIFY(
            !encodeAnswer({first, decided(read(QStringLiteral("snake")).at(1), Kind::Approve)}));
    }

    void holdsADecisionAgainstAResponseSchema()
    {
        const QByteArray schema
            = "{\"oneOf\":[{\"properties\":{\"type\":{\"const\":\"approve\"}},\"required\":["
              "\"type\"]},"
              "{\"properties\":{\"type\":{\"const\":\"reject\"},\"message\":{\"maxLength\":3}},"
              "\"required\":[\"type\",\"message\"]}]}";
        const Proposal call
            = asking(
                  "{\"type\":\"tool_approval\",\"tool_call_id\":\"c\",\"name\":\"a\",\"args\":{}}",
                  schema)
                  .first();
        QCOMPARE(toWords(call.allowed),
                 (QStringList{QStringLiteral("approve"), QStringLiteral("reject")}));
        QVERIFY(encodeAnswer({decided(call, Kind::Approve)}));
        QVERIFY(encodeAnswer({decided(call, Kind::Reject, QStringLiteral("no"))}));
        QCOMPARE(encoded({decided(call, Kind::Reject)}), QByteArray("invalid_input"));
        QCOMPARE(encoded({decided(call, Kind::Reject, QStringLiteral("never"))}),
                 QByteArray("invalid_input"));
    }

    void aBrokenSchemaIsSaidAndNotFatal()
    {
        const Proposal call
            = asking("{\"action_requests\":[{\"name\":\"a\",\"args\":{}}],\"review_configs\":[{"
                     "\"action_name\":\"a\",\"allowed_decisions\":[\"edit\"],\"args_schema\":{\"$"
                     "ref\":"
                     "\"http://example.org/x\"}}]}")
                  .first();
        QCOMPARE(call.marks.size(), 1);
        QVERIFY(encodeAnswer({decided(call, Kind::Edit, {}, "{}")}));
    }
};

QTEST_GUILESS_MAIN(TestLangGraphCodec)
#include "tst_langgraph_codec.moc"
