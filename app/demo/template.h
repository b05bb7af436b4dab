// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <random>

namespace countersign::demo {

/// Repeatable chance: the same seed gives the same rolls on every platform.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_engine(seed) { }
    void reseed(quint64 seed) { m_engine.seed(seed); }
    [[nodiscard]] qint64 below(qint64 count); ///< 0 … count - 1; 0 where count is not positive
    [[nodiscard]] qint64 between(qint64 low, qint64 high); ///< both included
    template <class List> void shuffle(List &list)
    {
        for (qsizetype i = list.size() - 1; i > 0; --i) {
            list.swapItemsAt(i, below(i + 1));
        }
    }

private:
    std::mt19937_64 m_engine;
};

/// Rolls the values that a scenario's "vars" describe, in order:
///   ["a", {...}]        one of the list
///   "pool:customers"    one of a pool
///   "digits:5" "hex:8"  characters; "int:2:9" a number
///   "money:520:1480"    an amount with two decimals
///   "plus:a:b" "minus:a:b" "percent:a:15"   of amounts: names of earlier values or literals
///   "date:-12"          a date, days from today; "day:2" its weekday
[[nodiscard]] Json rollVars(const Json &vars, const Json &pools, Dice &dice, qint64 nowMs);

/// Puts values in the place of {name}, {name.field} and {name|n} (an amount with thousands
/// separated) in every string; a string that is just {=name} becomes the value itself. What has no
/// value stays as it is.
[[nodiscard]] QString fillText(const QString &text, const Json &vars);
[[nodiscard]] Json fill(const Json &value, const Json &vars);

} // namespace countersign::demo
