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
/// silent reading (238 words a minute: Brysbaert 2019, J. Memory and Language 109; faster than
/// about 600 is skimming: Rayner et al. 2016, Psych. Sci. Public Interest 17). A word is six
/// characters with its space. Never below 2 s, never above a minute: long cases are searched, not
/// read.
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

/// Something that is worth a thought, and no more than that: told to the reviewer first, and to a
/// lead only together with others (ladder: reviewer quality).
struct LookSign
{
    enum class Kind
    {
        TooQuick, ///< large cases, each answered in under two seconds
        OneAnswer, ///< the same answer, all of the newest
        NothingOpened, ///< no section unfolded, in all of the newest
        NeverDiffers ///< every answer is what the agent proposed
    };
    Kind kind = Kind::TooQuick;
    int cases = 0;
    friend bool operator==(const LookSign &, const LookSign &) = default;
};

/// From how many on a sign is told.
inline constexpr int quickCases = 3;
inline constexpr int oneAnswerStreak = 20;
inline constexpr int unopenedStreak = 20;
inline constexpr int agreedCases = 30;
inline constexpr qint64 largeCase = 1000; ///< characters; some 14 s even when skimmed
inline constexpr qint64 quickMs = 2000;

struct Pace
{
    int decided = 0; ///< answers of any kind, marks included
    std::optional<qint64> medianMs; ///< of the looks that were measured
    int edits = 0;
    int sentBack = 0;
    int rejected = 0;
    int marked = 0; ///< spot checks among them
    int agreed = 0; ///< approved as proposed, or marked correct
    std::optional<Hurry> hurry; ///< of the answers just given; ends with the first different one
    QList<LookSign> signs;
    friend bool operator==(const Pace &, const Pace &) = default;
};
/// The proposal was taken as it is.
[[nodiscard]] bool isAgreement(const QString &answer);
/// `reviewed` oldest first.
[[nodiscard]] Pace paceOf(const QList<Reviewed> &reviewed);

} // namespace countersign
