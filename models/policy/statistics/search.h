// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/statistics/proportion.h"

namespace countersign::statistics {

/// The smallest n >= first for which `holds(n)`, which must stay true once true; nothing beyond
/// maxCases.
template <class Predicate> std::optional<qint64> smallestCount(qint64 first, Predicate holds)
{
    qint64 below = first - 1;
    qint64 step = 1;
    while (!holds(below + step)) {
        below += step;
        step *= 2;
        if (double(below + step) > maxCases) {
            return std::nullopt;
        }
    }
    qint64 found = below + step;
    while (found - below > 1) {
        const qint64 middle = below + (found - below) / 2;
        (holds(middle) ? found : below) = middle;
    }
    return found;
}

/// Whether `value` lies strictly between 0 and 1. False for NaN.
constexpr bool isInsideUnit(double value)
{
    return value > 0 && value < 1;
}

/// Whether `value` is in [0, 1]. False for NaN.
constexpr bool isInUnit(double value)
{
    return value >= 0 && value <= 1;
}

} // namespace countersign::statistics
