// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/trust.h"
#include "endpoints/countersign/codec.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace countersign;
using namespace countersign::native;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s cannot be read", qPrintable(path));
    }
    return file.readAll();
}

Json load(const QString &name)
{
    const auto json = parseJson(bytesOf(QFINDTESTDATA("data/countersign/") + name));
    if (!json) {
        qFatal("%s", qPrintable(json.error().text));
    }
    return *json;
}

/// What components/schemas of the document declare, by schema. The document is written with two
/// spaces a level.
QMap<QString, QStringList> documentedProperties()
{
    QMap<QString, QStringList> schemas;
    QString schema;
    bool inSchemas = false;
    bool inProperties = false;
    const QString text
        = QString::fromUtf8(bytesOf(QStringLiteral(PROTOCOL "/countersign-1.openapi.yaml")));
    static const QRegularExpression key(QStringLiteral("^( *)([A-Za-z_0-9]+):"));
    for (const QString &line : text.split(u'\n')) {
        const auto match = key.match(line);
        if (!match.hasMatch()) {
            continue;
        }
        const auto depth = match.capturedLength(1);
        if (depth == 2) {
            inSchemas = match.captured(2) == u"schemas";
        } else if (depth == 4 && inSchemas) {
            schema = match.captured(2);
        } else if (depth == 6) {
            inProperties = inSchemas && match.captured(2) == u"properties";
        } else if (depth == 8 && inProperties) {
            schemas[schema].append(match.captured(2));
        }
    }
    return schemas;
}

WireCase mustRead(const Json &json)
{
    auto read = readCase(json, {});
    if (!read) {
        qFatal("%s", qPrintable(read.error().text));
    }
    read->proposals.first().raw = {};
    return *read;
}

AnsweredPart part(DecisionKind kind)
{
    AnsweredPart part;
    part.proposal = mustRead(load(QStringLiteral("case.json"))).proposals.first();
    part.decision = DecisionId(QStringLiteral("d-7"));
    part.kind = kind;
    return part;
}

} // namespace

class TestCountersignCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digestsAreThoseOfTheDocument()
    {
        const QByteArray document = bytesOf(QStringLiteral(PROTOCOL "/countersign-1.openapi.yaml"));
        const auto vectors
            = parseJson(bytesOf(QStringLiteral(PROTOCOL "/countersign-1.digest-vectors.json")));
        QVERIFY(vectors.has_value());
        QVERIFY(vectors->items().size() >= 4);
        QVERIFY(document.contains(vectors->items().first()[u"digest"].toString().toLatin1()));
        for (const Json &vector : vectors->items()) {
            Json served = vector[u"case"];
            Json hashed = Json::object(
                {{QStringLiteral("action"), served[u"action"]},
                 {QStringLiteral("allowed"),
                  Json::fromStrings(toWords(allowedFromWords(served[u"allowed"].toStrings())))},
                 {QStringLiteral("arguments"), served[u"arguments"]},
                 {QStringLiteral("question"), served[u"question"]}});
            if (const Json &artifact = served[u"artifact"]; artifact.isObject()) {
                hashed.set(QStringLiteral("artifact"),
                           Json::object({{QStringLiteral("content"), artifact[u"content"]},
                                         {QStringLiteral("title"), artifact[u"title"]},
                                         {QStringLiteral("type"), artifact[u"type"]}}));
            }
            QCOMPARE(QString::fromUtf8(canonicalJson(hashed)), vector[u"canonical"].toString());
            for (const QString &name : {QStringLiteral("id"), QStringLiteral("agent")}) {
                served.set(name, Json(name));
            }
            served.set(QStringLiteral("state"), Json(QStringLiteral("waiting")));
            served.set(QStringLiteral("digest"), vector[u"digest"]);
            const WireCase read = mustRead(served);
            QVERIFY2(!read.proposals.first().trouble, qPrintable(vector[u"name"].toString()));
            QCOMPARE(read.proposals.first().digest(), vector[u"digest"].toString());
        }
    }

    void policyDigestsAreThoseOfTheDocument()
    {
        const auto vectors
            = parseJson(bytesOf(QStringLiteral(PROTOCOL "/countersign-1.policy-vectors.json")));
        QVERIFY(vectors.has_value());
        QVERIFY(vectors->items().size() >= 2);
        for (const Json &vector : vectors->items()) {
            QCOMPARE(QString::fromUtf8(canonicalJson(vector[u"document"])),
                     vector[u"canonical"].toString());
            PolicyRecord policy{.version = 7, .digest = vector[u"digest"].toString()};
            policy.document = vector[u"document"];
            const auto body = parseJson(encodePolicy(policy));
            QVERIFY(body.has_value());
            QCOMPARE((*body)[u"version"].toString(), QStringLiteral("policy v7"));
            QCOMPARE(QString::fromLatin1(sha256(canonicalJson((*body)[u"document"])).toHex()),
                     (*body)[u"digest"].toString());
        }
    }

    void readsWhatIsKept()
    {
        QVERIFY(readKeptPolicy(Json()).value() == KeptPolicy());
        const auto kept = readKeptPolicy(*parseJson(R"({"version":"policy v2","digest":"ab"})"));
        QCOMPARE(kept->version, QStringLiteral("policy v2"));
        QCOMPARE(kept->digest, QStringLiteral("ab"));
        for (const char *bad :
             {"{}", R"({"version":2,"digest":"ab"})", R"({"version":"v"})", "7"}) {
            QVERIFY2(!readKeptPolicy(*parseJson(bad)), bad);
        }
    }

    void readsAllThatIsServed()
    {
        const WireCase read = mustRead(load(QStringLiteral("case.json")));
        const Proposal &p = read.proposals.first();
        QVERIFY(!p.trouble);
        QCOMPARE(p.source.question, QStringLiteral("case-4207"));
        QCOMPARE(p.source.lane, QStringLiteral("case-4207"));
        QCOMPARE(p.arguments[u"amount"].numberText(), QByteArray("1250.00"));
        QCOMPARE(p.arguments[u"batch"].numberText(), QByteArray("12345678901234567890"));
        QCOMPARE(p.impact.amount->toString(), QStringLiteral("1250.00"));
        QCOMPARE(p.confidence->toString(), QStringLiteral("0.910"));
        QCOMPARE(p.evidence.size(), 1);
        QCOMPARE(p.risk, Risk::Medium);
        QCOMPARE(p.reversibility, Reversibility::Costly);
        QCOMPARE(p.dueMs, std::optional<qint64>(1'795'435'200'000));
        QCOMPARE(p.marks.size(), 2); // expires; follows another
        QCOMPARE(read.state, QStringLiteral("decided"));
        QCOMPARE(read.winner->decision.toString(), QStringLiteral("d-7"));
        QVERIFY(read.winner->sentence().contains(QLatin1String("Grace Mwangi")));
    }

    /// Every member that the document gives a case changes what is read from it, and the record
    /// holds them all.
    void everyDocumentedMemberIsRead()
    {
        const QMap<QString, QStringList> documented = documentedProperties();
        const Json served = load(QStringLiteral("case.json"));
        const WireCase whole = mustRead(served);
        QVERIFY(documented[QStringLiteral("Case")].size() > 20);
        for (const QString &name : documented[QStringLiteral("Case")]) {
            if (name == u"parts") {
                continue; // severalActionsInOneQuestion()
            }
            QVERIFY2(served.contains(name), qPrintable(name));
            Json less = served;
            less.remove(name);
            const auto read = readCase(less, {});
            if (!read) {
                continue; // demanded
            }
            Proposal proposal = read->proposals.first();
            proposal.raw = {};
            QVERIFY2(proposal != whole.proposals.first()
                         || read->winner.has_value() != whole.winner.has_value(),
                     qPrintable(name));
        }
        for (const auto &[name, value] : served.members()) {
            QVERIFY2(documented[QStringLiteral("Case")].contains(name), qPrintable(name));
        }
        for (const auto &[schema, member] :
             {std::pair(QStringLiteral("Impact"), QStringLiteral("impact")),
              std::pair(QStringLiteral("Artifact"), QStringLiteral("artifact")),
              std::pair(QStringLiteral("Winner"), QStringLiteral("decision"))}) {
            for (const QString &name : documented[schema]) {
                QVERIFY2(served[member].contains(name), qPrintable(name));
            }
        }
    }

    /// Every member that the codec names stands in the document.
    void everyMemberReadIsDocumented()
    {
        QStringList documented;
        for (const QStringList &names : documentedProperties()) {
            documented += names;
        }
        static const QRegularExpression member(QStringLiteral(
            "\\[u\"([a-z_]+)\"\\]|(?:text|texts|decimal|time|word|take)\\(\"([a-z_]+)\""));
        int seen = 0;
        for (const char *file : {"codec.cpp", "reading.cpp", "encoding.cpp"}) {
            const QString source
                = QString::fromUtf8(bytesOf(QStringLiteral(CODEC "/") + QLatin1String(file)));
            for (auto it = member.globalMatch(source); it.hasNext();) {
                const auto match = it.next();
                const QString name = match.captured(1) + match.captured(2);
                QVERIFY2(documented.contains(name), qPrintable(name));
                ++seen;
            }
        }
        QVERIFY(seen > 40);
    }

    void whatCannotBeUsedIsMarked_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {"1.4", "-0.1", "\"high\"", "true"}) {
            QTest::addRow("confidence %s", value)
                << QStringLiteral("confidence") << QByteArray(value);
        }
        QTest::newRow("risk") << QStringLiteral("risk") << QByteArray("\"huge\"");
        QTest::newRow("reversibility") << QStringLiteral("reversibility") << QByteArray("7");
        QTest::newRow("due") << QStringLiteral("due") << QByteArray("\"tomorrow\"");
        QTest::newRow("reasoning") << QStringLiteral("reasoning") << QByteArray("[1]");
        QTest::newRow("evidence") << QStringLiteral("evidence") << QByteArray("\"trust me\"");
        QTest::newRow("artifact") << QStringLiteral("artifact") << QByteArray("\"my draft\"");
        QTest::newRow("amount") << QStringLiteral("impact") << QByteArray("{\"amount\":\"a lot\"}");
    }
    void whatCannotBeUsedIsMarked()
    {
        QFETCH(QString, member);
        QFETCH(QByteArray, value);
        Json served = load(QStringLiteral("case.json"));
        const qsizetype before = mustRead(served).proposals.first().marks.size();
        served.set(member, *parseJson(value));
        const Proposal proposal = mustRead(served).proposals.first();
        QVERIFY(proposal.marks.size() > before);
        // An artifact that cannot be shown cannot be approved: the digest holds it.
        QCOMPARE(proposal.trouble.has_value(), member == u"artifact");
        QVERIFY(member != u"confidence" || !proposal.confidence);
        QVERIFY(member != u"risk" || proposal.risk == Risk::Unknown);
    }

    void aWrongDigestIsTrouble()
    {
        Json served = load(QStringLiteral("case.json"));
        served.set(QStringLiteral("question"), Json(QStringLiteral("Refund nothing?")));
        const WireCase read = mustRead(served);
        QVERIFY(read.proposals.first().trouble);
        AnsweredPart answer = part(DecisionKind::Approve);
        answer.proposal = read.proposals.first();
        QVERIFY(!validateAnswer(answer));
    }

    void severalActionsInOneQuestion()
    {
        const Json served = load(QStringLiteral("case-parts.json"));
        const auto read = readCase(served, {});
        QVERIFY(read.has_value());
        QCOMPARE(read->proposals.size(), 3);
        QStringList actions;
        for (const Proposal &proposal : read->proposals) {
            QVERIFY(!proposal.trouble);
            QCOMPARE(proposal.source.of, 3);
            QCOMPARE(proposal.source.part, int(actions.size()) + 1);
            QCOMPARE(proposal.source.question, served[u"id"].toString());
            QCOMPARE(proposal.agent, served[u"agent"].toString()); // of the whole
            QCOMPARE(proposal.reasoning, served[u"reasoning"].toString());
            actions.append(proposal.action);
        }
        QCOMPARE(actions.join(u' '), QStringLiteral("create_account assign_notebook grant_access"));
        QCOMPARE(read->proposals.at(0).confidence->toString(), QStringLiteral("0.77"));
        QCOMPARE(read->proposals.at(2).confidence->toString(), QStringLiteral("0.41"));

        Json::Array parts = served[u"parts"].items();
        parts[1].set(QStringLiteral("question"), Json(QStringLiteral("Give two?")));
        Json changed = served;
        changed.set(QStringLiteral("parts"), Json::array(parts));
        QVERIFY(readCase(changed, {})->proposals.at(1).trouble);
        QVERIFY(!readCase(changed, {})->proposals.at(0).trouble);
        changed.set(QStringLiteral("parts"), Json::array());
        QVERIFY(!readCase(changed, {}));
    }

    void partsAreAnsweredTogether()
    {
        const auto read = readCase(load(QStringLiteral("case-parts.json")), {});
        QList<AnsweredPart> parts;
        for (const Proposal &proposal : read->proposals) {
            AnsweredPart part;
            part.proposal = proposal;
            part.decision = DecisionId(QStringLiteral("d-%1").arg(proposal.source.part));
            parts.append(part);
        }
        parts[2].kind = DecisionKind::Reject;
        const auto body = encodeAnswer(parts);
        QVERIFY(body.has_value());
        const Json bodies = (*parseJson(*body))[u"parts"];
        QCOMPARE(bodies.items().size(), 3);
        for (qsizetype i = 0; i < 3; ++i) {
            QCOMPARE(bodies.items().at(i)[u"digest"].toString(), parts.at(i).proposal.digest());
            QCOMPARE(bodies.items().at(i)[u"kind"].toString(), toWord(parts.at(i).kind));
        }
        QVERIFY(!encodeAnswer(parts.mid(0, 2)));
        QVERIFY(!encodeAnswer({parts.at(1), parts.at(0), parts.at(2)}));
        const auto receipts = readReceipts(load(QStringLiteral("receipt-parts.json")));
        QVERIFY(receipts && receipts->size() == 3);
        QCOMPARE(receipts->at(2).kind, QStringLiteral("reject"));
        QCOMPARE(receipts->at(2).effect->part, 3);
    }

    void pagesKeepWhatCanBeRead()
    {
        const Json good = load(QStringLiteral("case.json"));
        const Json bad = Json::object({{QStringLiteral("id"), Json(QStringLiteral("case-9"))}});
        const auto page
            = readPage(Json::object({{QStringLiteral("cases"), Json::array({good, bad, good})},
                                     {QStringLiteral("next"), Json(QStringLiteral("case-9"))}}),
                       {});
        QVERIFY(page.has_value());
        QCOMPARE(page->proposals.size(), 1);
        QCOMPARE(page->faults.size(), 1);
        QCOMPARE(page->open,
                 QSet<QString>({QStringLiteral("case-4207"), QStringLiteral("case-9")}));
        QCOMPARE(page->next, QStringLiteral("case-9"));
        QVERIFY(!readPage(Json::object({{QStringLiteral("cases"), Json(1)}}), {}));
        QVERIFY(!readPage(Json::array(), {}));
    }

    void receipts()
    {
        const Json served = load(QStringLiteral("receipt.json"));
        const auto receipts = readReceipts(served);
        QVERIFY(receipts && receipts->size() == 1);
        const Receipt *receipt = &receipts->first();
        QCOMPARE(receipt->decision.toString(), QStringLiteral("d-7"));
        QCOMPARE(receipt->effect->text, QStringLiteral("Refunded 1250.00 EUR."));
        const QStringList documented = documentedProperties()[QStringLiteral("Receipt")];
        for (const auto &[name, value] : served.members()) {
            QVERIFY2(documented.contains(name), qPrintable(name));
        }
        for (const char *name : {"decision_id", "case", "digest", "kind"}) {
            Json less = served;
            less.remove(QString::fromLatin1(name));
            QVERIFY(!readReceipts(less));
        }
    }

    void eventsOfARecordedStream()
    {
        EventStreamParser parser;
        const auto events = parser.feed(bytesOf(QFINDTESTDATA("data/countersign/events.txt")));
        QVERIFY(events.has_value());
        QCOMPARE(events->size(), 6);
        QCOMPARE(parser.lastEventId(), QByteArray("6cab-6"));
        QList<News> news;
        for (const ServerEvent &event : *events) {
            const auto read = readEvent(event, {});
            QVERIFY(read.has_value());
            news.append(*read);
        }
        QVERIFY(news.at(0).seen.gone.first().answeredElsewhere);
        QVERIFY(news.at(0).seen.gone.first().text.contains(QLatin1String("Grace Mwangi")));
        QVERIFY(!news.at(1).seen.gone.first().answeredElsewhere);
        QCOMPARE(news.at(2).seen.effects.first().word, QStringLiteral("executed"));
        QCOMPARE(news.at(3).seen.effects.first().word, QStringLiteral("good"));
        QVERIFY(news.at(3).seen.effects.first().outcome);
        QVERIFY(news.at(4).seen.proposals.isEmpty() && !news.at(4).reset);
        QVERIFY(news.at(5).reset);
        QVERIFY(!readEvent({QStringLiteral("case.proposed"), "{\"id\":1"}, {}));
    }

    void answersAreWhatTheDocumentSays()
    {
        AnsweredPart edit = part(DecisionKind::Edit);
        edit.arguments = *parseJson("{\"order_id\":\"x\",\"amount\":100.10}");
        edit.work.content = Json(QStringLiteral("Dear Layla, no."));
        edit.message = QStringLiteral("Half.");
        edit.reasonCode = QStringLiteral("goodwill");
        const auto body = encodeAnswer({edit});
        QVERIFY(body.has_value());
        const auto json = parseJson(*body);
        QStringList names;
        for (const auto &[name, value] : json->members()) {
            names.append(name);
        }
        AnsweredPart respond = part(DecisionKind::Respond);
        respond.work.comments = {{QStringLiteral("1,250.00"), 25, QStringLiteral("Half of it.")}};
        const auto sentBack = parseJson(*encodeAnswer({respond}));
        QCOMPARE(toJson((*sentBack)[u"comments"]),
                 QByteArray("[{\"quote\":\"1,250.00\",\"text\":\"Half of it.\",\"start\":25}]"));
        QVERIFY(!sentBack->contains(u"artifact") && !sentBack->contains(u"message"));
        names.insert(5, QStringLiteral("comments"));
        QCOMPARE(names, documentedProperties()[QStringLiteral("Decision")]);
        QVERIFY(body->contains("100.10"));
        QCOMPARE((*json)[u"digest"].toString(), edit.proposal.digest());
        QCOMPARE(*encodeAnswer({edit}), *body);
    }

    void answersAreCheckedBefore()
    {
        AnsweredPart edit = part(DecisionKind::Edit);
        QVERIFY(!validateAnswer(edit)); // without arguments
        edit.arguments = *parseJson("{\"order_id\":\"x\",\"amount\":5000.01}");
        QVERIFY(!validateAnswer(edit)); // over the maximum
        edit.arguments = *parseJson("{\"amount\":5}");
        QVERIFY(!validateAnswer(edit)); // order_id is missing
        AnsweredPart respond = part(DecisionKind::Respond);
        QVERIFY(!validateAnswer(respond));
        respond.message = QStringLiteral(" \n");
        QVERIFY(!validateAnswer(respond));
        AnsweredPart approve = part(DecisionKind::Approve);
        QVERIFY(validateAnswer(approve));
        AnsweredPart elsewhere = part(DecisionKind::Respond);
        elsewhere.proposal.artifact.reset();
        elsewhere.work.content = Json(QStringLiteral("Mine."));
        QVERIFY(!validateAnswer(elsewhere)); // nothing to work on
        approve.arguments = Json::object();
        QVERIFY(!validateAnswer(approve));
        const auto ignored = validateAnswer(part(DecisionKind::Ignore));
        QVERIFY(!ignored && ignored.error().code == ErrorCode::NotAllowed);
    }
};

QTEST_APPLESS_MAIN(TestCountersignCodec)
#include "tst_countersign_codec.moc"
