// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include "domain/precedent.h"
#include "store/sqlite/connection.h"
#include "store/verifier.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

QList<qint64> numbersOf(const Precedents &found)
{
    QList<qint64> numbers;
    for (const Precedent &one : found.nearest) {
        numbers.append(one.id.toString().section(u'-', 1).toLongLong());
    }
    return numbers;
}

/// A look through everything, by the rules that are written down.
class Naive
{
public:
    explicit Naive(QByteArray key) : m_key(std::move(key)) { }
    void add(qint64 number, const Proposal &proposal)
    {
        m_past.insert(number, traitsOf(proposal, m_key));
    }
    [[nodiscard]] QList<Precedent> like(const Proposal &proposal, const PrecedentLimits &limits)
    {
        const PrecedentTraits asked = traitsOf(proposal, m_key);
        QHash<Token, int> weights;
        const auto rare = [&](const QList<Token> &tokens) -> QList<QList<qint64>> {
            QList<std::pair<Token, QList<qint64>>> lists;
            for (const Token token : tokens) {
                const auto cases = newest(token, limits.probe);
                weights.insert(token, tokenWeight(int(cases.size()) * 512 / limits.probe));
                if (!cases.isEmpty() && cases.size() < limits.probe) {
                    lists.append({token, cases});
                }
            }
            std::sort(lists.begin(), lists.end(), [](const auto &a, const auto &b) -> bool {
                return a.second.size() != b.second.size() ? a.second.size() < b.second.size()
                                                          : a.first < b.first;
            });
            QList<QList<qint64>> only;
            for (const auto &[token, cases] : lists) {
                only.append(cases);
            }
            return only;
        };
        const auto values = rare(asked.values);
        const auto words = rare(asked.words);
        QList<qint64> taken;
        const auto take = [&](const QList<qint64> &cases, qsizetype most, qsizetype all) -> void {
            qsizetype added = 0;
            for (const qint64 one : cases) {
                if (added < most && taken.size() < all && !taken.contains(one)) {
                    taken.append(one);
                    ++added;
                }
            }
        };
        for (const auto &cases : values) {
            take(cases, limits.probe, limits.all - limits.near - limits.type - limits.action);
        }
        QList<PrecedentTraits::Number> numbers = asked.numbers;
        if (asked.amount) {
            numbers.prepend({asked.currency, *asked.amount});
        }
        QList<qint64> near;
        for (const int by : {0, -1, 1}) {
            for (const auto &number : numbers) {
                near += newest(numberStep(asked, number.path, number.value, by), limits.near);
            }
        }
        take(near, limits.near, limits.all);
        if (asked.type != 0) {
            take(newest(asked.type, limits.type), limits.type, limits.all);
        }
        take(newest(asked.action, limits.action), limits.action, limits.all);
        for (const auto &cases : words) {
            take(cases, limits.probe, limits.all);
        }
        QList<Precedent> found;
        for (const qint64 one : taken) {
            const int alike = likeness(asked, m_past.value(one), weights);
            if (alike >= likeEnough) {
                found.append({CaseId(QStringLiteral("c-%1").arg(one)), alike});
            }
        }
        std::sort(found.begin(), found.end(), [](const Precedent &a, const Precedent &b) -> bool {
            return a.likeness != b.likeness
                ? a.likeness > b.likeness
                : a.id.toString().mid(2).toLongLong() > b.id.toString().mid(2).toLongLong();
        });
        return found;
    }

private:
    [[nodiscard]] QList<qint64> newest(Token token, qsizetype most) const
    {
        QList<qint64> cases;
        for (auto it = m_past.cend(); it != m_past.cbegin() && cases.size() < most;) {
            --it;
            if (searchTokens(it.value()).contains(token)) {
                cases.append(it.key());
            }
        }
        return cases;
    }
    QByteArray m_key;
    QMap<qint64, PrecedentTraits> m_past;
};

} // namespace

/// Past cases that are like one: which, how alike, and how they ended.
class TestPrecedents : public QObject
{
    Q_OBJECT

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Life> m_life;
    int m_decisions = 0;

    static Proposal refund(const char *order, const char *amount, const char *why = "")
    {
        Proposal proposal = Life::refund(text(order));
        proposal.arguments
            = Json::object({field("order", text(order)), field("amount", Json::number(amount)),
                            field("method", text("card"))});
        proposal.impact.amount = Decimal::parse(QByteArray(amount));
        proposal.question = text(why);
        return proposal;
    }
    /// Version 2, by a person; the event that a decision of the policy has to name.
    QString signPolicy()
    {
        const auto signedNow = m_fixture->append(
            {.kind = text(event::policySet),
             .actor = Life::ana(),
             .fields = Json::object({field("version", Json(2)), field("digest", text("d"))}),
             .payload
             = Json::object({field("document", Json::object({field("rules", Json::array())})),
                             field("reason", text("Small ones go alone."))})});
        return signedNow ? QString::fromLatin1(signedNow->leaf.toHex()) : QString();
    }
    CaseId settle(const Proposal &proposal, const char *kind = event::decisionApprove,
                  const Json &arguments = {}, const Actor &actor = Life::ana())
    {
        const CaseId id = m_life->propose(proposal);
        const DecisionId decision(QStringLiteral("d-%1").arg(++m_decisions));
        EventDraft draft = Life::decision(kind, id, decision);
        draft.actor = actor;
        draft.action = proposal.action;
        if (actor.type == Actor::Type::Policy) {
            draft.fields.set(text("policy_event"), Json(signPolicy()));
        }
        draft.payload
            = arguments.isNull() ? words(QString()) : Json::object({field("arguments", arguments)});
        const auto decided = m_fixture->append(draft);
        const auto delivered = m_life->onDecision(event::decisionDelivered, id, decision,
                                                  Json::object(), words(QStringLiteral("Taken.")));
        return decided && delivered ? id : CaseId();
    }
    Result<Precedents> look(const CaseId &id, const PrecedentLimits &limits = {}, int nearest = 100)
    {
        return m_fixture->read<Precedents>([&](Reader &reader) {
            return reader.precedents({.id = id, .nearest = nearest, .limits = limits});
        });
    }
    Precedents found(const CaseId &id) { return look(id).value_or(Precedents{.like = -1}); }
    std::unique_ptr<sqlite::Connection> connection(sqlite::Access access = sqlite::Access::Read)
    {
        return sqlite::Connection::open(m_fixture->path(), access).value();
    }
    QByteArray key()
    {
        return sha256("precedents/v1\n" + m_fixture->trail().first().leaf).left(16);
    }
    /// Every row of the index, terms as they are found.
    QStringList dump()
    {
        auto open = connection();
        QStringList rows;
        auto past = open->sql().run(QStringLiteral("SELECT number, answer, outcome, by_policy, "
                                                   "hex(edited), hex(traits) FROM precedent "
                                                   "ORDER BY number"));
        while (past->next()) {
            QStringList row;
            for (int i = 0; i < 6; ++i) {
                row.append(past->text(i));
            }
            rows.append(row.join(u' '));
        }
        return rows;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_life = std::make_unique<Life>(*m_fixture);
        m_decisions = 0;
        QCOMPARE(m_fixture->open(), std::nullopt);
        QVERIFY(m_life->addEndpoint());
    }
    void cleanup()
    {
        const auto report = verifyTrail({.directory = m_fixture->folder.path()});
        QVERIFY(report);
        QVERIFY2(report->verdict == TrailReport::Verdict::NoOutsideCheckpoint,
                 qPrintable(report->text));
        m_fixture.reset();
    }

    void nothingWasDecidedYet()
    {
        const CaseId id = m_life->propose(refund("A1", "100"));
        m_life->propose(refund("A1", "100"));
        const Precedents none = found(id);
        QCOMPARE(none.like, 0);
        QVERIFY(none.complete);
        QVERIFY(!none.cut);
        QCOMPARE(look(CaseId(text("c-9"))).error().code, ErrorCode::NotFound);
    }

    void saysHowItsLikeEnded()
    {
        const CaseId near = settle(refund("A1", "100"));
        settle(refund("A2", "120"), event::decisionApprove, {}, Actor::policy(text("policy v2")));
        const Proposal lower = refund("A3", "110");
        Json less = lower.arguments;
        less.set(text("amount"), Json::number("80"));
        settle(lower, event::decisionEdit, less);
        const CaseId reversed = settle(refund("A4", "105"));
        QVERIFY(m_life->onCase(event::outcomeReported, reversed,
                               Json::object({field("outcome", text("bad"))}),
                               words(text("Reopened."))));
        settle(refund("A5", "95"), event::decisionReject);
        Proposal other = refund("A6", "100");
        other.action = text("send_mail");
        settle(other);
        settle(refund("A7", "900000")); // far away
        Proposal type = refund("A8", "9");
        type.caseType = text("lost_parcel");
        settle(type);

        const CaseId asked = m_life->propose(refund("A1", "100"));
        const Precedents past = found(asked);
        QCOMPARE(past.like, 5);
        QCOMPARE(past.decisions.value(DecisionKind::Approve), 3);
        QCOMPARE(past.decisions.value(DecisionKind::Edit), 1);
        QCOMPARE(past.decisions.value(DecisionKind::Reject), 1);
        QCOMPARE(past.edited, (QMap<QString, int>{{text("amount"), 1}}));
        QCOMPARE(past.byPolicy, 1);
        QCOMPARE(past.reversed, 1);
        QCOMPARE(past.nearest.first().id, near);
        QCOMPARE(past.nearest.first().likeness, 1000);
        QCOMPARE(past.looked, 7); // all of the action
        // What has ended asks about the others just as well.
        QCOMPARE(found(near).like, 4);
    }

    void spotChecksCountAndKnownAnswersDoNot()
    {
        const CaseId spot
            = m_fixture
                  ->write<CaseId>([&](Transaction &tx) -> Result<CaseId> {
                      const CaseId id = tx.nextCaseId().value();
                      EventDraft draft
                          = Life::caseDraft(event::caseProposed, id, refund("S1", "100"));
                      draft.fields.set(text("purpose"), text("spot-check"));
                      return tx.append(draft).map([&](const EventRecord &) { return id; });
                  })
                  .value();
        const auto mark = [&](const char *verdict) -> bool {
            return m_life
                ->onCase(
                    event::verdictMarked, spot,
                    Json::object({field("verdict", text(verdict)), field("blind", Json(true))}),
                    Json::object({field("reason", text("seen"))}))
                .has_value();
        };
        const CaseId source = settle(refund("A1", "100"));
        const CaseId asked = m_life->propose(refund("A1", "100"));
        QCOMPARE(found(asked).like, 1);
        QVERIFY(mark("correct"));
        QCOMPARE(found(asked).verdicts.value(Verdict::Correct), 1);
        QVERIFY(mark("wrong")); // corrected
        QCOMPARE(found(asked).verdicts, (QMap<Verdict, int>{{Verdict::Wrong, 1}}));

        const CaseId known
            = m_fixture
                  ->write<CaseId>([&](Transaction &tx) -> Result<CaseId> {
                      const CaseId id = tx.nextCaseId().value();
                      EventDraft draft
                          = Life::caseDraft(event::caseProposed, id, refund("A1", "100"));
                      draft.payload->set(
                          text("known_answer"),
                          Json::object({field("from", source.toString()),
                                        field("right", Json::fromStrings({text("approve")})),
                                        field("why", text("It was."))}));
                      return tx.append(draft).map([&](const EventRecord &) { return id; });
                  })
                  .value();
        // It was taken from c-2, which would give its answer away.
        QCOMPARE(numbersOf(found(known)), QList<qint64>{1});
        QVERIFY(
            m_life->onCase(event::checkAnswered, known,
                           Json::object({field("answer", text("approve")),
                                         field("digest", text("d")), field("right", Json(true))}),
                           words(text("Right."))));
        QCOMPARE(found(asked).like, 2);
    }

    void whatIsNoLongerEndedLeaves()
    {
        const CaseId past = settle(refund("A1", "100"));
        const CaseId asked = m_life->propose(refund("A1", "100"));
        QCOMPARE(found(asked).like, 1);
        QVERIFY(m_fixture->append(Life::caseDraft(event::caseReopened, past, refund("A1", "100"))));
        QCOMPARE(found(asked).like, 0);
        QCOMPARE(dump().size(), 0);
    }

    void isTheSameAsALookThroughEverything_data()
    {
        QTest::addColumn<int>("probe");
        QTest::addColumn<int>("near");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("all");
        QTest::newRow("nothing is cut") << 512 << 1000 << 500 << 4000;
        QTest::newRow("everything is cut") << 8 << 6 << 5 << 24;
        QTest::newRow("one of each") << 1 << 1 << 1 << 4;
    }
    void isTheSameAsALookThroughEverything()
    {
        QFETCH(int, probe);
        QFETCH(int, near);
        QFETCH(int, kind);
        QFETCH(int, all);
        const PrecedentLimits limits{
            .probe = probe, .near = near, .type = kind, .action = kind, .all = all};
        QRandomGenerator random(20261128);
        const auto one = [&random](std::initializer_list<const char *> of) -> QString {
            return text(*(of.begin() + random.bounded(int(of.size()))));
        };
        const auto any = [&](int i) -> Proposal {
            Proposal made = Life::refund(QStringLiteral("q%1").arg(i));
            made.action = one({"refund", "refund", "refund", "exchange", ""});
            made.caseType = one({"damaged", "damaged", "late", ""});
            Json arguments
                = Json::object({field("order", QStringLiteral("A%1").arg(random.bounded(30)))});
            if (random.bounded(4) > 0) {
                arguments.set(text("amount"),
                              Json::number(QByteArray::number(random.bounded(1, 2000)) + ".50"));
            }
            if (random.bounded(3) == 0) {
                arguments.set(
                    text("items"),
                    Json::array({Json(qint64(random.bounded(5))), Json(one({"Lid", "lid", "Pump"})),
                                 Json(random.bounded(2) == 0)}));
            }
            made.arguments
                = random.bounded(12) == 0 ? Json(one({"just text", "", "other"})) : arguments;
            made.question = one({"", "The customer wrote that the parcel never arrived at home",
                                 "Parcel arrived damaged, photos attached, customer is angry"});
            made.impact.amount = random.bounded(3) == 0
                ? std::nullopt
                : Decimal::parse(QByteArray::number(random.bounded(-50, 900)));
            made.impact.currency = one({"EUR", "EUR", "USD", ""});
            return made;
        };
        Naive naive(key());
        for (int i = 1; i <= 70; ++i) {
            const Proposal proposal = any(i);
            QCOMPARE(settle(proposal), CaseId(QStringLiteral("c-%1").arg(i)));
            naive.add(i, proposal);
        }
        for (int i = 0; i < 20; ++i) {
            const Proposal proposal = any(1000 + i);
            const CaseId id = m_life->propose(proposal);
            const QList<Precedent> expected = naive.like(proposal, limits);
            const auto past = look(id, limits, 1000);
            QVERIFY(past);
            QCOMPARE(past->nearest, expected);
            QCOMPARE(past->like, int(expected.size()));
        }
        // Made anew from what is there it is the same, whoever asks meanwhile.
        const QStringList rows = dump();
        QCOMPARE(rows.size(), 70);
        const CaseId asked(QStringLiteral("c-71"));
        const auto before = look(asked, limits)->nearest;
        m_fixture->store.reset();
        QVERIFY(connection(sqlite::Access::ReadWrite)->script("DELETE FROM derived"));
        QCOMPARE(m_fixture->open(), std::nullopt);
        QTRY_VERIFY(look(asked, limits)->complete);
        QCOMPARE(dump(), rows);
        QCOMPARE(look(asked, limits)->nearest, before);
    }

    void keepsNoWordOfWhatWasAsked()
    {
        const QByteArray canary = "zyxcanary4711";
        Proposal proposal = refund("zyxcanary4711", "100",
                                   "The zyxcanary4711 is mentioned here at some length, too.");
        proposal.arguments.set(QString::fromLatin1(canary), Json(true));
        proposal.impact.currency = QString::fromLatin1(canary);
        settle(proposal);
        auto open = connection();
        for (const char *sql :
             {"SELECT coalesce(edited, x'') || traits FROM precedent",
              "SELECT block FROM precedent_term_data", "SELECT term FROM precedent_term_idx"}) {
            auto rows = open->sql().run(QString::fromLatin1(sql));
            QVERIFY(rows);
            int count = 0;
            while (rows->next()) {
                ++count;
                QVERIFY(!rows->bytes(0).contains("zyx"));
            }
            QVERIFY(count > 0);
        }
    }

    void aForgottenCaseIsNotFound()
    {
        const CaseId gone = settle(refund("A1", "100"));
        settle(refund("A2", "100"));
        const CaseId asked = m_life->propose(refund("A1", "100"));
        QCOMPARE(found(asked).like, 2);
        {
            auto hand = connection(sqlite::Access::ReadWrite);
            QVERIFY(hand->script("BEGIN IMMEDIATE"));
            QVERIFY(hand->index().forget(gone));
            QVERIFY(hand->script("COMMIT"));
        }
        QCOMPARE(numbersOf(found(asked)), QList<qint64>{2});
    }

    void aLookThatNobodyWantsEnds()
    {
        settle(refund("A1", "100"));
        const CaseId asked = m_life->propose(refund("A1", "100"));
        auto unwanted = std::make_shared<std::atomic_bool>(true);
        const auto past = m_fixture->read<Precedents>([&](Reader &reader) {
            return reader.precedents({.id = asked, .cancelled = unwanted});
        });
        QCOMPARE(past.error().code, ErrorCode::Cancelled);
        unwanted->store(false);
        QCOMPARE(found(asked).like, 1);
    }

    void aDamagedIndexIsGivenUpAndMadeAnew()
    {
        settle(refund("A1", "100"));
        const CaseId asked = m_life->propose(refund("A1", "100"));
        m_fixture->store.reset();
        QVERIFY(connection(sqlite::Access::ReadWrite)
                    ->script("UPDATE precedent_term_data SET block = x'00ff00ff' WHERE id > 10"));
        QCOMPARE(m_fixture->open(), std::nullopt);
        const Precedents broken = found(asked);
        QVERIFY(broken.like == 1 || !broken.complete);
        settle(refund("A2", "100")); // is recorded all the same
        QTRY_COMPARE(found(asked).like, 2);
    }

    /// The numbers of the scheme, worked out by hand.
    void likenessByHand()
    {
        QCOMPARE(tokenWeight(0), 0);
        QCOMPARE(tokenWeight(1), 10);
        QCOMPARE(tokenWeight(3), 9);
        QCOMPARE(tokenWeight(511), 2);
        QCOMPARE(tokenWeight(512), 1);
        PrecedentTraits asked;
        asked.action = 1;
        QCOMPARE(likeness(asked, asked, {}), 1000);
        asked.type = 2;
        asked.currency = 3;
        asked.amount = 1000;
        asked.values = {10, 11};
        asked.words = {20, 21};
        asked.numbers = {{.path = 30, .value = 8}, {.path = 31, .value = -2}};
        PrecedentTraits past = asked;
        past.amount = 750;
        past.values = {11};
        past.words = {21, 22};
        past.numbers = {{.path = 30, .value = 6}, {.path = 31, .value = 2}};
        // 350 + 300 * 0.75 + 150 * 1/11 + 100 * 4/4 + 100 * (0.75 + 0) / 2
        QCOMPARE(likeness(asked, past, {{10, 10}, {11, 1}, {20, 0}, {21, 4}}),
                 350 + 225 + 13 + 100 + 37);
        past.type = 9;
        past.currency = 9;
        QCOMPARE(likeness(asked, past, {{10, 10}, {11, 1}}), (13 + 37) * 1000 / 900);
        QCOMPARE(*unpackTraits(packTraits(asked)), asked);
        QVERIFY(!unpackTraits(packTraits(asked).chopped(1)));
        for (const double value : {0.0, 1e-9, 0.49, 7.0, 8.0, 9.0, 1024.0, 1e15, -3.0}) {
            const double close = value * 0.88;
            const Token step = numberStep(asked, 3, close);
            QVERIFY(step == numberStep(asked, 3, value) || step == numberStep(asked, 3, value, -1)
                    || step == numberStep(asked, 3, value, 1));
        }
        QVERIFY(numberStep(asked, 3, 5) != numberStep(asked, 3, -5));
    }
};

QTEST_GUILESS_MAIN(TestPrecedents)
#include "tst_precedents.moc"
