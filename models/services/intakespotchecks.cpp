// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/displaytext.h"
#include "domain/trust.h"
#include "policy/spotcheck.h"
#include "services/caseevents.h"
#include "services/intakerules.h"

#include <QCoreApplication>

namespace countersign {

namespace {

constexpr int seedBytes = 32;

QString tr(const char *text)
{
    return QCoreApplication::translate("Intake", text);
}

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

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

/// Every action is drawn once, in the order they come in; what hits becomes a case.
Result<void> IntakeRules::takePerformed(const Performed &performed)
{
    Proposal done = performed.proposal;
    done.allowed = {};
    done.trouble.reset();
    if (const QString text = faultOf(done); !text.isEmpty() || done.source.of != 1) {
        m_summary.refused.append(text);
        return {};
    }
    const QString &question = done.source.question;
    const auto before = m_transaction.drawAt(m_endpoint.id, question);
    const auto asked = m_transaction.newestCaseAt(m_endpoint.id, question, 1);
    const auto newest = m_transaction.newestDraw();
    const auto rate = m_transaction.setting(key(setting::spotCheckRate), {});
    if (!before || !asked || !newest || !rate) {
        return tl::unexpected<Error>(!before       ? before.error()
                                         : !asked  ? asked.error()
                                         : !newest ? newest.error()
                                                   : rate.error());
    }
    if (*before || *asked) {
        return takeEffect(performed.effect); // seen already, or a person was asked
    }
    const SpotCheckRule rule
        = spotCheckRule(done, isShare(*rate) ? *rate : key(builtInSpotCheckRate));
    SpotDraw draw{.index = *newest ? (*newest)->index + 1 : 1,
                  .seed
                  = *newest ? (*newest)->seed : QString::fromLatin1(randomBytes(seedBytes).toHex()),
                  .probability = rule.probability,
                  .outlier = rule.outlier};
    draw.drawn = isDrawn(draw.seed, draw.index, draw.probability);
    if (draw.drawn) {
        const auto id = m_transaction.nextCaseId();
        if (!id) {
            return tl::unexpected<Error>(id.error());
        }
        draw.caseId = *id;
        EventDraft proposed = proposalEvent(event::caseProposed, m_actor, *id, m_endpoint.id, done,
                                            0, gateOf(rule));
        proposed.fields.set(key("purpose"), Json(toWord(Purpose::SpotCheck)));
        if (auto added = append(proposed, m_summary.spotChecks); !added) {
            return added;
        }
    }
    if (auto drawn = append(drawEvent(m_endpoint.id, done, draw, rule.policy), m_summary.performed);
        !drawn) {
        return drawn;
    }
    return draw.drawn ? takeEffect(performed.effect) : Result<void>();
}

} // namespace countersign
