// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyindex.h"
#include "policy/rules/policyreader.h"

#include <QSet>

namespace countersign {

namespace {

/// What both restrict together, or nothing where no proposal can match both.
std::optional<PolicyMatch> intersection(const PolicyMatch &a, const PolicyMatch &b)
{
    PolicyMatch both = a;
    const auto join = [](QString &mine, const QString &theirs) -> bool {
        if (!mine.isEmpty() && !theirs.isEmpty() && mine != theirs) {
            return false;
        }
        mine = mine.isEmpty() ? theirs : mine;
        return true;
    };
    if (!join(both.agent, b.agent) || !join(both.action, b.action)
        || !join(both.caseType, b.caseType) || (a.risk && b.risk && a.risk != b.risk)) {
        return std::nullopt;
    }
    both.risk = a.risk ? a.risk : b.risk;
    return both;
}

/// Two rules of different shape that claim a proposal with the same right, unless a more specific
/// one decides it before them.
void checkTies(const Policy &policy, QList<PolicyFault> &faults)
{
    const PolicyIndex index(policy.rules);
    QHash<PolicyMatch, int> first;
    for (int i = 0; i < policy.rules.size(); ++i) {
        const PolicyMatch &match = policy.rules[i].match;
        const QString path = QStringLiteral("/rules/%1").arg(i);
        if (const auto other = first.constFind(match); other != first.cend()) {
            faults.append({path,
                           trPolicy("This rule and “%1” speak of the same cases. Join them, "
                                    "or let one name more.")
                               .arg(policy.rules[*other].id)});
            continue;
        }
        first.insert(match, i);
        for (int k = 0; k < i; ++k) {
            const PolicyMatch &other = policy.rules[k].match;
            if (other.specificity() != match.specificity() || other == match) {
                continue;
            }
            const auto both = intersection(match, other);
            if (!both) {
                continue;
            }
            const int winner = index.find(*both);
            if (policy.rules[winner].match.specificity() == match.specificity()) {
                faults.append({path,
                               trPolicy("This rule and “%1” claim the same cases with the "
                                        "same right. Add a rule for what both speak of.")
                                   .arg(policy.rules[k].id)});
            }
        }
    }
}

} // namespace

void checkRules(const Policy &policy, QList<PolicyFault> &faults)
{
    const auto actsAlone = [](const PolicyRule &rule) -> bool {
        return rule.mode == PolicyMode::Autonomous || rule.mode == PolicyMode::Review;
    };
    if (actsAlone(policy.defaults)) {
        faults.append({QStringLiteral("/defaults/mode"),
                       trPolicy("What no rule speaks of cannot act by itself. Use “approve”.")});
    }
    QSet<QString> ids;
    for (int i = 0; i < policy.rules.size(); ++i) {
        const PolicyRule &rule = policy.rules[i];
        const QString path = QStringLiteral("/rules/%1").arg(i);
        if (!rule.id.isEmpty() && ids.contains(rule.id)) {
            faults.append({path + QStringLiteral("/id"),
                           trPolicy("“%1” is the id of an earlier rule already.").arg(rule.id)});
        }
        ids.insert(rule.id);
        if (actsAlone(rule) && rule.match.action.isEmpty()) {
            faults.append(
                {path + QStringLiteral("/mode"),
                 trPolicy("Only a rule that names its action can let it act by itself.")});
        }
    }
    checkTies(policy, faults);
}

} // namespace countersign
