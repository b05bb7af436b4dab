// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/servicesfixture.h"

#include "domain/envelope.h"
#include "policy/knownanswer.h"
#include "policy/spotcheck.h"
#include "services/people.h"
#include "services/reviewservice.h"

using namespace countersign;
using F = ServicesFixture;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Performed done(const char *id, Risk risk = Risk::High)
{
    Performed performed{F::proposal(id), {}};
    performed.proposal.risk = risk;
    performed.proposal.reversibility = Reversibility::Reversible;
    performed.proposal.recommendation = text("Refund it.");
    performed.effect = {.question = text(id),
                        .word = text("executed"),
                        .text = text("Refunded 120."),
                        .reportedMs = 1'700'000'000'000};
    return performed;
}

} // namespace

/// Looking where nothing is decided: draws of what agents did by themselves, verdicts, own answers
/// before the advice, and reasons in words. After every test the trail verifies and the state is
/// what its events say.
class TestReviews final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyActionIsDrawnOnce();
    void drawsCanBeRepeatedFromTheTrail();
    void aCaseOfTheSameIdIsNoAction();
    void aSpotCheckIsNeverSentNorClosed();
    void verdictsAreMarkedAndCorrected();
    void verdictsNeedAReasonAndASpotCheck();
    void theStoreRefusesAnOutboxEntry();
    void ownAnswersStandOnce();
    void leadsSetTheShares();
    void highRiskNeedsWords();
    void whatWasSeenIsRecorded();
    void knownAnswersAreMixedInAndNeverSent();
    void knownAnswersComeFromAFileToo();
    void badLinesOfAFileAreNamed();
    void onlySettledCasesAreKnown();

private:
    IntakeSummary perform(const QList<Performed> &list)
    {
        Observation seen;
        seen.performed = list;
        return m->take(seen);
    }
    Result<void> mark(const char *id, Verdict verdict, const char *reason = "")
    {
        return finished(reviews->mark({.caseId = CaseId(text(id)),
                                       .digest = m->theCase(id).digest,
                                       .verdict = verdict,
                                       .reason = text(reason),
                                       .person = m->ana}));
    }
    Result<void> set(const char *name, const char *value, const PersonId &by,
                     const PersonId &forPerson = {})
    {
        return finished(reviews->set(
            {.name = text(name), .value = text(value), .forPerson = forPerson, .person = by}));
    }
    QList<SpotDraw> draws()
    {
        return m->base.read<QList<SpotDraw>>([](Reader &reader) { return reader.draws(0, 10'000); })
            .value();
    }
    Json envelopeOf(const char *kind)
    {
        for (const EventRecord &event : m->base.trail()) {
            if (event.kind == QLatin1String(kind)) {
                return *parseEnvelope(event.envelope);
            }
        }
        return {};
    }

    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<ReviewService> reviews;
};

void TestReviews::init()
{
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
    reviews = std::make_unique<ReviewService>(*m->base.store);
}

void TestReviews::cleanup()
{
    QVERIFY(m->isSound());
    reviews.reset();
    m->close();
    m.reset();
}

void TestReviews::everyActionIsDrawnOnce()
{
    const IntakeSummary first = perform({done("act-1"), done("act-1"), done("act-2")});
    QCOMPARE(first.performed, 2);
    QCOMPARE(first.spotChecks, 2);
    QCOMPARE(perform({done("act-2"), done("act-1")}).performed, 0); // again, in another order
    QCOMPARE(m->cases().size(), 2);
    const Case check = m->theCase("c-1");
    QCOMPARE(check.purpose, Purpose::SpotCheck);
    QCOMPARE(check.disposition, Disposition::SpotCheck);
    QCOMPARE(check.queue, text("Spot check"));
    QCOMPARE(check.state, CaseState::Waiting);
    QCOMPARE(check.proposal.allowed, AllowedDecisions());
    QCOMPARE(check.effects, QStringList{text("Refunded 120.")});
    QVERIFY(!check.gateReasons.isEmpty());
    const auto rows = m->base.read<QList<CaseRow>>(
        [](Reader &reader) { return reader.caseRows({.spotChecksOnly = true}); });
    QCOMPARE(rows->size(), 2);
    QVERIFY(rows->constFirst().spotCheck);
}

void TestReviews::drawsCanBeRepeatedFromTheTrail()
{
    QVERIFY(set(setting::spotCheckRate, "0.3", m->ana));
    QList<Performed> list;
    for (int i = 0; i < 300; ++i) {
        list.append(done(QByteArray("act-" + QByteArray::number(i)).constData(), Risk::Low));
    }
    const IntakeSummary summary = perform(list);
    QCOMPARE(summary.performed, 300);
    QVERIFY(summary.spotChecks > 50 && summary.spotChecks < 130);
    int hits = 0;
    qint64 index = 0;
    for (const EventRecord &event : m->base.trail()) {
        if (event.kind != QLatin1String(event::spotCheckDrawn)) {
            continue;
        }
        const Json drawn = *parseEnvelope(event.envelope);
        QCOMPARE(drawn[u"index"].toInteger(), ++index);
        QCOMPARE(drawn[u"probability"].toString(), text("0.3"));
        QCOMPARE(isDrawn(drawn[u"seed"].toString(), index, drawn[u"probability"].toString()),
                 drawn[u"drawn"].toBool());
        QCOMPARE(event.caseId.isEmpty(), !drawn[u"drawn"].toBool());
        QVERIFY(!drawn[u"outlier"].toBool());
        hits += drawn[u"drawn"].toBool() ? 1 : 0;
    }
    QCOMPARE(index, 300);
    QCOMPARE(hits, summary.spotChecks);
    QCOMPARE(draws().size(), 300);
    // Nobody may draw again with another seed, or twice, or leave a number out.
    const auto draw = [&](qint64 number, const QString &seed) -> bool {
        EventDraft draft{.kind = text(event::spotCheckDrawn),
                         .actor = Actor::policy(text("policy v1")),
                         .endpoint = m->endpoint};
        draft.fields = Json::object({{text("question"), Json(text("another"))},
                                     {text("index"), Json(number)},
                                     {text("seed"), Json(seed)},
                                     {text("probability"), Json(text("1"))},
                                     {text("drawn"), Json(true)},
                                     {text("outlier"), Json(false)}});
        return bool(m->base.append(draft));
    };
    const QString seed = draws().constFirst().seed;
    QVERIFY(!draw(300, seed));
    QVERIFY(!draw(302, seed));
    QVERIFY(!draw(301, QString(64, u'0')));
    QVERIFY(draw(301, seed));
}

void TestReviews::aCaseOfTheSameIdIsNoAction()
{
    m->take({F::proposal("q1")});
    QCOMPARE(perform({done("q1")}).performed, 0); // a person is asked: not by itself
    QVERIFY(perform({done("act-1")}).spotChecks == 1);
    const IntakeSummary asked = m->take({F::proposal("q1"), F::proposal("act-1", "999")});
    QCOMPARE(asked.refused.size(), 1);
    QCOMPARE(m->theCase("c-2").digest, m->theCase("c-2").proposal.digest());
    QCOMPARE(m->cases().size(), 2);
}

void TestReviews::aSpotCheckIsNeverSentNorClosed()
{
    perform({done("act-1")});
    m->take(QList<Proposal>()); // nothing waits there any more
    Observation gone;
    gone.gone = {{.question = text("act-1"), .answeredElsewhere = false, .text = text("gone")}};
    m->take(gone);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    for (const DecisionKind kind : {DecisionKind::Approve, DecisionKind::Reject}) {
        const auto decided = m->decide(m->request("c-1", kind));
        QVERIFY(!decided);
        QCOMPARE(decided.error().code, ErrorCode::NotAllowed);
    }
    QVERIFY(mark("c-1", Verdict::Wrong, "Not damaged."));
    QVERIFY(m->outbox(false).isEmpty());
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(m->server.received.size(), 0);
}

void TestReviews::verdictsAreMarkedAndCorrected()
{
    perform({done("act-1")});
    QVERIFY(mark("c-1", Verdict::Correct));
    const Case first = m->theCase();
    QCOMPARE(first.state, CaseState::Marked);
    QCOMPARE(first.mark->verdict, Verdict::Correct);
    QCOMPARE(first.mark->times, 1);
    m->base.clock.advance(60'000);
    QVERIFY(mark("c-1", Verdict::MinorEdit, "The greeting was wrong."));
    const Case second = m->theCase();
    QCOMPARE(second.mark->verdict, Verdict::MinorEdit);
    QCOMPARE(second.mark->reason, text("The greeting was wrong."));
    QCOMPARE(second.mark->personName, text("Ana Pérez"));
    QCOMPARE(second.mark->times, 2);
    QCOMPARE(m->count(event::verdictMarked), 2);
    for (const EventRecord &event : m->base.trail()) {
        if (event.kind == QLatin1String(event::verdictMarked)) {
            QVERIFY(!event.signature.isEmpty());
        }
    }
}

void TestReviews::verdictsNeedAReasonAndASpotCheck()
{
    perform({done("act-1")});
    m->take({F::proposal("q1")});
    for (const Verdict verdict : {Verdict::MinorEdit, Verdict::Wrong}) {
        QCOMPARE(mark("c-1", verdict, "  \n").error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(mark("c-2", Verdict::Correct).error().code, ErrorCode::NotAllowed);
    const auto stale = finished(reviews->mark(
        {.caseId = CaseId(text("c-1")), .digest = text("another"), .person = m->ana}));
    QCOMPARE(stale.error().code, ErrorCode::Changed);
    const auto nobody = finished(reviews->mark({.caseId = CaseId(text("c-1")),
                                                .digest = m->theCase().digest,
                                                .person = PersonId(text("p-9"))}));
    QCOMPARE(nobody.error().code, ErrorCode::NotAllowed);
    QCOMPARE(m->count(event::verdictMarked), 0);
}

/// Whatever a service might get wrong: the tables take no decision and no answer for it.
void TestReviews::theStoreRefusesAnOutboxEntry()
{
    perform({done("act-1")});
    const Case check = m->theCase();
    EventDraft decision{.kind = text(event::decisionApprove),
                        .actor = Actor::person(m->ana, text("Ana Pérez")),
                        .caseId = check.id,
                        .endpoint = m->endpoint,
                        .decision = DecisionId(text("d-forged"))};
    decision.fields = Json::object({{text("digest"), Json(check.digest)},
                                    {text("question"), Json(text("act-1"))},
                                    {text("occurrence"), Json(0)},
                                    {text("part"), Json(1)},
                                    {text("of"), Json(1)},
                                    {text("send_at_ms"), Json(qint64(0))}});
    QVERIFY(!m->base.append(decision));
    EventDraft repair{.kind = text(event::repairRequested),
                      .actor = Actor::person(m->ana, text("Ana Pérez")),
                      .caseId = check.id,
                      .endpoint = m->endpoint};
    repair.fields = Json::object({{text("outbox"), Json(text("o-1"))},
                                  {text("lane"), Json(text("lane"))},
                                  {text("question"), Json(text("act-1"))}});
    repair.payload = Json::object();
    const auto queued = m->base.append(repair);
    QVERIFY(!queued);
    QVERIFY(m->outbox(false).isEmpty());
}

void TestReviews::ownAnswersStandOnce()
{
    m->take({F::proposal("q1")});
    CommitRequest own{.caseId = CaseId(text("c-1")),
                      .digest = m->theCase().digest,
                      .answer = DecisionKind::Reject,
                      .person = m->ana};
    QVERIFY(finished(reviews->commit(own)));
    own.answer = DecisionKind::Approve;
    QCOMPARE(finished(reviews->commit(own)).error().code, ErrorCode::AlreadyDecided);
    own.answer = DecisionKind::Respond;
    QCOMPARE(finished(reviews->commit(own)).error().code, ErrorCode::NotAllowed);
    QVERIFY(m->approve());
    const Json decided = envelopeOf(event::decisionApprove);
    QCOMPARE(decided[u"own_answer"].toString(), text("reject"));
    // Of a changed proposal nobody has an own answer yet.
    const auto now = m->base.read<std::optional<DecisionKind>>([&](Reader &reader) {
        return reader.commitment(CaseId(text("c-1")), m->ana, text("another digest"));
    });
    QVERIFY(now && !*now);
}

void TestReviews::leadsSetTheShares()
{
    People people(*m->base.store, m->base.keys);
    const Person ben = finished(people.add(text("Ben"), text("reviewer"), m->ana)).value();
    const Person kim = finished(people.add(text("Kim"), text("lead"), m->ana)).value();
    const auto value = [&](const char *name, const PersonId &person) -> QString {
        return m->base
            .read<QString>([&](Reader &reader) { return reader.setting(text(name), person); })
            .value();
    };
    QCOMPARE(value(setting::blindRate, ben.id), QString());
    QCOMPARE(set(setting::knownAnswerRate, "0.1", ben.id).error().code, ErrorCode::NotAllowed);
    QVERIFY(set(setting::knownAnswerRate, "0.1", kim.id));
    QVERIFY(set(setting::knownAnswerRate, "0", kim.id));
    QVERIFY(set(setting::blindRate, "0.2", kim.id));
    QCOMPARE(value(setting::blindRate, ben.id), text("0.2"));
    QVERIFY(set(setting::blindRate, "0.5", ben.id, ben.id)); // for oneself, and more
    QCOMPARE(set(setting::blindRate, "0", ben.id, ben.id).error().code, ErrorCode::NotAllowed);
    QCOMPARE(set(setting::blindRate, "1", ben.id, kim.id).error().code, ErrorCode::NotAllowed);
    QCOMPARE(value(setting::blindRate, ben.id), text("0.5"));
    QCOMPARE(value(setting::blindRate, kim.id), text("0.2"));
    QVERIFY(set(setting::blindRate, "0", m->ana, ben.id));
    QCOMPARE(value(setting::blindRate, ben.id), text("0"));
    for (const char *bad : {"0", "2", "", "half", "-1"}) {
        QCOMPARE(set(setting::spotCheckRate, bad, kim.id).error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(set("shoe_size", "0.5", kim.id).error().code, ErrorCode::InvalidInput);
    QCOMPARE(set(setting::spotCheckRate, "0.5", kim.id, ben.id).error().code,
             ErrorCode::InvalidInput);
}

void TestReviews::highRiskNeedsWords()
{
    Proposal risky = F::proposal("q1");
    risky.risk = Risk::High;
    risky.allowed |= DecisionKind::Respond;
    m->take({risky});
    for (const DecisionKind kind : {DecisionKind::Approve, DecisionKind::Reject}) {
        DecisionRequest silent = m->request("c-1", kind);
        silent.message = text(" \n\t");
        silent.look = Look{};
        QVERIFY(m->decisions->needsReason(m->theCase(), kind));
        QCOMPARE(m->decide(silent).error().code, ErrorCode::InvalidInput);
    }
    QVERIFY(!m->decisions->needsReason(m->theCase(), DecisionKind::Respond));
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    DecisionRequest said = m->request();
    said.look = Look{};
    said.message = text("Seen the photos.");
    QVERIFY(m->decide(said));
    QCOMPARE(m->outbox().size(), 1);
    QCOMPARE(m->theCase().decision->message, text("Seen the photos."));

    Proposal unknown = F::proposal("q2");
    unknown.risk = Risk::Unknown;
    m->take({risky, unknown});
    QVERIFY(m->approve("c-2"));
}

void TestReviews::whatWasSeenIsRecorded()
{
    m->take({F::proposal("q1")});
    DecisionRequest request = m->request();
    request.look
        = Look{.lookMs = 24'500,
               .size = 812,
               .opened = {text("evidence"), text("raw"), text("evidence"), text("Not a word!")},
               .streak = 3,
               .blind = true};
    QVERIFY(m->decide(request));
    const Json decided = envelopeOf(event::decisionApprove);
    QCOMPARE(decided[u"look_ms"].toInteger(), 24'500);
    QCOMPARE(decided[u"size"].toInteger(), 812);
    QCOMPARE(decided[u"opened"].toStrings(), (QStringList{text("evidence"), text("raw")}));
    QCOMPARE(decided[u"streak"].toInteger(), 3);
    QVERIFY(decided[u"blind"].toBool());
    perform({done("act-1")});
    QVERIFY(mark("c-2", Verdict::Correct));
    const auto reviewed
        = m->base.read<QList<Reviewed>>([&](Reader &reader) { return reader.reviewed(m->ana, 0); });
    QCOMPARE(reviewed->size(), 2);
    QCOMPARE(reviewed->at(0).answer, text("approve"));
    QCOMPARE(reviewed->at(0).lookMs, std::optional<qint64>(24'500));
    QCOMPARE(reviewed->at(0).opened, 2);
    QCOMPARE(reviewed->at(1).answer, text("correct"));
    QVERIFY(!reviewed->at(1).lookMs);
}

void TestReviews::knownAnswersComeFromAFileToo()
{
    const QByteArray one
        = "{\"case\":{\"agent\":\"claims\",\"action\":\"refund\",\"question\":\"Pay?\","
          "\"arguments\":{\"amount\":9999.90},\"allowed\":[\"approve\",\"reject\"],"
          "\"risk\":\"low\"},\"right\":[\"reject\"],\"why\":\"The limit is 500.\"}\n";
    Endpoint here;
    here.id = m->endpoint;
    const KnownFile file = readKnownFile(one + "\n" + one, here);
    QVERIFY2(file.bad.isEmpty(), qPrintable(file.bad.join(u'\n')));
    QCOMPARE(file.lines.size(), 2);
    People people(*m->base.store, m->base.keys);
    const Person ben = finished(people.add(text("Ben"), text("reviewer"), m->ana)).value();
    QCOMPARE(finished(reviews->addKnown(m->endpoint, file.lines, ben.id)).error().code,
             ErrorCode::NotAllowed);
    QCOMPARE(finished(reviews->addKnown(m->endpoint, file.lines, m->ana)).value(), 1); // alike
    QCOMPARE(finished(reviews->addKnown(m->endpoint, file.lines, m->ana)).value(), 0);
    m->take({F::proposal("q1")});
    QCOMPARE(m->cases().size(), 1); // only where a lead switched it on
    QVERIFY(set(setting::knownAnswerRate, "1", m->ana));
    m->take({F::proposal("q1"), F::proposal("q2")});
    m->take({F::proposal("q1"), F::proposal("q2"), F::proposal("q3")});
    QList<Case> asked;
    for (const Case &each : m->cases()) {
        if (each.purpose == Purpose::KnownAnswer) {
            asked.append(each);
        }
    }
    QCOMPARE(asked.size(), 1); // once, however often
    QCOMPARE(toJson(asked.first().proposal.arguments), QByteArray("{\"amount\":9999.90}"));
    const auto receipt = m->decide({.caseId = asked.first().id,
                                    .digest = asked.first().digest,
                                    .kind = DecisionKind::Approve,
                                    .person = m->ana});
    QVERIFY2(receipt, qPrintable(receipt ? QString() : receipt.error().text));
    QVERIFY(receipt->checked && !receipt->checked->right);
    QVERIFY(receipt->checked->text.contains(text("The limit is 500.")));
    QVERIFY(m->outbox(false).isEmpty());
}

void TestReviews::badLinesOfAFileAreNamed()
{
    const QByteArray good
        = "{\"case\":{\"agent\":\"a\",\"action\":\"b\",\"question\":\"\",\"arguments\":{},"
          "\"allowed\":[\"approve\"]},\"right\":[\"approve\"],\"why\":\"So.\"}";
    const auto without = [&good](const char *part, const char *instead) -> QByteArray {
        return QByteArray(good).replace(part, instead);
    };
    const QList<QByteArray> lines{
        good,
        "no json",
        "[]",
        without("\"why\":\"So.\"", "\"why\":\"\""),
        without("\"right\":[\"approve\"]", "\"right\":[]"),
        without("\"right\":[\"approve\"]", "\"right\":[\"reject\"]"),
        without("\"why\"", "\"extra\":1,\"why\""),
        without("\"agent\":\"a\",", ""),
        without("\"agent\":\"a\"", "\"agent\":\"a\",\"id\":\"x\""),
        without("\"agent\":\"a\"", "\"agent\":\"a\",\"confidence\":7"),
        without("\"arguments\":{}", "\"arguments\":{\"x\":1,\"x\":2}"),
        good,
    };
    const KnownFile file = readKnownFile(lines.join('\n'), {});
    QCOMPARE(file.lines.size(), 2);
    QCOMPARE(file.bad.size(), lines.size() - 2);
    for (qsizetype i = 0; i < file.bad.size(); ++i) {
        QVERIFY2(file.bad.at(i).startsWith(text("Line %1: ").arg(i + 2)),
                 qPrintable(file.bad.at(i)));
        QVERIFY(file.bad.at(i).size() > 20);
    }
}

void TestReviews::knownAnswersAreMixedInAndNeverSent()
{
    const auto settle = [&](const char *question, const char *id, DecisionKind kind) -> void {
        m->server.ask({F::proposal(question)});
        m->take(QList<Proposal>{F::proposal(question)}, false);
        QVERIFY(m->decide(m->request(id, kind)));
        m->base.clock.advance(60'000);
        QCOMPARE(m->deliver(), 1);
    };
    settle("q1", "c-1", DecisionKind::Reject);
    QCOMPARE(m->cases().size(), 1); // off unless switched on
    QVERIFY(set(setting::knownAnswerRate, "1", m->ana));
    m->take(QList<Proposal>{F::proposal("q2")}, false);
    QCOMPARE(m->cases().size(), 3);
    const Case again = m->theCase("c-3");
    QCOMPARE(again.purpose, Purpose::KnownAnswer);
    QCOMPARE(again.state, CaseState::Waiting);
    QCOMPARE(again.proposal.arguments, m->theCase("c-1").proposal.arguments);
    QCOMPARE(again.queue, m->theCase("c-2").queue);
    QCOMPARE(again.disposition, m->theCase("c-2").disposition);
    m->take(QList<Proposal>{F::proposal("q2"), F::proposal("q3")}); // each is asked again only once
    QCOMPARE(m->cases().size(), 4);
    QCOMPARE(m->theCase("c-3").state, CaseState::Waiting); // the endpoint does not close it

    const qsizetype sentBefore = m->server.received.size();
    const auto receipt = m->decide(m->request("c-3", DecisionKind::Approve));
    QVERIFY(receipt && receipt->checked);
    QVERIFY(!receipt->checked->right);
    QVERIFY(receipt->checked->text.contains(text("rejected once")));
    QCOMPARE(m->theCase("c-3").state, CaseState::Marked);
    QVERIFY(!m->theCase("c-3").decision);
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(m->server.received.size(), sentBefore);
    QCOMPARE(m->outbox(false).size(), 1);
    QVERIFY(!m->decide(m->request("c-3", DecisionKind::Reject))); // one answer, as everywhere
    QVERIFY(!finished(m->decisions->undo(CaseId(text("c-3")), m->ana)));

    const auto checked = m->base.read<QList<CheckedAnswer>>(
        [](Reader &reader) { return reader.checkedAnswers(0); });
    QCOMPARE(checked->size(), 1);
    QCOMPARE(checked->constFirst().answer, DecisionKind::Approve);
    QVERIFY(!checked->constFirst().right);
    const auto reviewed
        = m->base.read<QList<Reviewed>>([&](Reader &reader) { return reader.reviewed(m->ana, 0); });
    QCOMPARE(reviewed->size(), 1); // the rejection; the check counts nowhere
}

void TestReviews::onlySettledCasesAreKnown()
{
    Case past;
    past.state = CaseState::Delivered;
    past.proposal = F::proposal("q1");
    past.decision = Decision();
    past.decision->kind = DecisionKind::Approve;
    QVERIFY(!knownAnswerOf(past, {}));
    QCOMPARE(knownAnswerOf(past, text("good"))->right, QSet{DecisionKind::Approve});
    const QSet noticed{DecisionKind::Edit, DecisionKind::Reject};
    QCOMPARE(knownAnswerOf(past, text("bad"))->right, noticed);
    past.decision->kind = DecisionKind::Edit;
    QCOMPARE(knownAnswerOf(past, {})->right, noticed);
    QVERIFY(!knownAnswerOf(past, text("bad"))); // even so it went badly: nobody knows
    past.decision->kind = DecisionKind::Respond;
    QVERIFY(!knownAnswerOf(past, {}));
    past.decision->kind = DecisionKind::Reject;
    past.policyVersion = text("policy v2");
    past.decision->person = PersonId(text("policy v3")); // at its deadline: nobody looked
    QVERIFY(!knownAnswerOf(past, {}));
    QCOMPARE(knownAnswerOf(past, text("good"))->right, noticed);
    past.decision->person = m->ana;
    QVERIFY(knownAnswerOf(past, {}));
    past.purpose = Purpose::SpotCheck;
    QVERIFY(!knownAnswerOf(past, {}));
    past.purpose = Purpose::Work;
    past.state = CaseState::Held;
    QVERIFY(!knownAnswerOf(past, {}));
}

QTEST_GUILESS_MAIN(TestReviews)
#include "tst_reviews.moc"
