// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "life.h"

namespace countersign {

/// A profile with a day behind it: an endpoint, cases set aside, decided and delivered with an
/// effect, a checkpoint half-way, then events that are not signed and touch no state, and a
/// checkpoint at the end.
struct LifeTrail : StoreFixture
{
    QByteArray halfWay;
    QByteArray whole;

    bool live(int cases = 6, int notes = 12)
    {
        return !open() && Life(*this).addEndpoint() && addCases(cases) && keep(halfWay)
            && addNotes(notes) && keep(whole);
    }
    /// The log's key, stolen.
    [[nodiscard]] PrivateKey logKey()
    {
        return keys.key(store->origin(), QStringLiteral("log"), false).value_or(PrivateKey());
    }
    bool addNotes(int count)
    {
        const auto added = write<bool>([this, count](Transaction &tx) -> Result<bool> {
            for (int i = 0; i < count; ++i) {
                clock.advance(1000);
                const auto appended = tx.append(
                    {.kind = QStringLiteral("test.note"),
                     .actor = Actor::system(),
                     .fields = Json::object({field("text", QStringLiteral("note %1").arg(i))})});
                if (!appended) {
                    return tl::unexpected<Error>(appended.error());
                }
            }
            return true;
        });
        return added.has_value();
    }

private:
    bool keep(QByteArray &note)
    {
        note = store->checkpoint().result().value_or(QByteArray());
        return !note.isEmpty();
    }

    bool addCases(int count)
    {
        Life life(*this);
        bool done = true;
        for (int i = 1; done && i <= count; ++i) {
            clock.advance(60'000);
            const CaseId id = life.propose(Life::refund(QStringLiteral("q-%1").arg(i)));
            done = !id.isEmpty()
                && (i % 3 == 0 ? bool(life.onCase(event::caseSetAside, id,
                                                  Json::object({field("until_ms", clock.nowMs())})))
                               : decide(life, id, i, i % 3 == 1));
        }
        return done;
    }

    bool decide(Life &life, const CaseId &id, int i, bool deliver)
    {
        const DecisionId decision(QStringLiteral("d-%1").arg(i));
        const OutboxId outbox(QStringLiteral("o-%1").arg(i));
        const Json fields = Json::object({field("outbox", outbox.toString()), field("attempt", 1)});
        const Json text = words(QStringLiteral("as it should"));
        return append(Life::decision(event::decisionApprove, id, decision))
            && append(Life::answer(outbox, {decision}))
            && (!deliver
                || (life.onDecision(event::decisionSent, id, decision, fields)
                    && life.onDecision(event::decisionDelivered, id, decision, fields, text)
                    && life.onCase(event::effectReported, id,
                                   Json::object({field("effect", QStringLiteral("executed"))}),
                                   text)));
    }
};

} // namespace countersign
