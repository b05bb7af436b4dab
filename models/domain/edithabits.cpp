// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/edithabits.h"

#include "domain/jsonchanges.h"
#include "domain/schema/numbers.h"

#include <QMap>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype mostChanges = 50; // of one case; who changes more changes no one thing

/// What was made of one place, case by case.
struct Place
{
    QList<JsonChange> changes;
    QList<Json> untouched; ///< what stood there where it was left alone
};

bool isNumbers(const JsonChange &change)
{
    return change.before && change.after && change.before->isNumber() && change.after->isNumber();
}

bool isLower(const JsonChange &change)
{
    return isNumbers(change)
        && jsonnumber::compare(change.after->numberText(), change.before->numberText()) < 0;
}

bool isHigher(const JsonChange &change)
{
    return isNumbers(change) && !isLower(change)
        && !jsonnumber::same(*change.after, *change.before);
}

/// Whether everything that was left alone is on the right side of `bound`.
bool respects(const QList<Json> &untouched, const Json &bound, bool above)
{
    return std::all_of(untouched.cbegin(), untouched.cend(), [&](const Json &value) -> bool {
        if (!value.isNumber()) {
            return false;
        }
        const auto order = jsonnumber::compare(value.numberText(), bound.numberText());
        return above ? order >= 0 : order <= 0;
    });
}

std::optional<EditHabit> oneValue(const Place &place)
{
    QMap<QByteArray, QList<JsonChange>> byValue;
    for (const JsonChange &change : place.changes) {
        byValue[change.after ? jsonnumber::sameKey(*change.after) : QByteArray()].append(change);
    }
    const auto most
        = std::max_element(byValue.cbegin(), byValue.cend(),
                           [](const auto &a, const auto &b) { return a.size() < b.size(); });
    if (most == byValue.cend() || most->size() < habitTimes) {
        return std::nullopt;
    }
    EditHabit habit{.times = int(most->size())};
    if (!most->first().after) {
        habit.kind = EditHabit::Kind::LeftOut;
        return habit;
    }
    habit.value = *most->first().after;
    if (std::all_of(most->cbegin(), most->cend(), isLower)
        && respects(place.untouched, habit.value, false)) {
        habit.kind = EditHabit::Kind::CappedAt;
    } else if (std::all_of(most->cbegin(), most->cend(), isHigher)
               && respects(place.untouched, habit.value, true)) {
        habit.kind = EditHabit::Kind::RaisedTo;
    }
    return habit;
}

std::optional<EditHabit> oneDirection(const Place &place)
{
    const auto lower = std::count_if(place.changes.cbegin(), place.changes.cend(), isLower);
    const auto higher = std::count_if(place.changes.cbegin(), place.changes.cend(), isHigher);
    if (std::max(lower, higher) < habitTimes || std::min(lower, higher) > 0) {
        return std::nullopt;
    }
    return EditHabit{.kind = lower > 0 ? EditHabit::Kind::Lowered : EditHabit::Kind::Raised,
                     .times = int(std::max(lower, higher))};
}

} // namespace

QList<EditHabit> editHabits(const QList<PastAnswer> &past)
{
    const QList<PastAnswer> lately = past.mid(0, habitWindow);
    QMap<QString, Place> places;
    for (const PastAnswer &each : lately) {
        for (const JsonChange &change : jsonChanges(each.proposed, each.sent).mid(0, mostChanges)) {
            places[change.pointer].changes.append(change);
        }
    }
    QList<EditHabit> habits;
    for (auto it = places.begin(); it != places.end(); ++it) {
        if (it->changes.size() < habitTimes) {
            continue;
        }
        for (const PastAnswer &each : lately) {
            const Json *before = each.proposed.at(it.key());
            const Json *after = each.sent.at(it.key());
            if (before != nullptr && after != nullptr && *before == *after) {
                it->untouched.append(*before);
            }
        }
        std::optional<EditHabit> habit = oneValue(*it);
        if (!habit) {
            habit = oneDirection(*it);
        }
        if (habit) {
            habit->pointer = it.key();
            habit->of = int(it->changes.size() + it->untouched.size());
            habits.append(*habit);
        }
    }
    std::stable_sort(habits.begin(), habits.end(),
                     [](const EditHabit &a, const EditHabit &b) { return a.times > b.times; });
    return habits;
}

} // namespace countersign
