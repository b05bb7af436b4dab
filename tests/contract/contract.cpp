// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/contract.h"

#include "domain/clock.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

namespace countersign {

namespace {

using Outcome = DeliveryReport::Outcome;
constexpr int patienceMs = 30'000;

const Clock &theClock()
{
    static const SystemClock clock;
    return clock;
}

template <class T> bool ends(const QFuture<T> &future)
{
    return QTest::qWaitFor([&future]() -> bool { return future.isFinished(); }, patienceMs)
        && future.resultCount() == 1;
}

QList<Proposal> thoseAt(const QString &place, const QList<Proposal> &proposals)
{
    QList<Proposal> found;
    std::copy_if(
        proposals.cbegin(), proposals.cend(), std::back_inserter(found),
        [&place](const Proposal &proposal) -> bool { return proposal.source.lane == place; });
    return found;
}

} // namespace

void ContractSuite::init()
{
    m_proxy = std::make_unique<FaultProxy>(m_server.url());
    m_endpoint = open();
}

void ContractSuite::cleanup()
{
    m_endpoint.reset();
    m_proxy.reset();
}

std::unique_ptr<AgentEndpoint> ContractSuite::open() const
{
    EndpointContext context;
    context.endpoint.id = EndpointId(QStringLiteral("e-1"));
    context.endpoint.kind = m_server.protocol().kind();
    context.endpoint.name = QStringLiteral("contract");
    context.endpoint.url = m_proxy->url();
    context.secretHeaders = {m_server.secret()};
    context.clock = &theClock();
    return m_server.protocol().open(context);
}

QList<Proposal> ContractSuite::at(const QString &place)
{
    const auto seen = m_endpoint->observe();
    if (!ends(seen) || !seen.result()) {
        qFatal("nothing could be observed");
    }
    return thoseAt(place, seen.result()->proposals);
}

Dispatch ContractSuite::approval(const QList<Proposal> &parts, const QString &decision) const
{
    Dispatch dispatch;
    dispatch.id = OutboxId(QStringLiteral("o-") + decision);
    dispatch.reviewer = QStringLiteral("Grace");
    for (const Proposal &proposal : parts) {
        AnsweredPart part;
        part.proposal = proposal;
        part.decision = DecisionId(QStringLiteral("%1-%2").arg(decision).arg(proposal.source.part));
        dispatch.parts.append(part);
        dispatch.digests.append(proposal.digest());
    }
    const auto answer = m_server.protocol().encode(dispatch.parts);
    if (!answer) {
        qFatal("cannot encode: %s", qPrintable(answer.error().text));
    }
    dispatch.answer = *answer;
    return dispatch;
}

DeliveryReport ContractSuite::deliver(const Dispatch &dispatch)
{
    const auto reports = m_endpoint->deliver({dispatch});
    if (!ends(reports) || reports.result().size() != 1) {
        qFatal("the delivery did not end with one report");
    }
    return reports.result().first();
}

void ContractSuite::sameLookSameProposal()
{
    const QString place = m_server.ask(1);
    const QList<Proposal> first = at(place);
    QCOMPARE(first.size(), 1);
    QCOMPARE(at(place), first);
    const auto again = m_endpoint->observe();
    QVERIFY(ends(again));
    QVERIFY(again.result()->open && again.result()->open->contains(first.first().source.question));
    QVERIFY(again.result()->begunMs);
    const auto other = open();
    const auto fresh = other->observe();
    QVERIFY(ends(fresh));
    QCOMPARE(thoseAt(place, fresh.result()->proposals), first);
}

void ContractSuite::newsArrivesWithinTwoSeconds()
{
    QList<Proposal> seen;
    connect(m_endpoint.get(), &AgentEndpoint::observed, this,
            [&seen](const Observation &observation) -> void { seen += observation.proposals; });
    m_endpoint->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_endpoint->status().state, EndpointStatus::State::Ok, patienceMs);
    const QString place = m_server.ask(1);
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY_WITH_TIMEOUT(!thoseAt(place, seen).isEmpty(), patienceMs);
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    m_endpoint->stop();
}

void ContractSuite::answersTakeEffectOnce()
{
    const QString place = m_server.ask(1);
    const auto report = deliver(approval(at(place), QStringLiteral("d-once-") + place));
    QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text + report.detail));
    QCOMPARE(m_server.effects(place), 1);
    QVERIFY(at(place).isEmpty());
}

void ContractSuite::partsGoTogether()
{
    if (!m_server.asksInParts()) {
        const AnsweredPart one = approval(at(m_server.ask(1)), QStringLiteral("d")).parts.first();
        QVERIFY(!m_server.protocol().encode({one, one}));
        return;
    }
    const QString place = m_server.ask(2);
    const QList<Proposal> parts = at(place);
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0).source.question, parts.at(1).source.question);
    QVERIFY(!m_server.protocol().encode({approval(parts, QStringLiteral("d")).parts.first()}));
    const auto report = deliver(approval(parts, QStringLiteral("d-parts-") + place));
    QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text + report.detail));
    QCOMPARE(m_server.effects(place), 2);
}

void ContractSuite::sentAgainTakesEffectOnce()
{
    const QString place = m_server.ask(1);
    Dispatch dispatch = approval(at(place), QStringLiteral("d-again-") + place);
    QCOMPARE(deliver(dispatch).outcome, Outcome::Delivered);
    dispatch.maybeSent = true;
    dispatch.attempt = 2;
    const auto report = deliver(dispatch);
    QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text));
    QCOMPARE(m_server.effects(place), 1);
}

void ContractSuite::changedAfterShownIsNotSent()
{
    const QString place = m_server.ask(1);
    const Dispatch dispatch = approval(at(place), QStringLiteral("d-changed-") + place);
    m_server.change(place);
    const auto report = deliver(dispatch);
    QVERIFY(report.outcome == Outcome::Changed || report.outcome == Outcome::Superseded);
    QVERIFY(!report.text.isEmpty());
    QCOMPARE(m_server.effects(place), 0);
    const QList<Proposal> now = thoseAt(place, report.seen.proposals);
    QCOMPARE(now.size(), 1);
    QVERIFY(now.first().digest() != dispatch.digests.first());
}

void ContractSuite::answeredElsewhereIsNotSent()
{
    const QString place = m_server.ask(1);
    const Dispatch dispatch = approval(at(place), QStringLiteral("d-lost-") + place);
    m_server.answerAs(place, QStringLiteral("Ada"));
    const auto report = deliver(dispatch);
    QCOMPARE(report.outcome, Outcome::Superseded);
    QVERIFY2(report.text.contains(QStringLiteral("Ada")), qPrintable(report.text));
    QCOMPARE(m_server.effects(place), 1);
}

void ContractSuite::twoRacingHaveOneWinner()
{
    const QString place = m_server.ask(1);
    const QList<Proposal> parts = at(place);
    const auto other = open();
    const auto ours = m_endpoint->deliver({approval(parts, QStringLiteral("d-ours-") + place)});
    const auto theirs = other->deliver({approval(parts, QStringLiteral("d-theirs-") + place)});
    QVERIFY(ends(ours) && ends(theirs));
    QList<Outcome> outcomes{ours.result().first().outcome, theirs.result().first().outcome};
    QCOMPARE(outcomes.count(Outcome::Delivered), 1);
    QCOMPARE(outcomes.count(Outcome::Superseded), 1);
    QCOMPARE(m_server.effects(place), 1);
}

void ContractSuite::withdrawnIsNotSentAndIsSeen()
{
    const QString place = m_server.ask(1);
    const QList<Proposal> parts = at(place);
    const QString question = parts.first().source.question;
    bool gone = false;
    connect(m_endpoint.get(), &AgentEndpoint::observed, this,
            [&](const Observation &observation) -> void {
                gone = gone || (observation.open && !observation.open->contains(question))
                    || std::any_of(observation.gone.cbegin(), observation.gone.cend(),
                                   [&question](const Gone &one) -> bool {
                                       return one.question == question;
                                   });
            });
    m_endpoint->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_endpoint->status().state, EndpointStatus::State::Ok, patienceMs);
    QVERIFY(!gone);
    m_server.withdraw(place);
    QTRY_VERIFY_WITH_TIMEOUT(gone, patienceMs);
    m_endpoint->stop();
    QCOMPARE(deliver(approval(parts, QStringLiteral("d-gone-") + place)).outcome,
             Outcome::Superseded);
    QCOMPARE(m_server.effects(place), 0);
}

void ContractSuite::lostReplyIsLookedUp()
{
    const QString place = m_server.ask(1);
    Dispatch dispatch = approval(at(place), QStringLiteral("d-lostreply-") + place);
    m_proxy->setFault(FaultProxy::Fault::DropReplies, m_server.answerLine(place));
    auto report = deliver(dispatch);
    QVERIFY2(report.outcome == Outcome::Delivered || report.outcome == Outcome::Unknown,
             qPrintable(report.text));
    m_proxy->setFault(FaultProxy::Fault::None);
    dispatch.maybeSent = true;
    dispatch.attempt = 2;
    report = deliver(dispatch);
    QVERIFY2(report.outcome == Outcome::Delivered, qPrintable(report.text));
    QCOMPARE(m_server.effects(place), 1);
}

void ContractSuite::aDeadServerIsWaitedFor()
{
    const QString place = m_server.ask(1);
    const Dispatch dispatch = approval(at(place), QStringLiteral("d-dead-") + place);
    m_proxy->goDown();
    const auto report = deliver(dispatch);
    QCOMPARE(report.outcome, Outcome::Retry);
    QVERIFY2(report.text.contains(QStringLiteral("127.0.0.1")), qPrintable(report.text));
    m_endpoint->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_endpoint->status().state, EndpointStatus::State::Failing,
                              patienceMs);
    QVERIFY(m_endpoint->status().text.contains(QStringLiteral("127.0.0.1")));
    m_proxy->comeUp();
    QTRY_COMPARE_WITH_TIMEOUT(m_endpoint->status().state, EndpointStatus::State::Ok, patienceMs);
    m_endpoint->stop();
    QCOMPARE(deliver(dispatch).outcome, Outcome::Delivered);
    QCOMPARE(m_server.effects(place), 1);
}

void ContractSuite::halfAnAnswerIsNoAnswer()
{
    const QString place = m_server.ask(1);
    m_proxy->setFault(FaultProxy::Fault::HalfReplies);
    const auto broken = m_endpoint->observe();
    QVERIFY(ends(broken));
    QVERIFY(!broken.result());
    QVERIFY(!broken.result().error().text.isEmpty());
    m_proxy->setFault(FaultProxy::Fault::None);
    QCOMPARE(at(place).size(), 1);
}

void ContractSuite::whatIsNotAllowedIsRefused()
{
    const QList<Proposal> parts = at(m_server.ask(1));
    AnsweredPart part = approval(parts, QStringLiteral("d")).parts.first();
    for (const DecisionKind kind : {DecisionKind::Approve, DecisionKind::Edit, DecisionKind::Reject,
                                    DecisionKind::Respond, DecisionKind::Ignore}) {
        part.kind = kind;
        part.message = kind == DecisionKind::Respond ? QStringLiteral("text") : QString();
        part.arguments
            = kind == DecisionKind::Edit ? std::optional(part.proposal.arguments) : std::nullopt;
        const auto valid = m_server.protocol().validate(part);
        QCOMPARE(valid.has_value(), part.proposal.allowed.testFlag(kind));
        QVERIFY(valid || valid.error().code == ErrorCode::NotAllowed);
        QVERIFY(valid || !m_server.protocol().encode({part}));
    }
}

void ContractSuite::secretsStayInTheirHeader()
{
    const QByteArray canary = m_server.secret().second;
    const QString place = m_server.ask(1);
    const Dispatch dispatch = approval(at(place), QStringLiteral("d-secret-") + place);
    QVERIFY(m_proxy->requests(canary) > 0);
    m_proxy->goDown();
    const auto report = deliver(dispatch);
    const auto test = m_endpoint->test();
    QVERIFY(ends(test));
    QVERIFY(!test.result());
    const QString said = report.text + report.detail + test.result().error().text
        + test.result().error().detail + m_endpoint->status().text
        + QString::fromUtf8(toJson(report.receipt));
    QVERIFY(!said.contains(QString::fromUtf8(canary)));
    m_proxy->comeUp();
    const auto works = m_endpoint->test();
    QVERIFY(ends(works));
    QVERIFY2(works.result(), qPrintable(works.result() ? QString() : works.result().error().text));
}

void ContractSuite::endsWithItsFutures()
{
    const auto observing = m_endpoint->observe();
    const auto testing = m_endpoint->test();
    m_endpoint.reset();
    QTRY_VERIFY(observing.isFinished() && testing.isFinished());
    QVERIFY(observing.isCanceled() && testing.isCanceled());
}

} // namespace countersign
