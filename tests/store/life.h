// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"
#include "testing/storefixture.h"

namespace countersign {

inline Json::Member field(const char *key, const Json &value)
{
    return {QString::fromLatin1(key), value};
}

inline Json words(const QString &text)
{
    return Json::object({field("text", text)});
}

/// Writes events as services do, by the table of kinds in domain/event.h.
class Life
{
public:
    explicit Life(StoreFixture &fixture) : m_fixture(fixture) { }

    static Proposal refund(const QString &question, int part = 1, int of = 1)
    {
        Proposal proposal;
        proposal.source = {.question = question,
                           .part = part,
                           .of = of,
                           .lane = QStringLiteral("thread"),
                           .rebind = QStringLiteral("again/") + question};
        proposal.dialect = QStringLiteral("hitl");
        proposal.agent = QStringLiteral("desk");
        proposal.action = QStringLiteral("issue_refund");
        proposal.arguments = Json::object(
            {field("order", QStringLiteral("A1")), field("amount", Json::number("1250.00"))});
        proposal.allowed = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
        proposal.caseType = QStringLiteral("damaged_order");
        proposal.confidence = Decimal::parse(QByteArray("0.82"));
        proposal.impact.amount = Decimal::parse(QByteArray("1250.00"));
        proposal.impact.currency = QStringLiteral("EUR");
        proposal.raw = Json::object({field("n", Json::number("12345678901234567890"))});
        return proposal;
    }

    static EventDraft caseDraft(const char *kind, const CaseId &id, const Proposal &proposal,
                                int occurrence = 0)
    {
        EventDraft draft{
            .kind = QLatin1String(kind),
            .actor = Actor::endpoint(EndpointId(QStringLiteral("e-1")), QStringLiteral("Desk")),
            .caseId = id,
            .endpoint = EndpointId(QStringLiteral("e-1")),
            .agent = proposal.agent,
            .action = proposal.action,
            .risk = proposal.risk};
        draft.fields = Json::object(
            {field("question", proposal.source.question), field("part", proposal.source.part),
             field("of", proposal.source.of), field("occurrence", occurrence),
             field("digest", proposal.digest()),
             field("allowed", Json::fromStrings(toWords(proposal.allowed))),
             field("dialect", proposal.dialect), field("disposition", QStringLiteral("approve")),
             field("policy", QStringLiteral("policy v1")),
             field("queue", QStringLiteral("general")),
             field("reversibility", toWord(proposal.reversibility)),
             field("case_type", proposal.caseType)});
        if (proposal.confidence) {
            draft.fields.set(QStringLiteral("confidence"), proposal.confidence->toString());
        }
        if (proposal.impact.amount) {
            draft.fields.set(QStringLiteral("amount"), proposal.impact.amount->toString());
            draft.fields.set(QStringLiteral("currency"), proposal.impact.currency);
        }
        draft.payload = Json::object(
            {field("proposal", proposal.toJson()),
             field("gate_reasons", Json::fromStrings({QStringLiteral("Every case is asked.")}))});
        return draft;
    }

    Result<EventRecord> addEndpoint()
    {
        Endpoint endpoint;
        return m_fixture.append(
            {.kind = QLatin1String(event::endpointAdded),
             .actor = ana(),
             .endpoint = EndpointId(QStringLiteral("e-1")),
             .fields = Json::object({field("name", QStringLiteral("Desk")),
                                     field("protocol", QStringLiteral("langgraph")),
                                     field("url", QStringLiteral("http://127.0.0.1:2024"))}),
             .payload = endpoint.settingsJson()});
    }

    CaseId propose(const Proposal &proposal, int occurrence = 0)
    {
        return m_fixture
            .write<CaseId>([&](Transaction &tx) -> Result<CaseId> {
                const auto id = tx.nextCaseId();
                return id.and_then([&](const CaseId &one) -> Result<CaseId> {
                    return tx.append(caseDraft(event::caseProposed, one, proposal, occurrence))
                        .map([&](const EventRecord &) { return one; });
                });
            })
            .value_or(CaseId());
    }

    Result<EventRecord> onCase(const char *kind, const CaseId &id, Json fields = Json::object(),
                               std::optional<Json> payload = {})
    {
        return m_fixture.append({.kind = QLatin1String(kind),
                                 .actor = ana(),
                                 .caseId = id,
                                 .endpoint = EndpointId(QStringLiteral("e-1")),
                                 .fields = std::move(fields),
                                 .payload = std::move(payload)});
    }

    Result<EventRecord> onDecision(const char *kind, const CaseId &id, const DecisionId &decision,
                                   Json fields = Json::object(), std::optional<Json> payload = {})
    {
        const bool person = QLatin1String(kind) == QLatin1String(event::decisionWithdrawn);
        return m_fixture.append({.kind = QLatin1String(kind),
                                 .actor = person ? ana() : Actor::system(),
                                 .caseId = id,
                                 .endpoint = EndpointId(QStringLiteral("e-1")),
                                 .decision = decision,
                                 .fields = std::move(fields),
                                 .payload = std::move(payload)});
    }

    static EventDraft decision(const char *kind, const CaseId &id, const DecisionId &decision,
                               int part = 1, int of = 1)
    {
        return {.kind = QLatin1String(kind),
                .actor = ana(),
                .caseId = id,
                .endpoint = EndpointId(QStringLiteral("e-1")),
                .agent = QStringLiteral("desk"),
                .action = QStringLiteral("issue_refund"),
                .decision = decision,
                .fields = Json::object({field("digest", QStringLiteral("d")),
                                        field("question", QStringLiteral("q")),
                                        field("occurrence", 0), field("part", part),
                                        field("of", of), field("send_at_ms", FakeClock::start),
                                        field("reason_code", QStringLiteral("policy"))}),
                .payload = Json::object({field("arguments", Json::object()),
                                         field("message", QStringLiteral("fine"))})};
    }

    static EventDraft answer(const OutboxId &outbox, const QList<DecisionId> &decisions)
    {
        QStringList ids;
        for (const DecisionId &id : decisions) {
            ids.append(id.toString());
        }
        return {.kind = QLatin1String(event::answerQueued),
                .actor = Actor::system(),
                .endpoint = EndpointId(QStringLiteral("e-1")),
                .fields = Json::object(
                    {field("outbox", outbox.toString()), field("question", QStringLiteral("q")),
                     field("occurrence", 0), field("lane", QStringLiteral("thread")),
                     field("decisions", Json::fromStrings(ids)),
                     field("send_at_ms", FakeClock::start + 5000)}),
                .payload = Json::object({field("answer", QStringLiteral("[\"né\"]"))})};
    }

    static Actor ana()
    {
        return Actor::person(PersonId(QStringLiteral("p-1")), QStringLiteral("Ana Pérez"));
    }

    Case caseNow(const CaseId &id)
    {
        return m_fixture
            .read<Case>([&](Reader &reader) -> Result<Case> {
                return reader.caseById(id).map(
                    [](const std::optional<Case> &found) { return found.value_or(Case()); });
            })
            .value_or(Case());
    }

    std::optional<OutboxEntry> entry(const OutboxId &id)
    {
        return m_fixture
            .read<std::optional<OutboxEntry>>([&](Reader &r) { return r.outboxById(id); })
            .value_or(std::nullopt);
    }

private:
    StoreFixture &m_fixture;
};

} // namespace countersign
