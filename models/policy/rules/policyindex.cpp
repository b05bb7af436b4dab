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

/// Each member's hash once, so that a look-up for each shape costs no more.
struct Hashes
{
    explicit Hashes(const PolicyMatch &match)
        : agent(::qHash(match.agent, Agent)),
          action(::qHash(match.action, Action)),
          caseType(::qHash(match.caseType, CaseType)),
          risk(match.risk ? ::qHash(int(*match.risk), RiskLevel) : 0)
    {
    }
    [[nodiscard]] size_t of(int shape) const
    {
        return size_t(shape) ^ ((shape & Agent) ? agent : 0) ^ ((shape & Action) ? action : 0)
            ^ ((shape & CaseType) ? caseType : 0) ^ ((shape & RiskLevel) ? risk : 0);
    }
    size_t agent;
    size_t action;
    size_t caseType;
    size_t risk;
};

/// Whether a rule of this shape speaks of a subject that has at least its members.
bool speaksOf(const PolicyMatch &match, const PolicyMatch &subject, int shape)
{
    return shapeOf(match) == shape && (!(shape & Action) || match.action == subject.action)
        && (!(shape & Agent) || match.agent == subject.agent)
        && (!(shape & CaseType) || match.caseType == subject.caseType)
        && (!(shape & RiskLevel) || match.risk == subject.risk);
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
        m_matches.append(rules[i].match);
    }
    for (qsizetype i = rules.size(); i-- > 0;) { // the earliest of equal ones is found first
        const PolicyMatch &match = m_matches[i];
        m_places.insert(Hashes(match).of(shapeOf(match)), int(i));
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
    const Hashes hashes(subject);
    for (const int shape : m_shapes) {
        if ((shape & has) != shape) {
            continue;
        }
        const size_t hash = hashes.of(shape);
        for (auto it = m_places.constFind(hash); it != m_places.cend() && it.key() == hash; ++it) {
            if (speaksOf(m_matches[*it], subject, shape)) {
                return *it;
            }
        }
    }
    return -1;
}

} // namespace countersign
