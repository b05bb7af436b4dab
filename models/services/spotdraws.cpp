// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/spotdraws.h"

#include "domain/displaytext.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "domain/trust.h"
#include "services/caseevents.h"

namespace countersign {

namespace {

constexpr int seedBytes = 32;

Gate gateOf(const SpotCheckRule &rule)
{
    return {.disposition = Disposition::SpotCheck,
            .queue = tr("Spot check"),
            .reasons = rule.reasons,
            .policy = rule.policy};
}

EventDraft drawEvent(const EndpointId &endpoint, const Proposal &done, const SpotDraw &draw,
                     const QString &policy)
{
    EventDraft draft{.kind = key(event::spotCheckDrawn),
                     .actor = Actor::policy(policy),
                     .caseId = draw.caseId,
                     .endpoint = endpoint,
                     .agent = shortName(done.agent),
                     .action = shortName(done.action),
                     .risk = done.risk};
    draft.fields = Json::object({{key("question"), Json(done.source.question)},
                                 {key("index"), Json(draw.index)},
                                 {key("seed"), Json(draw.seed)},
                                 {key("probability"), Json(draw.probability)},
                                 {key("drawn"), Json(draw.drawn)},
                                 {key("outlier"), Json(draw.outlier)},
                                 {key("policy"), Json(policy)},
                                 {key("digest"), Json(done.digest())}});
    if (!done.caseType.isEmpty()) {
        draft.fields.set(key("case_type"), Json(shortName(done.caseType)));
    }
    if (done.confidence) {
        draft.fields.set(key("confidence"), Json(done.confidence->toString()));
    }
    draft.reportedMs = done.reportedMs;
    return draft;
}

} // namespace

Result<SpotDraw> recordDraw(Transaction &transaction, const Actor &proposer,
                            const EndpointId &endpoint, const Proposal &done,
                            const SpotCheckRule &rule)
{
    const auto newest = transaction.newestDraw();
    if (!newest) {
        return tl::unexpected<Error>(newest.error());
    }
    SpotDraw draw{.index = *newest ? (*newest)->index + 1 : 1,
                  .seed
                  = *newest ? (*newest)->seed : QString::fromLatin1(randomBytes(seedBytes).toHex()),
                  .probability = rule.probability,
                  .outlier = rule.outlier};
    draw.drawn = isDrawn(draw.seed, draw.index, draw.probability);
    if (draw.drawn) {
        const auto id = transaction.nextCaseId();
        if (!id) {
            return tl::unexpected<Error>(id.error());
        }
        draw.caseId = *id;
        EventDraft proposed
            = proposalEvent(event::caseProposed, proposer, *id, endpoint, done, 0, gateOf(rule));
        proposed.fields.set(key("purpose"), Json(toWord(Purpose::SpotCheck)));
        if (const auto added = transaction.append(proposed); !added) {
            return tl::unexpected<Error>(added.error());
        }
    }
    const auto drawn = transaction.append(drawEvent(endpoint, done, draw, rule.policy));
    return drawn ? Result<SpotDraw>(draw) : tl::unexpected<Error>(drawn.error());
}

} // namespace countersign
