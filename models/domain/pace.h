// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"
#include "domain/review.h"

namespace countersign {

/// How somebody reviews, from what was measured. Pure. None of it is a verdict on anybody.

/// Characters there are to read of a proposal before one can answer it; raw payloads do not count.
[[nodiscard]] qint64 readableSize(const Proposal &proposal);

/// The time below which so many characters cannot have been read, at three times the speed of
/// silent reading (238 words a minute: Brysbaert 2019, J. Memory and Language 109; faster than about
/// 600 is skimming: Rayner et al. 2016, Psych. Sci. Public Interest 17). A word is six characters
/// with its space. Never below 2 s, never above a minute: long cases are searched, not read.
[[nodiscard]] qint64 readingFloorMs(qint64 size);

/// The same answer over and over, each given below the reading floor and with nothing opened: all
/// three, for no single sign may raise a flag (ladder: reviewer quality).
struct Hurry
{
    int streak = 0;
    QString answer; ///< DecisionKind or Verdict, its word
    qint64 medianMs = 0; ///< of the looks
    qint64 floorMs = 0; ///< median of the floors
    friend bool operator==(const Hurry &, const Hurry &) = default;
};

/// Answers in a row after which Hurry is told.
inline constexpr int hurryStreak = 8;

struct Pace
{
    int decided = 0; ///< answers of any kind, marks included
    std::optional<qint64> medianMs; ///< of the looks that were measured
    int edits = 0;
    int sentBack = 0;
    int rejected = 0;
    int marked = 0; ///< spot checks among them
    std::optional<Hurry> hurry; ///< of the answers just given; ends with the first different one
    friend bool operator==(const Pace &, const Pace &) = default;
};
/// `reviewed` oldest first.
[[nodiscard]] Pace paceOf(const QList<Reviewed> &reviewed);

} // namespace countersign
