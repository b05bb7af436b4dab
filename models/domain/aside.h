// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace countersign {

/// What brought a case back that had been set aside. It waits as it did before; nothing is decided.
enum class Back
{
    Time,
    Changed, ///< the proposal is another one, or asked anew
    Updated, ///< what is known of it is more, or other
    Comment, ///< by somebody else
    Effect, ///< reported by the agent
    Part ///< another part of its question was decided
};
[[nodiscard]] QString toWord(Back value); ///< "changed"; the one written form
[[nodiscard]] std::optional<Back> backFromWord(const QString &word);

/// Case::setAsideUntilMs of a case that comes back once something changes.
inline constexpr qint64 untilSomethingChanges = (qint64(1) << 53) - 1;

/// Why a case or its row is back from where it was set aside, time included; nothing where it is
/// aside still, or never was since it was last decided.
template <class Parked> [[nodiscard]] std::optional<Back> backOf(const Parked &item, qint64 nowMs)
{
    const bool timeHasCome = item.setAsideUntilMs && *item.setAsideUntilMs <= nowMs;
    return timeHasCome ? std::optional<Back>(Back::Time) : item.back;
}

} // namespace countersign
