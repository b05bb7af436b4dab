// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"
#include "domain/review.h"

namespace countersign {

/// What policy says of an action that an agent ran by itself.
struct SpotCheckRule
{
    QString probability; ///< of being looked at: a decimal in (0, 1]
    bool outlier = false; ///< looked at for what it is; does not count as a random draw
    QStringList reasons; ///< whole sentences, never empty
    QString policy; ///< the version that said so: "policy v1"
};

/// Share of ordinary actions that the built-in policy looks at. One in ten shows at least one error
/// of 2 % among 1,500 actions with 95 % certainty (ladder: 149 looked at).
inline constexpr auto builtInSpotCheckRate = "0.10";

/// The built-in policy: every outlier (high or unknown risk, not undoable, or not known) for sure,
/// of the rest the share `rate`
/// (isShare(); never 0, for what is never looked at cannot be estimated). Pure.
[[nodiscard]] SpotCheckRule spotCheckRule(const Proposal &performed, const QString &rate);

/// Whether draw number `index` (from 1) of a log with this seed hits, at this probability. Anybody
/// can repeat it:
///
///   u = the first 8 bytes, as a big-endian number, of
///       HMAC-SHA-256(key: the seed's 32 bytes, "countersign spot-check v1\n" + index in decimal)
///   drawn if and only if u / 2^64 < probability, exactly
///
/// The seed is chosen at random at the log's first draw and kept; the numbers follow each other, so
/// that nobody can try until it suits. With seed 000102…1f: index 1 gives u = 0xf124b118816cb843,
/// index 2 gives 0x1503001fd4171b55. False for a seed or rate that is none.
[[nodiscard]] bool isDrawn(const QString &seed, qint64 index, const QString &probability);
/// `u` of the above; nothing for a seed that is not 32 bytes in hex.
[[nodiscard]] std::optional<quint64> drawnNumber(const QString &seed, qint64 index);

} // namespace countersign
