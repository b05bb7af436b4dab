// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/words.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace countersign {

/// How a person looked at a case before answering it. Measured where it was shown
/// (items/lookmeter.h), recorded with the answer.
struct Look
{
    qint64 lookMs = 0; ///< in sight in the active window, by a clock that never goes back
    qint64 size = 0; ///< characters there were to read
    QStringList opened; ///< sections the person opened: our own words, each once
    int streak = 1; ///< this answer is the how manieth alike in a row
    bool blind = false; ///< the agent's advice was hidden until the person's own answer stood
    friend bool operator==(const Look &, const Look &) = default;
};

/// A verdict given by hand, on a case of which nothing is ever sent.
struct Mark
{
    Verdict verdict = Verdict::Correct;
    QString reason;
    PersonId person;
    QString personName;
    qint64 atMs = 0;
    bool blind = false;
    int times = 1; ///< more than one: it was corrected
};

/// Whether an action that an agent ran by itself is to be looked at. policy/spotcheck.h says how it
/// is drawn.
struct SpotDraw
{
    qint64 index = 0; ///< 1, 2, 3… within the log
    QString seed; ///< 32 bytes in hex, one for the whole log
    QString probability; ///< a decimal in (0, 1]
    bool drawn = false;
    bool outlier = false; ///< looked at for what it is, not by chance
    EndpointId endpoint;
    QString question; ///< the endpoint's own name of the action
    QString agent;
    QString action;
    QString caseType;
    CaseId caseId; ///< where drawn
    qint64 atMs = 0;
};

/// A probability as a decimal in (0, 1] of at most 18 decimals, exact: "0.05", "1".
[[nodiscard]] bool isShare(const QString &share);
/// Whether number / 2^64 < share, exactly. False where it is no share.
[[nodiscard]] bool isWithin(quint64 number, const QString &share);

/// Whether this person answers this case blind, where a share of cases is: by SHA-256 of both ids,
/// so that it is the same at every look. Pure.
[[nodiscard]] bool isBlindCase(const CaseId &id, const PersonId &person, const QString &share);

/// What a lead may set; each is a signed event. Values are shares, or "0" for off.
namespace setting {
inline constexpr auto spotCheckRate = "spot_check_rate"; ///< never 0
inline constexpr auto blindRate = "blind_rate"; ///< for everybody, or one person
inline constexpr auto knownAnswerRate = "known_answer_rate";
} // namespace setting

/// A past case whose right answer is known, asked again.
struct KnownAnswer
{
    CaseId from; ///< empty where it came from a file
    QSet<DecisionKind> right; ///< every answer that counts as right
    QString why; ///< a sentence for the reviewer, afterwards
};

/// What became of a known-answer case.
struct CheckedAnswer
{
    CaseId caseId;
    PersonId person;
    QString personName;
    DecisionKind answer = DecisionKind::Approve;
    bool right = false;
    qint64 atMs = 0;
};

/// One answer of a person, as the figures on reviewing need it.
struct Reviewed
{
    qint64 atMs = 0;
    QString answer; ///< DecisionKind or Verdict, its word
    std::optional<qint64> lookMs; ///< unknown where it was not decided on a screen
    qint64 size = 0;
    int opened = 0; ///< how many sections
};

} // namespace countersign
