// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pace.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 leastFloorMs = 2000;
constexpr qint64 mostFloorMs = 60'000;
constexpr qint64 lettersAWord = 6;
constexpr qint64 wordsAMinute = 3LL * 238;

/// Without writing it out: it may hold megabytes.
qint64 lettersIn(const Json &value)
{
    qint64 letters = value.isString() ? value.toString().size() : value.numberText().size();
    for (const Json &item : value.items()) {
        letters += 1 + lettersIn(item);
    }
    for (const auto &[key, member] : value.members()) {
        letters += 2 + key.size() + lettersIn(member);
    }
    return letters;
}

qint64 medianOf(QList<qint64> values)
{
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isHurried(const Reviewed &one)
{
    return one.lookMs && *one.lookMs < readingFloorMs(one.size) && one.opened == 0;
}

std::optional<Hurry> hurryOf(const QList<Reviewed> &reviewed)
{
    QList<qint64> looks;
    QList<qint64> floors;
    for (auto it = reviewed.crbegin(); it != reviewed.crend(); ++it) {
        if (it->answer != reviewed.last().answer || !isHurried(*it)) {
            break;
        }
        looks.append(*it->lookMs);
        floors.append(readingFloorMs(it->size));
    }
    if (looks.size() < hurryStreak) {
        return std::nullopt;
    }
    return Hurry{int(looks.size()), reviewed.last().answer, medianOf(looks), medianOf(floors)};
}

/// How many of the newest in a row.
template <class Fits> int newest(const QList<Reviewed> &reviewed, Fits fits)
{
    return int(std::find_if_not(reviewed.crbegin(), reviewed.crend(), fits) - reviewed.crbegin());
}

QList<LookSign> signsOf(const QList<Reviewed> &reviewed, int agreed)
{
    QList<LookSign> signs;
    const auto tell = [&signs](LookSign::Kind kind, qint64 cases, int from) -> void {
        if (cases >= from) {
            signs.append({kind, int(cases)});
        }
    };
    tell(LookSign::Kind::TooQuick,
         std::count_if(reviewed.begin(), reviewed.end(),
                       [](const Reviewed &one) -> bool {
                           return one.lookMs && *one.lookMs < quickMs && one.size >= largeCase;
                       }),
         quickCases);
    tell(LookSign::Kind::OneAnswer,
         newest(reviewed,
                [&](const Reviewed &one) -> bool { return one.answer == reviewed.last().answer; }),
         oneAnswerStreak);
    tell(
        LookSign::Kind::NothingOpened,
        newest(reviewed, [](const Reviewed &one) -> bool { return one.lookMs && one.opened == 0; }),
        unopenedStreak);
    tell(LookSign::Kind::NeverDiffers, agreed == reviewed.size() ? agreed : 0, agreedCases);
    return signs;
}

} // namespace

bool isAgreement(const QString &answer)
{
    return answer == toWord(DecisionKind::Approve) || answer == toWord(Verdict::Correct);
}

qint64 readableSize(const Proposal &proposal)
{
    qint64 size = proposal.question.size() + proposal.recommendation.size()
        + proposal.reasoning.size() + proposal.impact.sentence.size()
        + lettersIn(proposal.arguments);
    for (const Evidence &item : proposal.evidence) {
        size += item.title.size() + item.text.size();
    }
    for (const QString &doubt : proposal.uncertainty) {
        size += doubt.size();
    }
    return size;
}

qint64 readingFloorMs(qint64 size)
{
    constexpr qint64 most = mostFloorMs * wordsAMinute * lettersAWord / 60'000;
    const qint64 letters = std::clamp<qint64>(size, 0, most);
    return std::max(leastFloorMs, letters * 60'000 / (lettersAWord * wordsAMinute));
}

Pace paceOf(const QList<Reviewed> &reviewed)
{
    Pace pace;
    QList<qint64> looks;
    for (const Reviewed &one : reviewed) {
        ++pace.decided;
        if (one.lookMs) {
            looks.append(*one.lookMs);
        }
        const auto kind = fromWord<DecisionKind>(one.answer);
        pace.edits += kind == DecisionKind::Edit ? 1 : 0;
        pace.sentBack += kind == DecisionKind::Respond ? 1 : 0;
        pace.rejected += kind == DecisionKind::Reject ? 1 : 0;
        pace.marked += kind ? 0 : 1;
        pace.agreed += isAgreement(one.answer) ? 1 : 0;
    }
    if (!looks.isEmpty()) {
        pace.medianMs = medianOf(looks);
    }
    pace.hurry = hurryOf(reviewed);
    pace.signs = signsOf(reviewed, pace.agreed);
    return pace;
}

} // namespace countersign
