// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"

#include "domain/authority.h"
#include "services/caseservice.h"
#include "services/people.h"
#include "services/policypusher.h"
#include "services/timeservice.h"

using namespace countersign;

namespace {

constexpr qint64 hourMs = 3'600'000;

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Proposal refund(const char *question, const char *amount = "120", const char *currency = "EUR")
{
    Proposal made = ServicesFixture::proposal(question, amount);
    made.impact.amount = Decimal::parse(QByteArray(amount));
    made.impact.currency = text(currency);
    return made;
}

} // namespace

/// Who gets a case and who may decide it, and what agents keep while nobody is there.
class TestRouting final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServicesFixture> m_f;
    std::unique_ptr<People> m_people;
    PersonId m_bo;
    PersonId m_cy;

    PersonId enroll(const char *name)
    {
        return finished(m_people->add(text(name), text("reviewer"), m_f->ana)).value().id;
    }
    void set(const QByteArray &members)
    {
        const auto document = parseJson(R"({"format":"countersign-policy/1",)" + members + "}");
        const auto done = finished(m_f->policy->set(
            {.document = document.value(), .reason = text("x"), .person = m_f->ana}));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    }
    Result<Person> authority(const char *whom, const QStringList &roles, const QStringList &limits,
                             const PersonId &by)
    {
        return finished(m_people->setAuthority(text(whom), roles, limits, by));
    }
    Result<AbsenceReceipt> absent(const char *whom, const char *delegate = "Cy", int hours = 24)
    {
        return finished(m_people->setAbsence({.whom = text(whom),
                                              .untilMs = m_f->base.clock.nowMs() + hours * hourMs,
                                              .delegate = text(delegate),
                                              .note = text("Mind the parcel.")},
                                             m_f->ana));
    }
    Result<DecisionReceipt> decide(const PersonId &person, const char *id = "c-1",
                                   DecisionKind kind = DecisionKind::Approve)
    {
        DecisionRequest request = m_f->request(id, kind);
        request.person = person;
        return m_f->decide(request);
    }
    QString noteOf(const char *id)
    {
        const CaseId wanted(text(id));
        return m_f->base
            .read<QString>([wanted](Reader &reader) -> Result<QString> {
                const auto events = reader.events(
                    {.limit = 1, .kind = text(event::caseAssigned), .caseId = wanted});
                const auto payload = reader.payloadOf(events->first().seq);
                return (**payload)[u"text"].toString();
            })
            .value();
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServicesFixture>();
        m_f->open();
        m_f->connectEndpoint();
        m_people = std::make_unique<People>(*m_f->base.store, m_f->base.keys);
        m_bo = enroll("Bo");
        m_cy = enroll("Cy");
    }
    void cleanup()
    {
        if (!QTest::currentTestFailed()) {
            QVERIFY(m_f->isSound());
        }
        m_people.reset();
        m_f.reset();
    }

    void goesByAmountAndDepartmentToAQueue()
    {
        set(R"("rules":[{"id":"r","action":"refund","queue":"Refunds","conditions":[)"
            R"({"field":"/arguments/department","is":"eq","value":"legal","queue":"Legal"},)"
            R"({"field":"/amount","is":"gt","value":500,"queue":"Big refunds"},)"
            R"({"field":"/amount","is":"gt","value":9000,"then":"escalate","queue":"Board"}]}])");
        Proposal legal = refund("q3", "600");
        legal.arguments.set(text("department"), Json(text("legal")));
        m_f->take({refund("q1"), refund("q2", "501"), legal, refund("q4", "9001")});
        QCOMPARE(m_f->theCase("c-1").queue, text("Refunds"));
        QCOMPARE(m_f->theCase("c-2").queue, text("Big refunds"));
        QCOMPARE(m_f->theCase("c-3").queue, text("Legal")); // the first that names one
        QCOMPARE(m_f->theCase("c-4").queue, text("Board"));
    }

    void isSuggestedToWhoHasLeastThatIsDueBefore()
    {
        set(R"("queues":[{"name":"Refunds","people":["Bo","Cy"]}],)"
            R"("rules":[{"id":"r","action":"refund","queue":"Refunds"}])");
        const qint64 now = m_f->base.clock.nowMs();
        Proposal soon = refund("q1");
        soon.dueMs = now + hourMs;
        Proposal later = refund("q2");
        later.dueMs = now + 9 * hourMs;
        m_f->take({soon, later}, false);
        QCOMPARE(m_f->theCase("c-1").assignee, m_bo.toString()); // named first
        QCOMPARE(m_f->theCase("c-2").assignee, m_cy.toString());
        Proposal between = refund("q3");
        between.dueMs = now + 5 * hourMs;
        m_f->take({between}, false); // Cy's is due after it, Bo's before
        QCOMPARE(m_f->theCase("c-3").assignee, m_cy.toString());
        const EventRecord made = m_f->base.trail().last();
        QCOMPARE(made.kind, text(event::caseAssigned));
        QCOMPARE(made.actor, text("policy v2"));
        QVERIFY(made.signature.isEmpty());
        QCOMPARE(noteOf("c-3"),
                 text("Cy takes Refunds and has 1 cases waiting, 0 of them due before this one."));
    }

    void whatAPersonAssignedStays()
    {
        set(R"("queues":[{"name":"Refunds","people":["Bo"]}],)"
            R"("rules":[{"id":"r","action":"refund","queue":"Refunds"}])");
        m_f->take({refund("q1")});
        CaseService care(*m_f->base.store);
        QVERIFY(finished(
            care.assign({CaseId(text("c-1"))}, text("Cy"), m_f->ana, text("You know them."))));
        QCOMPARE(noteOf("c-1"), text("You know them."));
        m_f->take({refund("q1", "130")});
        QCOMPARE(m_f->theCase().assignee, m_cy.toString());
        QCOMPARE(finished(care.assign({CaseId(text("c-1"))}, {}, m_f->ana, text("x"))).error().code,
                 ErrorCode::InvalidInput); // a note goes to somebody
    }

    void anEscalationGoesToTheNextQueuesPeople()
    {
        set(R"("queues":[{"name":"Refunds","people":["Bo"],"due":{"after":"1h","at_zero":)"
            R"("escalate","path":[{"queue":"Leads"}]}},{"name":"Leads","people":["Cy"]}],)"
            R"("rules":[{"id":"r","action":"refund","queue":"Refunds"}])");
        m_f->take({refund("q1")});
        QCOMPARE(m_f->theCase().assignee, m_bo.toString());
        QCOMPARE(m_f->theCase().terms.zeroMs,
                 std::optional<qint64>(m_f->base.clock.nowMs() + hourMs)); // the queue's time
        m_f->base.clock.advance(hourMs);
        TimeService time(*m_f->base.store, *m_f->desk, m_f->base.clock);
        QCOMPARE(finished(time.runDue()).value(), 1);
        QCOMPARE(m_f->theCase().queue, text("Leads"));
        QCOMPARE(m_f->theCase().assignee, m_cy.toString());
        QVERIFY(noteOf("c-1").startsWith(text("Nobody decided in time; it was handed to Leads.")));
    }

    void anAmountAboveTheLimitIsForOthers()
    {
        QVERIFY(authority("Bo", {}, {text("500EUR")}, m_f->ana));
        m_f->take({refund("q1", "500"), refund("q2", "500.01"), refund("q3", "1", "USD"),
                   ServicesFixture::proposal("q4")});
        QVERIFY(decide(m_bo, "c-1"));
        const auto refused = decide(m_bo, "c-2");
        QCOMPARE(refused.error().code, ErrorCode::NotAllowed);
        QCOMPARE(refused.error().text,
                 text("500.01 EUR is above what you may approve: up to 500 EUR. Who may: "
                      "Ana Pérez, Cy."));
        QCOMPARE(lackOf(m_f->theCase("c-2"), m_bo, DecisionKind::Approve, 0),
                 refused.error().text); // what the window says
        QCOMPARE(decide(m_bo, "c-3").error().code, ErrorCode::NotAllowed); // no limit in it
        QVERIFY(decide(m_bo, "c-2", DecisionKind::Reject)); // nothing goes out by that
        QVERIFY(decide(m_bo, "c-4")); // no amount is known
        QVERIFY(decide(m_cy, "c-3"));
    }

    void anEditThatRaisesTheAmountCountsAsThat()
    {
        QVERIFY(authority("Bo", {}, {text("500 eur")}, m_f->ana));
        m_f->take({refund("q1", "400")});
        DecisionRequest edit = m_f->request("c-1", DecisionKind::Edit);
        edit.person = m_bo;
        edit.arguments = Json::object({{text("amount"), Json::number("600")}});
        QCOMPARE(m_f->decide(edit).error().code, ErrorCode::NotAllowed);
        edit.arguments = Json::object({{text("amount"), Json::number("450")}});
        QVERIFY(m_f->decide(edit));
    }

    void aRoleIsGivenByLeadsAndAsked()
    {
        set(R"("rules":[{"id":"r","action":"refund","authority":"finance"}])");
        m_f->take({refund("q1"), refund("q2")});
        QCOMPARE(decide(m_bo).error().text,
                 text("policy v2 asks for somebody with the role “finance” to decide this; hand it "
                      "over. Who may: Ana Pérez."));
        QCOMPARE(authority("Bo", {text("finance")}, {}, m_cy).error().code, ErrorCode::NotAllowed);
        QCOMPARE(authority("Bo", {text("Finance!")}, {}, m_f->ana).error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(authority("Bo", {}, {text("much")}, m_f->ana).error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(authority("Di", {}, {}, m_f->ana).error().code, ErrorCode::NotFound);
        const auto given
            = authority("Bo", {text("finance"), text("lead")}, {text("1000EUR")}, m_f->ana);
        QCOMPARE(given->roles, QStringList({text("finance"), text("lead")}));
        QVERIFY(decide(m_bo));
        QVERIFY(decide(m_f->ana, "c-2")); // one person, every role
        QVERIFY(authority("Cy", {}, {}, m_bo)); // who leads now as well
        const EventRecord made = m_f->base.trail().last();
        QCOMPARE(made.kind, text(event::personAuthority));
        QVERIFY(!made.signature.isEmpty());
    }

    void whoIsAbsentIsRepresented()
    {
        set(R"("queues":[{"name":"Refunds","people":["Bo"]}],)"
            R"("rules":[{"id":"r","action":"refund","queue":"Refunds","authority":"finance"}])");
        QVERIFY(authority("Bo", {text("finance")}, {text("500EUR")}, m_f->ana));
        m_f->take({refund("q1")}, false);
        QCOMPARE(m_f->theCase().assignee, m_bo.toString());
        QCOMPARE(decide(m_cy).error().code, ErrorCode::NotAllowed);
        const auto gone = absent("Bo");
        QCOMPARE(gone->handedOver, 1);
        QCOMPARE(m_f->theCase().assignee, m_cy.toString());
        QVERIFY(noteOf("c-1").contains(text("Cy acts for them. Mind the parcel.")));
        m_f->take({refund("q2"), refund("q3", "600")}, false);
        QCOMPARE(m_f->theCase("c-2").assignee, m_cy.toString());
        QVERIFY(decide(m_cy)); // what Bo may, meanwhile
        QCOMPARE(decide(m_cy, "c-3").error().code, ErrorCode::NotAllowed);
        m_f->base.clock.advance(25 * hourMs);
        QCOMPARE(decide(m_cy, "c-2").error().code, ErrorCode::NotAllowed); // the time is over
        QVERIFY(decide(m_bo, "c-2"));
    }

    void anAbsenceIsSaidByOneselfOrALead()
    {
        const qint64 now = m_f->base.clock.nowMs();
        const auto say = [&](const char *whom, qint64 untilMs, const char *delegate,
                             const PersonId &by) -> ErrorCode {
            const auto done = finished(m_people->setAbsence(
                {.whom = text(whom), .untilMs = untilMs, .delegate = text(delegate), .note = {}},
                by));
            return done ? ErrorCode() : done.error().code;
        };
        QCOMPARE(say("Bo", now + hourMs, "Cy", m_cy), ErrorCode::NotAllowed);
        QCOMPARE(say("Bo", now, "Cy", m_bo), ErrorCode::InvalidInput);
        QCOMPARE(say("Bo", now + hourMs, "Bo", m_bo), ErrorCode::InvalidInput);
        QCOMPARE(say("Bo", now + hourMs, "Di", m_bo), ErrorCode::NotFound);
        QVERIFY(absent("Bo"));
        const auto back = finished(m_people->setAbsence(
            {.whom = text("Bo"), .untilMs = {}, .delegate = {}, .note = {}}, m_bo));
        QVERIFY(back);
        QVERIFY(!back->person.absentUntilMs);
        QVERIFY(back->person.delegate.isEmpty());
    }

    void whoRepresentEachOtherAreBothAbsent()
    {
        set(R"("queues":[{"name":"Refunds","people":["Bo"]}],)"
            R"("rules":[{"id":"r","action":"refund","queue":"Refunds"}])");
        QVERIFY(absent("Bo", "Cy"));
        QVERIFY(absent("Cy", "Bo"));
        m_f->take({refund("q1")});
        QVERIFY(m_f->theCase().assignee.isEmpty());
    }

    void agentsKeepWhatIsInForce()
    {
        PolicyPusher pusher(*m_f->base.store, *m_f->endpoints);
        QCOMPARE(finished(pusher.run()).value(), 0); // the built-in one is no document
        QVERIFY(m_f->server.given.isEmpty());
        m_f->server.keepsPolicies = true;
        set(R"("rules":[{"id":"r","action":"refund"}])");
        QCOMPARE(finished(pusher.run()).value(), 1);
        QCOMPARE(m_f->server.given.first().name(), text("policy v2"));
        QVERIFY(!m_f->server.given.first().document.isNull());
        QCOMPARE(m_f->count(event::policyKept), 1);
        QTRY_COMPARE(m_f->endpoints->endpoints().first().policy, text("policy v2"));
        QVERIFY(!m_f->endpoints->endpoints().first().otherPolicy);
        QCOMPARE(finished(pusher.run()).value(), 1);
        QCOMPARE(m_f->count(event::policyKept), 1); // the same again

        m_f->server.unreachable = Error{.code = ErrorCode::Unreachable, .text = text("Gone.")};
        set(R"("rules":[{"id":"r","action":"refund","mode":"block"}])");
        QCOMPARE(finished(pusher.run()).value(), 0);
        QTRY_VERIFY(m_f->endpoints->endpoints().first().otherPolicy);
        const QString shown = m_f->endpoints->endpoints().first().text;
        QVERIFY2(shown.contains(text("it keeps policy v2, but policy v3 is in force")),
                 qPrintable(shown));
        QVERIFY(shown.contains(text("Gone.")));
        m_f->server.unreachable.reset();
        pusher.start(); // by itself, now that it is there
        QTRY_VERIFY(!m_f->endpoints->endpoints().first().otherPolicy);
        QTRY_COMPARE(m_f->endpoints->endpoints().first().text, QString());
        QCOMPARE(m_f->count(event::policyKept), 2);
    }

    void whatCannotKeepAPolicyIsLeftAlone()
    {
        PolicyPusher pusher(*m_f->base.store, *m_f->endpoints);
        set(R"("rules":[{"id":"r","action":"refund"}])");
        QCOMPARE(finished(pusher.run()).value(), 0);
        QCOMPARE(m_f->count(event::policyKept), 0);
        QVERIFY(m_f->endpoints->endpoints().first().policy.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRouting)
#include "tst_routing.moc"
