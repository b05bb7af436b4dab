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

} // namespace

qint64 readableSize(const Proposal &proposal)
{
    qint64 size = proposal.question.size() + proposal.recommendation.size()
        + proposal.reasoning.size() + proposal.impact.sentence.size()
        + toJson(proposal.arguments).size();
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
    }
    if (!looks.isEmpty()) {
        pace.medianMs = medianOf(looks);
    }
    pace.hurry = hurryOf(reviewed);
    return pace;
}

} // namespace countersign
