// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyindex.h"

#include <algorithm>
#include <bit>

namespace countersign {

namespace {

enum Member
{
    Agent = 1,
    Action = 2,
    CaseType = 4,
    RiskLevel = 8
};

int shapeOf(const PolicyMatch &match)
{
    return (match.agent.isEmpty() ? 0 : Agent) | (match.action.isEmpty() ? 0 : Action)
        | (match.caseType.isEmpty() ? 0 : CaseType) | (match.risk ? RiskLevel : 0);
}

PolicyMatch reduced(const PolicyMatch &match, int shape)
{
    PolicyMatch part;
    part.agent = (shape & Agent) ? match.agent : QString();
    part.action = (shape & Action) ? match.action : QString();
    part.caseType = (shape & CaseType) ? match.caseType : QString();
    part.risk = (shape & RiskLevel) ? match.risk : std::nullopt;
    return part;
}

} // namespace

size_t qHash(const PolicyMatch &match, size_t seed)
{
    return qHashMulti(seed, match.agent, match.action, match.caseType,
                      match.risk ? int(*match.risk) : -1);
}

int PolicyMatch::specificity() const
{
    return std::popcount(unsigned(shapeOf(*this)));
}

PolicyIndex::PolicyIndex(const QList<PolicyRule> &rules)
{
    for (int i = 0; i < rules.size(); ++i) {
        const int shape = shapeOf(rules[i].match);
        if (!m_shapes.contains(shape)) {
            m_shapes.append(shape);
        }
        if (!m_places.contains(rules[i].match)) {
            m_places.insert(rules[i].match, i);
        }
    }
    std::sort(m_shapes.begin(), m_shapes.end(), [](int a, int b) -> bool {
        const int left = std::popcount(unsigned(a));
        const int right = std::popcount(unsigned(b));
        return left != right ? left > right : a > b;
    });
}

int PolicyIndex::find(const PolicyMatch &subject) const
{
    const int has = shapeOf(subject);
    for (const int shape : m_shapes) {
        if ((shape & has) != shape) {
            continue;
        }
        const auto found = m_places.constFind(reduced(subject, shape));
        if (found != m_places.cend()) {
            return *found;
        }
    }
    return -1;
}

} // namespace countersign
