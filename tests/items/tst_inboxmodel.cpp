// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casemodel.h"
#include "items/errorrates.h"
#include "items/inboxmodel.h"
#include "services/caseservice.h"
#include "services/reviewservice.h"
#include "services/servicesfixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;

class TestInboxModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filtersByConfidenceTypeAndText();
    void sortsByAmountExactly();
    void changesStayInPlaceAndNewsWaits();
    void findsWhatIsDeepInside();
    void keepsSearchesFromWhatIsBlind();
    void answersOnlyTheNewestSearch();
    void countsWatchedSearches();
    void keepsPartsTogether();
    void measuresConfidence();
    void choosesByWhoMindsIt();
    void followsOneCase();
    void tenThousandRowsCostLittle();
    void ticksOnlyWhatCountsDown();

private:
    [[nodiscard]] static Proposal asked(const char *question, const char *amount,
                                        const char *confidence, const char *type = "a");
    [[nodiscard]] QStringList shown() const;

    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<InboxModel> m_model;
};

Proposal TestInboxModel::asked(const char *question, const char *amount, const char *confidence,
                               const char *type)
{
    Proposal made = ServicesFixture::proposal(question, amount);
    made.confidence = Decimal::parse(QByteArray(confidence));
    made.caseType = QLatin1String(type);
    made.impact.amount = Decimal::parse(QByteArray(amount));
    made.source.lane = made.source.question;
    return made;
}

QStringList TestInboxModel::shown() const
{
    QStringList ids;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        ids.append(m_model->rowAt(i).id.toString());
    }
    return ids;
}

void TestInboxModel::init()
{
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
    (void)m->take({asked("q1", "9007199254740993", "0.50"), asked("q2", "9007199254740992", "0.80"),
                   asked("q3", "5", "", "b")});
    m_model = std::make_unique<InboxModel>(*m->base.store, m->base.clock);
    new QAbstractItemModelTester(m_model.get(), m_model.get());
    m_model->load();
    QTRY_VERIFY(m_model->isLoaded());
}

void TestInboxModel::cleanup()
{
    m_model.reset();
    m->close();
    m.reset();
}

void TestInboxModel::filtersByConfidenceTypeAndText()
{
    const QStringList all{QStringLiteral("c-1"), QStringLiteral("c-2"), QStringLiteral("c-3")};
    QCOMPARE(shown(), all);
    InboxFilter filter;
    filter.minConfidence = Decimal::parse(QByteArray("0.5"));
    filter.maxConfidence = Decimal::parse(QByteArray("0.7"));
    m_model->setFilter(filter);
    QCOMPARE(shown(), (QStringList{all[0], all[2]})); // unknown has a tick of its own
    filter.unknownConfidence = false;
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[0]});
    filter = {};
    filter.knownConfidence = false;
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[2]});
    filter = {};
    filter.caseTypes = {QStringLiteral("b")};
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[2]});
    filter = {};
    filter.text = QStringLiteral("REFUND 9007199254740993");
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[2]}); // until the store has answered, what was shown stays
    QTRY_COMPARE(shown(), QStringList{all[0]});
    filter.text = QStringLiteral("nowhere");
    m_model->setFilter(filter);
    QTRY_COMPARE(shown(), QStringList());
    QCOMPARE(m_model->counts().queues.value(InboxQueue::Open), 3);
    QCOMPARE(m_model->counts().caseTypes.value(QStringLiteral("a")), 2);
}

void TestInboxModel::sortsByAmountExactly()
{
    m_model->setOrder(
        {.keys = {{InboxColumn::Amount}}}); // a double could not tell the first two apart
    QCOMPARE(shown(),
             (QStringList{QStringLiteral("c-1"), QStringLiteral("c-2"), QStringLiteral("c-3")}));
    m_model->setOrder({.keys = {{InboxColumn::Confidence}}});
    QCOMPARE(shown().first(), QStringLiteral("c-3"));
}

void TestInboxModel::changesStayInPlaceAndNewsWaits()
{
    const QStringList before = shown();
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    DecisionRequest request;
    request.caseId = CaseId(QStringLiteral("c-1"));
    request.digest = m->theCase().digest;
    request.person = m->ana;
    QVERIFY(finished(m->decisions->decide(request)));
    QTRY_COMPARE(m_model->rowAt(0).state, CaseState::Held);
    QVERIFY(m_model->rowAt(0).sendAtMs.has_value());
    (void)m->take({asked("q4", "1", "0.1")}, false);
    QTRY_COMPARE(m_model->newCount(), 1);
    QCOMPARE(shown(), before);
    QCOMPARE(resets.count(), 0);
    m_model->takeIn();
    QCOMPARE(resets.count(), 1);
    QCOMPARE(shown(),
             (QStringList{QStringLiteral("c-2"), QStringLiteral("c-3"), QStringLiteral("c-4")}));
}

void TestInboxModel::findsWhatIsDeepInside()
{
    Proposal deep = asked("q4", "12.50", "0.9");
    deep.evidence = {{QStringLiteral("Photo"),
                      QStringLiteral("A crack in the façade, seen by Jiří Dvořák on site"),
                      {}}};
    deep.arguments = Json::object({{QStringLiteral("site"), Json(QStringLiteral("Köln-Deutz"))}});
    (void)m->take({deep}, false);
    QTRY_COMPARE(m_model->newCount(), 1);
    m_model->takeIn();
    const auto finds = [this](const QString &text) -> QStringList {
        InboxFilter none;
        m_model->setFilter(none);
        InboxFilter filter;
        filter.text = text;
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->setFilter(filter);
        if (reset.isEmpty()) {
            reset.wait();
        }
        return shown();
    };
    const QStringList found{QStringLiteral("c-4")};
    QCOMPARE(finds(QStringLiteral("facade")), found);
    QCOMPARE(finds(QStringLiteral("FAÇADE dvorak")), found);
    QCOMPARE(finds(QStringLiteral("koln crack")), found);
    QCOMPARE(finds(QStringLiteral("claims faca")), found); // the agent's name, and a beginning
    QCOMPARE(finds(QStringLiteral("facade 9007199254740992")), QStringList());
    // What is new and found only deep inside is announced as anything else.
    InboxFilter filter;
    filter.text = QStringLiteral("facade");
    m_model->setFilter(filter);
    QTRY_COMPARE(shown(), found);
    deep.source.question = deep.source.lane = QStringLiteral("q5");
    (void)m->take({deep}, false);
    QTRY_COMPARE(m_model->newCount(), 1);
    QCOMPARE(shown(), found);
}

/// Whoever has to answer blind could else search for the advice.
void TestInboxModel::keepsSearchesFromWhatIsBlind()
{
    Proposal told = asked("q4", "1", "0.9");
    told.recommendation = QStringLiteral("Rejectworthy");
    (void)m->take({told}, false);
    QTRY_COMPARE(m_model->newCount(), 1);
    InboxFilter filter;
    filter.text = QStringLiteral("rejectworthy");
    m_model->setFilter(filter);
    QTRY_COMPARE(shown(), QStringList{QStringLiteral("c-4")});
    ReviewService reviews(*m->base.store);
    QVERIFY(finished(reviews.set({.name = QString::fromLatin1(setting::blindRate),
                                  .value = QStringLiteral("1"),
                                  .forPerson = m->ana,
                                  .person = m->ana})));
    m_model->setReviewer(m->ana);
    QTRY_VERIFY(m_model->find(CaseId(QStringLiteral("c-4")))->veiled);
    m_model->takeIn();
    QTRY_COMPARE(shown(), QStringList());
}

void TestInboxModel::answersOnlyTheNewestSearch()
{
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    InboxFilter filter;
    for (const char *text : {"9", "90", "nothing at all", "9007199254740992"}) {
        filter.text = QLatin1String(text);
        m_model->setFilter(filter);
    }
    QTRY_COMPARE(shown(), QStringList{QStringLiteral("c-2")});
    QCOMPARE(resets.count(), 1);
    filter.text = QStringLiteral("nothing at all");
    m_model->setFilter(filter);
    m_model->setFilter({}); // while it is being looked for
    QCOMPARE(shown().size(), 3);
    filter.text = QStringLiteral("9007199254740993");
    m_model->setFilter(filter);
    QTRY_COMPARE(shown(), QStringList{QStringLiteral("c-1")});
    QCOMPARE(resets.count(), 3);
}

void TestInboxModel::countsWatchedSearches()
{
    Proposal deep = asked("q4", "1", "0.9");
    deep.reasoning = QStringLiteral("Wrote to the süddeutsche branch");
    (void)m->take({deep}, false);
    InboxFilter watched;
    watched.text = QStringLiteral("suddeutsche");
    InboxFilter typed;
    typed.caseTypes = {QStringLiteral("b")};
    m_model->watch({watched, typed});
    QTRY_COMPARE(m_model->counts().watched, (QList<int>{1, 1}));
    QCOMPARE(shown().size(), 3);
}

void TestInboxModel::keepsPartsTogether()
{
    QList<Proposal> parts;
    for (int part : {3, 1, 2}) {
        Proposal one = asked("family", "1", "0.5");
        one.source.part = part;
        one.source.of = 3;
        one.risk = part == 3 ? Risk::High : Risk::Low;
        parts.append(one);
    }
    Proposal medium = asked("q9", "1", "0.5");
    medium.risk = Risk::Medium;
    (void)m->take(parts + QList<Proposal>{medium}, false);
    QTRY_COMPARE(m_model->newCount(), 4);
    m_model->takeIn();
    const auto places = [this]() -> QStringList {
        QStringList found;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const InboxRow one = m_model->rowAt(row);
            found.append(one.of > 1 ? QString::number(one.part) : one.question);
        }
        return found;
    };
    const QStringList together{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
                               QStringLiteral("q9")};
    QCOMPARE(places().first(4), together);
    // Where one of them changes, all of them go with it.
    parts[0].risk = Risk::Low;
    (void)m->take(parts, false);
    QTRY_COMPARE(m_model->find(m_model->idAt(2))->risk, Risk::Low);
    m_model->takeIn();
    QCOMPARE(places().first(1), QStringList{QStringLiteral("q9")});
    QCOMPARE(places().last(3), together.first(3));
    m_model->setOrder({.keys = {{InboxColumn::Age}}});
    QCOMPARE(places().size(), 7);
}

/// A decision says it, unless an outcome says otherwise; what is sent back says nothing.
void TestInboxModel::measuresConfidence()
{
    QList<Proposal> past;
    for (int i = 0; i < 62; ++i) {
        const QByteArray question = "past " + QByteArray::number(i);
        Proposal one
            = asked(question.constData(), "1", i % 2 == 0 ? "0.90" : "0.40", i < 40 ? "a" : "b");
        one.allowed |= DecisionKind::Respond;
        past.append(one);
        m->server.ask({one});
    }
    (void)m->take(past, false);
    QTRY_COMPARE(m_model->newCount(), 62);
    for (int i = 0; i < 62; ++i) {
        const QByteArray id = "c-" + QByteArray::number(4 + i);
        DecisionRequest wanted = m->request(id.constData(),
                                            i < 4         ? DecisionKind::Reject
                                                : i == 61 ? DecisionKind::Respond
                                                          : DecisionKind::Approve);
        wanted.message = QStringLiteral("Because.");
        QVERIFY(m->decide(wanted));
    }
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 62);
    m->take(Observation{
        .effects
        = {{.question = past[10].source.question, .outcome = true, .word = QStringLiteral("bad")},
           {.question = past[0].source.question,
            .outcome = true,
            .word = QStringLiteral("good")}}});
    ErrorRates::of(*m_model).load();
    InboxFilter filter;
    QTRY_COMPARE(ErrorRates::of(*m_model).above(filter).cases, 61);
    ErrorRate rate = ErrorRates::of(*m_model).above(filter);
    QCOMPARE(rate.wrong, 4); // three rejected and a bad outcome
    QVERIFY(rate.low > 0.02 && rate.low < 0.04 && rate.high > 0.14 && rate.high < 0.17);
    QVERIFY(!rate.ofAll);
    filter.minConfidence = Decimal::parse(QByteArray("0.9"));
    rate = ErrorRates::of(*m_model).above(filter);
    QCOMPARE(rate.cases, 31);
    QCOMPARE(rate.wrong, 2);
    filter.caseTypes = {QStringLiteral("b")}; // too few of them: all are told
    rate = ErrorRates::of(*m_model).above(filter);
    QVERIFY(rate.ofAll);
    QCOMPARE(rate.cases, 31);
    filter.minConfidence = Decimal::parse(QByteArray("0.95"));
    QVERIFY(!ErrorRates::of(*m_model).above(filter).isEnough());
}

/// At speed as plainly, whatever is asked for; and as JSON and back.
void TestInboxModel::choosesByWhoMindsIt()
{
    CaseService cases(*m->base.store);
    const CaseId first(QStringLiteral("c-1"));
    const CaseId second(QStringLiteral("c-2"));
    m_model->setReviewer(m->ana);
    QVERIFY(finished(cases.assign({first}, m->ana.toString(), m->ana)));
    QVERIFY(finished(cases.assign({second}, QStringLiteral("Legal"), m->ana)));
    QVERIFY(finished(cases.setFollowUp({second}, m->base.clock.nowMs() + 1000, m->ana)));
    QVERIFY(finished(cases.setAside({second}, {.untilChange = true}, m->ana)));
    QTRY_VERIFY(m_model->find(first)->mine);
    QTRY_COMPARE(m_model->find(second)->setAsideUntilMs, untilSomethingChanges);
    const qint64 now = m->base.clock.nowMs() + 1000;
    InboxStock stock;
    QList<InboxRow> rows;
    for (const char *id : {"c-1", "c-2", "c-3"}) {
        rows.append(*m_model->find(CaseId(QLatin1String(id))));
        QVERIFY(stock.put(rows.last()) >= 0);
    }
    const QStringList who{assignedToMe, assignedToNobody, QStringLiteral("Legal"),
                          QStringLiteral("Ana Pérez"), QStringLiteral("Eve")};
    int passed = 0;
    QList<InboxQueue> queues(std::begin(allInboxQueues), std::end(allInboxQueues));
    for (const InboxQueue queue : queues + QList{InboxQueue::Any}) {
        for (int chosen = 0; chosen < 1 << who.size(); ++chosen) {
            InboxFilter filter;
            filter.queue = queue;
            for (int i = 0; i < who.size(); ++i) {
                if ((chosen >> i & 1) != 0) {
                    filter.assignees.append(who.at(i));
                }
            }
            QCOMPARE(inboxFilterFromJson(toJson(filter)).value(), filter);
            const InboxSieve sieve(stock, filter, now);
            for (int i = 0; i < rows.size(); ++i) {
                QCOMPARE(sieve.passes(stock.entry(i)), matches(filter, rows.at(i), now));
                passed += sieve.passes(stock.entry(i)) ? 1 : 0;
            }
        }
    }
    QVERIFY(passed > 0);
    const auto isHere = [&](InboxQueue queue, int row) -> bool {
        return isIn(queue, rows.at(row), now);
    };
    QVERIFY(isHere(InboxQueue::Mine, 0) && !isHere(InboxQueue::Mine, 1));
    QVERIFY(isHere(InboxQueue::FollowUp, 1) && !isHere(InboxQueue::FollowUp, 0));
    QVERIFY(isHere(InboxQueue::SetAside, 1) && !isHere(InboxQueue::Open, 1));
}

void TestInboxModel::followsOneCase()
{
    CaseModel detail(*m->base.store);
    QSignalSpy changed(&detail, &CaseModel::changed);
    detail.open(CaseId(QStringLiteral("c-2")));
    QTRY_VERIFY(detail.current());
    QCOMPARE(detail.current()->proposal.source.question, QStringLiteral("q2"));
    changed.clear();
    (void)m->take({asked("q2", "7", "0.80")}, false); // changed after it was shown
    QTRY_VERIFY(detail.current()->before.has_value());
    QCOMPARE(changed.last().first().toBool(), true); // hands must wait
}

void TestInboxModel::tenThousandRowsCostLittle()
{
    QList<Proposal> many;
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray amount = QByteArray::number(i * 7919 % 10'000) + ".50";
        const QByteArray confidence = "0." + QByteArray::number(100 + i * 31 % 900);
        const QByteArray type = "type " + QByteArray::number(i % 12);
        many.append(asked(("m" + number).constData(), amount.constData(), confidence.constData(),
                          type.constData()));
    }
    (void)m->take(many, false);
    InboxModel model(*m->base.store, m->base.clock);
    model.load();
    QTRY_VERIFY_WITH_TIMEOUT(model.isLoaded(), 20'000);
    QCOMPARE(model.rowCount(), 10'003);
#ifdef QT_DEBUG
    constexpr qint64 most = 400; // says only that nothing is quadratic
#else
    constexpr qint64 most = 50; // 16 on a machine at rest
#endif
    for (const InboxColumn column : allInboxColumns) {
        model.setOrder({.keys = {{InboxColumn::Age}}});
        QElapsedTimer timer;
        timer.start();
        model.setOrder({.keys = {{column}}});
        model.takeIn();
        qInfo("order %d: %.1f ms", int(column), double(timer.nsecsElapsed()) / 2e6);
        QVERIFY2(timer.elapsed() / 2 <= most, qPrintable(QString::number(timer.elapsed() / 2)));
    }
    InboxFilter filter;
    filter.text = QStringLiteral("nowhere to be found");
    QElapsedTimer timer;
    timer.start();
    model.setFilter(filter);
    qInfo("search: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
    QVERIFY(timer.elapsed() <= most);
    QTRY_COMPARE(model.rowCount(), 0);
    timer.start();
    for (int i = 0; i < 1000; ++i) {
        model.tick();
    }
    qInfo("tick: %.4f ms", double(timer.nsecsElapsed()) / 1e9);
    QVERIFY(timer.elapsed() <= most);
}

void TestInboxModel::ticksOnlyWhatCountsDown()
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->tick();
    QCOMPARE(changed.count(), 0);
    QVERIFY(m->approve());
    QTRY_VERIFY(m_model->rowAt(m_model->indexOf(CaseId(QStringLiteral("c-1")))).sendAtMs);
    changed.clear();
    m_model->tick();
    QCOMPARE(changed.count(), 1);
    QVERIFY(finished(m->decisions->undo(CaseId(QStringLiteral("c-1")), m->ana)));
    QTRY_VERIFY(!m_model->rowAt(0).sendAtMs);
    changed.clear();
    m_model->tick();
    QCOMPARE(changed.count(), 0);
}

QTEST_MAIN(TestInboxModel)
#include "tst_inboxmodel.moc"
