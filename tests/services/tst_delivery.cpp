// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicestest.h"

#include <QCoreApplication>
#include <QProcess>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromLatin1(words);
}

FakeServer::Script ending(DeliveryReport::Outcome outcome, std::optional<qint64> retryAfterMs = {})
{
    return [=](const Dispatch &) -> DeliveryReport {
        return {.outcome = outcome, .text = text("As it was told."), .retryAfterMs = retryAfterMs};
    };
}

} // namespace

/// The door for decisions and the way out.
class TestDelivery final : public ServicesTest
{
    Q_OBJECT

private Q_SLOTS:
    void aDecisionIsHeldByItsRisk_data();
    void aDecisionIsHeldByItsRisk();
    void refusals_data();
    void refusals();
    void aSecondDecisionNamesTheFirst();
    void oneOfAThousandWins();
    void undoneWhileHeld();
    void undoComesTooLate();
    void partsGoTogether();
    void undoOfAPartFreesItsSiblings();
    void sentOnlyAfterItIsRecorded();
    void nothingIsSentWithoutAKey();
    void triedAgainWithTheSameBytes();
    void anUnknownOutcomeIsLookedUp();
    void changedWhileItWasOnItsWay();
    void endsAsReported_data();
    void endsAsReported();
    void lanesGoOneByOne();
    void theTimerSendsWhatIsDue();
    void removingAnEndpointClosesItsCases();
    void secretsNeverReachTheFile();
    void killedOnTheWay_data();
    void killedOnTheWay();

private:
    using F = ServicesFixture;

    void askAndTake(const QList<Proposal> &parts)
    {
        m->server.ask(parts);
        m->take(m->server.look());
    }
};

void TestDelivery::aDecisionIsHeldByItsRisk_data()
{
    QTest::addColumn<Risk>("risk");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("low") << Risk::Low << qint64(5'000);
    QTest::newRow("medium") << Risk::Medium << qint64(10'000);
    QTest::newRow("high") << Risk::High << qint64(30'000);
    QTest::newRow("unknown") << Risk::Unknown << qint64(30'000);
}

void TestDelivery::aDecisionIsHeldByItsRisk()
{
    QFETCH(Risk, risk);
    QFETCH(qint64, ms);
    Proposal proposal = F::proposal("q1");
    proposal.risk = risk;
    askAndTake({proposal});
    const qint64 now = m->base.clock.nowMs();
    QCOMPARE(m->approve().value().sendAtMs, now + ms);
    m->base.clock.advance(ms - 1);
    QCOMPARE(m->deliver(), 0);
    m->base.clock.advance(1);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
    QCOMPARE(m->theCase().decision->state, DecisionState::Delivered);
}

void TestDelivery::refusals_data()
{
    QTest::addColumn<std::function<void(DecisionRequest &)>>("spoil");
    QTest::addColumn<ErrorCode>("code");
    using Spoil = std::function<void(DecisionRequest &)>;
    QTest::newRow("no such case") << Spoil([](DecisionRequest &r) {
        r.caseId = CaseId(text("c-9"));
    }) << ErrorCode::NotFound;
    QTest::newRow("another digest")
        << Spoil([](DecisionRequest &r) { r.digest = text("00"); }) << ErrorCode::Changed;
    QTest::newRow("a stranger") << Spoil([](DecisionRequest &r) {
        r.person = PersonId(text("p-9"));
    }) << ErrorCode::NotAllowed;
    QTest::newRow("not allowed here")
        << Spoil([](DecisionRequest &r) { r.kind = DecisionKind::Ignore; })
        << ErrorCode::NotAllowed;
    QTest::newRow("edit without arguments")
        << Spoil([](DecisionRequest &r) { r.kind = DecisionKind::Edit; })
        << ErrorCode::InvalidInput;
    QTest::newRow("against the endpoint's rules") << Spoil([](DecisionRequest &r) {
        r.kind = DecisionKind::Edit;
        r.arguments = Json(17);
    }) << ErrorCode::InvalidInput;
    QTest::newRow("arguments of an approval")
        << Spoil([](DecisionRequest &r) { r.arguments = Json::object(); })
        << ErrorCode::InvalidInput;
    QTest::newRow("endless message")
        << Spoil([](DecisionRequest &r) { r.message = QString(200'000, QLatin1Char('x')); })
        << ErrorCode::InvalidInput;
    QTest::newRow("reason of two words")
        << Spoil([](DecisionRequest &r) { r.reasonCode = text("over limit"); })
        << ErrorCode::InvalidInput;
}

void TestDelivery::refusals()
{
    QFETCH(std::function<void(DecisionRequest &)>, spoil);
    QFETCH(ErrorCode, code);
    askAndTake({F::proposal("q1")});
    const qsizetype before = m->base.trail().size();
    DecisionRequest request = m->request();
    spoil(request);
    const auto refused = m->decide(request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, code);
    QVERIFY(!refused.error().text.isEmpty());
    QCOMPARE(m->base.trail().size(), before);
    QCOMPARE(m->theCase().state, CaseState::Waiting);
}

void TestDelivery::aSecondDecisionNamesTheFirst()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    const auto second = m->decide(m->request("c-1", DecisionKind::Reject));
    QCOMPARE(second.error().code, ErrorCode::AlreadyDecided);
    QVERIFY(second.error().text.contains(QStringLiteral("Ana Pérez")));
    QVERIFY(second.error().text.contains(text("undo")));
    m->base.clock.advance(60'000);
    m->deliver();
    QCOMPARE(m->approve().error().code, ErrorCode::AlreadyDecided);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::oneOfAThousandWins()
{
    askAndTake({F::proposal("q1")});
    QList<QFuture<Result<DecisionReceipt>>> races;
    for (int i = 0; i < 1'000; ++i) {
        races.append(m->decisions->decide(
            m->request("c-1", i % 2 == 0 ? DecisionKind::Approve : DecisionKind::Reject)));
    }
    int won = 0;
    for (const auto &race : races) {
        const auto outcome = finished(race);
        won += outcome ? 1 : 0;
        QVERIFY(outcome || outcome.error().code == ErrorCode::AlreadyDecided);
    }
    QCOMPARE(won, 1);
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::undoneWhileHeld()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    QVERIFY(finished(m->decisions->undo(CaseId(text("c-1")), m->ana)));
    QCOMPARE(m->theCase().state, CaseState::Waiting);
    QVERIFY(!m->theCase().decision);
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(finished(m->decisions->undo(CaseId(text("c-1")), m->ana)).error().code,
             ErrorCode::NotAllowed);
    QVERIFY(m->decide(m->request("c-1", DecisionKind::Reject)));
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QVERIFY(m->server.received.last().answer.contains("reject"));
}

void TestDelivery::undoComesTooLate()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts.push_back(ending(DeliveryReport::Outcome::Retry));
    m->deliver();
    const auto late = finished(m->decisions->undo(CaseId(text("c-1")), m->ana));
    QCOMPARE(late.error().code, ErrorCode::NotAllowed);
}

void TestDelivery::partsGoTogether()
{
    Proposal risky = F::proposal("q1", "2", 2, 2);
    risky.risk = Risk::High;
    askAndTake({F::proposal("q1", "1", 1, 2), risky});
    const auto first = m->decide(m->request("c-2", DecisionKind::Reject));
    QCOMPARE(first->state, DecisionState::WaitingForParts);
    QCOMPARE(first->decided, 1);
    QCOMPARE(first->of, 2);
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 0);
    const auto second = m->approve("c-1");
    QCOMPARE(second->state, DecisionState::Held);
    QCOMPARE(second->sendAtMs, m->base.clock.nowMs() + 30'000);
    m->base.clock.advance(29'999);
    QCOMPARE(m->deliver(), 0);
    m->base.clock.advance(1);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->server.received.last().answer,
             QByteArray("[{\"type\":\"approve\"},{\"type\":\"reject\"}]"));
    QCOMPARE(m->count(event::decisionSent), 2);
    QCOMPARE(m->count(event::decisionDelivered), 2);
}

void TestDelivery::undoOfAPartFreesItsSiblings()
{
    askAndTake({F::proposal("q1", "1", 1, 2), F::proposal("q1", "2", 2, 2)});
    QVERIFY(m->approve("c-1"));
    QVERIFY(m->approve("c-2"));
    QVERIFY(finished(m->decisions->undo(CaseId(text("c-2")), m->ana)));
    QVERIFY(m->outbox().isEmpty());
    QCOMPARE(m->theCase("c-1").decision->state, DecisionState::WaitingForParts);
    QVERIFY(finished(m->decisions->undo(CaseId(text("c-1")), m->ana)));
    QCOMPARE(m->theCase("c-1").state, CaseState::Waiting);
    QVERIFY(m->approve("c-1"));
    QVERIFY(m->approve("c-2"));
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::sentOnlyAfterItIsRecorded()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    qsizetype sentBefore = -1;
    m->server.scripts.push_back([&](const Dispatch &dispatch) -> DeliveryReport {
        sentBefore = m->count(event::decisionSent);
        return m->server.honest(dispatch);
    });
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(sentBefore, 1);
    const Dispatch sent = m->server.received.last();
    QCOMPARE(sent.attempt, 1);
    QVERIFY(!sent.maybeSent);
    QCOMPARE(sent.reviewer, QStringLiteral("Ana Pérez"));
    const auto note = parseCheckpoint(sent.checkpoint);
    QVERIFY(note);
    QCOMPARE(note->origin, m->base.store->origin());
}

/// The log key is gone when the checkpoint is to be signed, or the person's when the decision is.
void TestDelivery::nothingIsSentWithoutAKey()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->close();
    m->base.secrets.error = Error{.code = ErrorCode::Locked, .text = text("Locked.")};
    MemorySecrets locked;
    locked.error = m->base.secrets.error;
    KeyRing none(locked);
    auto store = openSqliteStore(m->base.options(), none, m->base.clock);
    QVERIFY(store);
    m->base.store = std::move(*store);
    {
        DecisionService decisions(*m->base.store, m->find);
        FakeEndpoint endpoint(m->server);
        Delivery delivery(*m->base.store, m->base.clock,
                          [&](const EndpointId &) -> AgentEndpoint * { return &endpoint; });
        m->server.ask({F::proposal("q2")});
        Intake intake(*m->base.store);
        QVERIFY(finished(intake.take(m->endpoint, m->server.look())));
        const qsizetype before = m->base.trail().size();
        const auto refused = finished(decisions.decide(m->request("c-2")));
        QVERIFY(!refused);
        QCOMPARE(m->base.trail().size(), before);
        QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
        // Nothing is begun, so the trail does not grow with every try; it is said once.
        int told = 0;
        connect(&delivery, &Delivery::heldBack, this,
                [&told](const std::optional<Error> &why) -> void { told += why ? 1 : 100; });
        for (int i = 0; i < 3; ++i) {
            const auto tried = finished(delivery.runDue(m->base.clock.monotonicMs() + 60'000));
            QVERIFY(!tried);
            QCOMPARE(tried.error().code, ErrorCode::Locked);
            m->base.clock.advance(600'000);
        }
        QCOMPARE(told, 1);
        QCOMPARE(m->server.calls, 0);
        QCOMPARE(m->theCase("c-1").state, CaseState::Held);
        QCOMPARE(m->base.trail().size(), before);
    }
    m->base.store.reset();
    m->base.secrets.error.reset();
    m->open();
    m->base.clock.advance(600'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::triedAgainWithTheSameBytes()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts
        = {ending(DeliveryReport::Outcome::Retry), ending(DeliveryReport::Outcome::Retry, 120'000)};
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->deliver(), 0); // its back-off runs
    m->base.clock.advance(1'300);
    QCOMPARE(m->deliver(), 1);
    m->base.clock.advance(119'999); // the endpoint asked for two minutes
    QCOMPARE(m->deliver(), 0);
    m->base.clock.advance(1);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
    QCOMPARE(m->server.received.size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m->server.received.at(i).answer, m->server.received.first().answer);
        QCOMPARE(m->server.received.at(i).attempt, i + 1);
        QVERIFY(!m->server.received.at(i).maybeSent);
    }
}

void TestDelivery::anUnknownOutcomeIsLookedUp()
{
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts.push_back([this](const Dispatch &dispatch) -> DeliveryReport {
        m->server.apply(dispatch); // taken, but the answer is lost
        return {.outcome = DeliveryReport::Outcome::Unknown, .text = text("No answer in time.")};
    });
    m->deliver();
    QCOMPARE(m->theCase().state, CaseState::Sending);
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QVERIFY(m->server.received.last().maybeSent);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::changedWhileItWasOnItsWay()
{
    askAndTake({F::proposal("q1", "1", 1, 2), F::proposal("q1", "2", 2, 2)});
    QVERIFY(m->approve("c-1"));
    QVERIFY(m->approve("c-2"));
    m->server.ask({F::proposal("q1", "1", 1, 2), F::proposal("q1", "9", 2, 2)});
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QVERIFY(m->server.effects().isEmpty());
    QCOMPARE(m->theCase("c-1").state, CaseState::Waiting);
    QCOMPARE(m->theCase("c-2").state, CaseState::Waiting);
    QVERIFY(m->theCase("c-2").before);
    QCOMPARE(m->theCase("c-2").decision->state, DecisionState::Superseded);
    QCOMPARE(m->cases().size(), 2);
    QVERIFY(m->approve("c-1"));
    QVERIFY(m->approve("c-2"));
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->server.effects().size(), 1);
}

void TestDelivery::endsAsReported_data()
{
    QTest::addColumn<DeliveryReport::Outcome>("outcome");
    QTest::addColumn<CaseState>("state");
    using Outcome = DeliveryReport::Outcome;
    QTest::newRow("delivered") << Outcome::Delivered << CaseState::Delivered;
    QTest::newRow("superseded") << Outcome::Superseded << CaseState::Superseded;
    QTest::newRow("failed") << Outcome::Failed << CaseState::Failed;
    QTest::newRow("changed and gone") << Outcome::Changed << CaseState::Superseded;
}

void TestDelivery::endsAsReported()
{
    QFETCH(DeliveryReport::Outcome, outcome);
    QFETCH(CaseState, state);
    askAndTake({F::proposal("q1")});
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    m->server.scripts.push_back(ending(outcome));
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase().state, state);
    QVERIFY(m->outbox().isEmpty());
    m->base.clock.advance(600'000);
    QCOMPARE(m->deliver(), 0);
    QCOMPARE(m->server.calls, 1);
}

void TestDelivery::lanesGoOneByOne()
{
    Proposal other = F::proposal("q3");
    other.source.lane = text("thread-2");
    askAndTake({F::proposal("q1")});
    askAndTake({F::proposal("q2")});
    askAndTake({other});
    for (const char *id : {"c-1", "c-2", "c-3"}) {
        QVERIFY(m->approve(id));
    }
    m->base.clock.advance(60'000);
    m->server.scripts = {ending(DeliveryReport::Outcome::Retry)};
    QCOMPARE(m->deliver(), 3);
    // The first of thread-1 backs off; what is decided there meanwhile waits behind it.
    QCOMPARE(m->theCase("c-1").state, CaseState::Sending);
    QCOMPARE(m->theCase("c-2").state, CaseState::Delivered);
    QCOMPARE(m->theCase("c-3").state, CaseState::Delivered);
    askAndTake({F::proposal("q4")});
    DecisionRequest hasty = m->request("c-4");
    hasty.skipHold = true;
    QVERIFY(m->decide(hasty));
    QCOMPARE(m->deliver(), 0);
    m->base.clock.advance(2'000);
    QCOMPARE(m->deliver(), 2);
    QCOMPARE(m->server.effects().size(), 4);
}

void TestDelivery::theTimerSendsWhatIsDue()
{
    askAndTake({F::proposal("q1")});
    m->delivery->start();
    DecisionRequest hasty = m->request();
    hasty.skipHold = true;
    QVERIFY(m->decide(hasty));
    QTRY_COMPARE(m->theCase().state, CaseState::Delivered);
    m->delivery->stop();
}

void TestDelivery::removingAnEndpointClosesItsCases()
{
    askAndTake({F::proposal("q1")});
    askAndTake({F::proposal("q2")});
    QVERIFY(m->approve("c-2"));
    QVERIFY(finished(m->endpoints->remove(m->endpoint, m->ana)));
    QCOMPARE(m->theCase("c-1").state, CaseState::Withdrawn);
    QCOMPARE(m->theCase("c-2").state, CaseState::Superseded);
    QTRY_VERIFY(m->endpoints->endpoints().isEmpty());
    QCOMPARE(finished(m->endpoints->remove(m->endpoint, m->ana)).error().code, ErrorCode::NotFound);
}

void TestDelivery::secretsNeverReachTheFile()
{
    Endpoint added;
    added.kind = text("fake");
    added.name = text("with token");
    added.url = QUrl(text("https://agents.example"));
    const QByteArray canary = "canary-2f9c1e";
    const auto id
        = finished(m->endpoints->add(added, {{"Authorization", "Bearer " + canary}}, m->ana));
    QVERIFY(id);
    QVERIFY(m->base.secrets.values.values().contains("Bearer " + canary));
    m->close();
    for (const QFileInfo &file : QDir(m->base.folder.path()).entryInfoList(QDir::Files)) {
        QFile content(file.filePath());
        QVERIFY(content.open(QIODevice::ReadOnly));
        QVERIFY2(!content.readAll().contains(canary), qPrintable(file.fileName()));
    }
    m->open();
    QVERIFY(finished(m->endpoints->remove(*id, m->ana)));
    for (const QByteArray &value : std::as_const(m->base.secrets.values)) {
        QVERIFY(!value.contains(canary));
    }
}

void TestDelivery::killedOnTheWay_data()
{
    QTest::addColumn<QString>("point");
    QTest::newRow("decided, not sent") << text("decided");
    QTest::newRow("sent, no byte left") << text("sent");
    QTest::newRow("acknowledged, not recorded") << text("acknowledged");
}

/// The keys are in memory here, so the child gets them by its environment.
void TestDelivery::killedOnTheWay()
{
    QFETCH(QString, point);
    m->server.log = m->base.folder.filePath(text("agent.log"));
    askAndTake({F::proposal("q1")});
    m->close();
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(text("COUNTERSIGN_CRASH_AT"), point);
    QStringList arguments{text("child"), m->base.folder.path(), m->endpoint.toString()};
    for (auto it = m->base.secrets.values.cbegin(); it != m->base.secrets.values.cend(); ++it) {
        arguments << it.key() << QString::fromLatin1(it.value().toBase64());
    }
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), arguments);
    QVERIFY(child.waitForFinished(30'000));
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    m->open();
    QVERIFY(m->isSound());
    QCOMPARE(m->server.effects().size(), point == text("acknowledged") ? 1 : 0);
    m->base.clock.advance(600'000);
    QCOMPARE(m->deliver(), 1);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
    QCOMPARE(m->server.received.last().maybeSent, point != text("decided"));
    QCOMPARE(m->server.effects().size(), 1);
    QCOMPARE(m->deliver(), 0);
}

/// Decides c-1 in the folder and delivers it, as far as the crash point lets it.
int child(const QStringList &arguments)
{
    ServicesFixture fixture;
    for (qsizetype i = 4; i + 1 < arguments.size(); i += 2) {
        fixture.base.secrets.values.insert(arguments.at(i),
                                           QByteArray::fromBase64(arguments.at(i + 1).toLatin1()));
    }
    const QString folder = arguments.at(2);
    auto store = openSqliteStore({.directory = folder}, fixture.base.keys, fixture.base.clock);
    if (!store) {
        return 1;
    }
    fixture.base.store = std::move(*store);
    fixture.server.log = folder + text("/agent.log");
    fixture.server.ask({ServicesFixture::proposal("q1")});
    FakeEndpoint endpoint(fixture.server);
    DecisionService decisions(*fixture.base.store, fixture.find);
    Delivery delivery(*fixture.base.store, fixture.base.clock,
                      [&](const EndpointId &) -> AgentEndpoint * { return &endpoint; });
    DecisionRequest request = fixture.request();
    request.skipHold = true;
    (void)finished(decisions.decide(request));
    (void)finished(delivery.runDue(fixture.base.clock.monotonicMs() + 20'000));
    return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (QCoreApplication::arguments().value(1) == text("child")) {
        return child(QCoreApplication::arguments());
    }
    TestDelivery test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_delivery.moc"
