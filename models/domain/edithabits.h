// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

namespace countersign {

/// A past case that was approved, as it was proposed and as it went out.
struct PastAnswer
{
    Json proposed;
    Json sent; ///< the same where nothing was changed
};

/// A change that people make again and again.
struct EditHabit
{
    enum class Kind
    {
        SetTo, ///< whatever stood there, to one value
        CappedAt, ///< what was more, to one number; what was not more was left alone
        RaisedTo, ///< what was less, to one number; what was not less was left alone
        Lowered, ///< each time to another number
        Raised,
        LeftOut
    };
    Kind kind = Kind::SetTo;
    QString pointer; ///< RFC 6901, into the arguments
    Json value; ///< of the first three
    int times = 0;
    int of = 0; ///< of so many cases that have something there
    friend bool operator==(const EditHabit &, const EditHabit &) = default;
};

inline constexpr int habitWindow = 10; ///< answers that are looked at, the newest
inline constexpr int habitTimes = 3; ///< as often makes a habit

/// What the same change was made to at least `habitTimes` of the newest `habitWindow` answers
/// (`past` is newest first), the most frequent first.
[[nodiscard]] QList<EditHabit> editHabits(const QList<PastAnswer> &past);

} // namespace countersign
