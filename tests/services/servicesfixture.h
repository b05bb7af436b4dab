// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/batchservice.h"
#include "services/delivery.h"
#include "services/endpointservice.h"
#include "services/policyservice.h"
#include "services/regating.h"
#include "services/stopservice.h"
#include "services/trailservice.h"
#include "store/verifier.h"
#include "testing/fakeendpoint.h"
#include "testing/storefixture.h"

#include <QTest>

namespace countersign {

template <class T> T finished(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&]() -> bool { return future.isFinished(); }, 20'000)) {
        qFatal("a future did not end");
    }
    return future.result();
}

/// A real store and every service over it, with one fake endpoint.
struct ServicesFixture
{
    StoreFixture base;
    FakeServer server;
    FakeProtocol protocol{server};
    FindProtocol find = [this](const QString &kind) -> const Protocol * {
        return kind == protocol.kind() ? &protocol : nullptr;
    };
    std::unique_ptr<PolicyDesk> desk;
    std::unique_ptr<PolicyService> policy;
    std::unique_ptr<StopService> stops;
    std::unique_ptr<Intake> intake;
    std::unique_ptr<DecisionService> decisions;
    std::unique_ptr<BatchService> batches;
    std::unique_ptr<EndpointService> endpoints;
    std::unique_ptr<Delivery> delivery;
    std::unique_ptr<Regating> regating;
    std::unique_ptr<TrailService> trail;
    PersonId ana{QStringLiteral("p-1")};
    EndpointId endpoint;

    void open()
    {
        const auto error = base.open();
        if (error) {
            qFatal("%s", qPrintable(error->text));
        }
        desk = std::make_unique<PolicyDesk>(base.clock, find);
        policy = std::make_unique<PolicyService>(*base.store);
        intake = std::make_unique<Intake>(*base.store, desk.get());
        decisions = std::make_unique<DecisionService>(*base.store, find);
        batches = std::make_unique<BatchService>(*base.store, find, desk.get());
        endpoints = std::make_unique<EndpointService>(*base.store, *intake, base.secrets,
                                                      base.clock, find);
        delivery = std::make_unique<Delivery>(
            *base.store, base.clock,
            [this](const EndpointId &id) { return endpoints->connection(id); }, desk.get());
        stops = std::make_unique<StopService>(*base.store, *desk, *endpoints, base.clock);
        regating = std::make_unique<Regating>(*base.store, *desk, base.clock, stops.get());
        trail = std::make_unique<TrailService>(*base.store, base.folder.path());
        (void)finished(endpoints->load());
    }
    void close()
    {
        trail.reset();
        regating.reset();
        stops.reset();
        delivery.reset();
        endpoints.reset();
        batches.reset();
        decisions.reset();
        intake.reset();
        policy.reset();
        desk.reset();
        base.store.reset();
    }
    void connectEndpoint()
    {
        Endpoint added;
        added.kind = QStringLiteral("fake");
        added.name = QStringLiteral("claims");
        added.url = QUrl(QStringLiteral("http://127.0.0.1:2024"));
        endpoint = finished(endpoints->add(added, {}, ana)).value();
        (void)finished(endpoints->load());
    }

    [[nodiscard]] static Proposal proposal(const char *question, const char *amount = "120",
                                           int part = 1, int of = 1)
    {
        Proposal made;
        made.source = {.question = QString::fromLatin1(question),
                       .part = part,
                       .of = of,
                       .lane = QStringLiteral("thread-1"),
                       .ids = Json::object(
                           {{QStringLiteral("interrupt"), Json(QString::fromLatin1(question))}})};
        made.dialect = QStringLiteral("test");
        made.agent = QStringLiteral("claims");
        made.action = QStringLiteral("refund");
        made.arguments = Json::object({{QStringLiteral("amount"), Json::number(amount)}});
        made.allowed = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
        made.risk = Risk::Low;
        made.raw = Json::object({{QStringLiteral("whole"), Json(true)}});
        return made;
    }
    IntakeSummary take(const QList<Proposal> &proposals, bool whole = true,
                       std::optional<qint64> begunMs = {})
    {
        Observation seen{.proposals = proposals, .begunMs = begunMs};
        if (whole) {
            QSet<QString> open;
            for (const Proposal &one : proposals) {
                open.insert(one.source.question);
            }
            seen.open = open;
        }
        return take(seen);
    }
    IntakeSummary take(const Observation &seen)
    {
        const auto taken = finished(intake->take(endpoint, seen));
        if (!taken) {
            qFatal("%s", qPrintable(taken.error().text));
        }
        return *taken;
    }
    [[nodiscard]] QList<Case> cases()
    {
        return base.read<QList<Case>>([](Reader &reader) { return reader.cases({}); }).value();
    }
    [[nodiscard]] Case theCase(const char *id = "c-1")
    {
        const CaseId wanted(QString::fromLatin1(id));
        return base
            .read<std::optional<Case>>([wanted](Reader &reader) { return reader.caseById(wanted); })
            .value()
            .value();
    }
    [[nodiscard]] QList<OutboxEntry> outbox(bool openOnly = true)
    {
        return base
            .read<QList<OutboxEntry>>(
                [openOnly](Reader &reader) { return reader.outbox(openOnly); })
            .value();
    }
    [[nodiscard]] QStringList kinds()
    {
        QStringList words;
        for (const EventRecord &event : base.trail()) {
            words.append(event.kind);
        }
        return words;
    }
    [[nodiscard]] qsizetype count(const char *kind)
    {
        return kinds().count(QString::fromLatin1(kind));
    }
    [[nodiscard]] DecisionRequest request(const char *id = "c-1",
                                          DecisionKind kind = DecisionKind::Approve)
    {
        const Case subject = theCase(id);
        return {.caseId = subject.id, .digest = subject.digest, .kind = kind, .person = ana};
    }
    Result<DecisionReceipt> decide(const DecisionRequest &wanted)
    {
        return finished(decisions->decide(wanted));
    }
    Result<DecisionReceipt> approve(const char *id = "c-1") { return decide(request(id)); }
    /// What has to hold after every test: the trail verifies, and the state is what its events say.
    [[nodiscard]] bool isSound() const
    {
        const auto report = verifyTrail({.directory = base.folder.path()});
        if (!report || report->verdict != TrailReport::Verdict::NoOutsideCheckpoint) {
            qWarning("%s", qPrintable(report ? report->text : report.error().text));
            return false;
        }
        return true;
    }
    int deliver() { return finished(delivery->runDue(base.clock.monotonicMs() + 60'000)).value(); }
};

} // namespace countersign
