// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policy.h"

namespace countersign {

[[nodiscard]] size_t qHash(const PolicyMatch &match, size_t seed = 0);

/// Finds the most specific rule of a free-of-ties list: at most one look-up for each combination of
/// members that some rule restricts (16 of them).
class PolicyIndex
{
public:
    PolicyIndex() = default;
    explicit PolicyIndex(const QList<PolicyRule> &rules);

    /// Its place in the list, -1 where no rule matches. `subject` is a proposal's own names: a
    /// member that is empty matches only rules that do not restrict it.
    [[nodiscard]] int find(const PolicyMatch &subject) const;

private:
    QList<int> m_shapes; ///< bit sets of restricting members, most specific first
    QMultiHash<size_t, int> m_places; ///< by the hash of what restricts
    QList<PolicyMatch> m_matches;
};

} // namespace countersign
