// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policy.h"

namespace countersign {

/// One setting that differs between two policies.
struct PolicyChange
{
    QString rule; ///< its id; empty: the defaults, or the document itself
    QString setting; ///< its key; empty: the whole rule came or went
    std::optional<Json> before; ///< nothing: was not said
    std::optional<Json> after;
    friend bool operator==(const PolicyChange &, const PolicyChange &) = default;
};

/// What a person reads before signing: rules by id, in the order of `after`, then those that went.
/// The order of rules has no meaning and is no change. Pure.
[[nodiscard]] QList<PolicyChange> policyDiff(const Json &before, const Json &after);

/// What a rule says, in the parts that a table puts side by side.
struct RuleWords
{
    QString cases; ///< "issue_refund for damaged_order at low risk"
    QString happens; ///< "goes by itself from confidence 0.80, up to 500 EUR; where …: a person"
    QString people; ///< "queue Refunds, a lead, 2 people"; empty where the rule leaves it open
    QString time; ///< "4 h of business, then to Team leads"; empty where the rule leaves it open
    friend bool operator==(const RuleWords &, const RuleWords &) = default;
};
[[nodiscard]] RuleWords wordsOf(const PolicyRule &rule);
[[nodiscard]] QString sentenceOf(const PolicyCondition &condition); ///< "where … is …: a person"
[[nodiscard]] QString sentenceOf(const PolicyDue &due); ///< "4 h, then reminded"
[[nodiscard]] QString wordOf(PolicyMode mode); ///< "waits for a person"

/// A rule as one readable sentence: "issue_refund: by itself from confidence 0.80, up to 500 EUR;
/// else to Refunds." Pure.
[[nodiscard]] QString sentenceOf(const PolicyRule &rule);

} // namespace countersign
