// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/knownanswer.h"

#include "domain/translate.h"


namespace countersign {

namespace {

QString whyOf(const Decision &decision, bool bad)
{
    if (decision.kind == DecisionKind::Approve) {
        return bad ? tr("It was approved once and turned out badly.")
                   : tr("It was approved once and turned out well.");
    }
    const QString what = decision.kind == DecisionKind::Edit
        ? tr("It was changed once before it ran.")
        : tr("It was rejected once.");
    return decision.message.isEmpty() ? what
                                      : tr("%1 The reason then: %2").arg(what, decision.message);
}

} // namespace

std::optional<KnownAnswer> knownAnswerOf(const Case &past, const QString &outcome)
{
    if (past.purpose != Purpose::Work || past.state != CaseState::Delivered || !past.decision
        || past.proposal.source.of != 1) {
        return std::nullopt;
    }
    if (outcome.isEmpty() && past.decision->person.toString().startsWith(u"policy ")) {
        return std::nullopt; // nobody looked
    }
    const DecisionKind kind = past.decision->kind;
    const bool bad = outcome == u"bad";
    const bool approved = kind == DecisionKind::Approve && (bad || outcome == u"good");
    const bool stopped = (kind == DecisionKind::Edit || kind == DecisionKind::Reject) && !bad;
    if (!approved && !stopped) {
        return std::nullopt;
    }
    const bool pass = approved && !bad;
    KnownAnswer known{.from = past.id, .right = {}, .why = whyOf(*past.decision, bad)};
    for (const DecisionKind allowed : decisionKinds(past.proposal.allowed)) {
        const bool noticed = allowed == DecisionKind::Edit || allowed == DecisionKind::Reject
            || allowed == DecisionKind::Respond;
        if (pass ? allowed == DecisionKind::Approve : noticed) {
            known.right.insert(allowed);
        }
    }
    return known.right.isEmpty() ? std::nullopt : std::optional<KnownAnswer>(known);
}

} // namespace countersign
