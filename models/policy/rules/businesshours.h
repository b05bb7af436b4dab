// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace countersign {

constexpr qint64 minuteMs = 60'000;

/// When people are there to decide. Time outside does not count towards a due time that says so.
struct BusinessHours
{
    QList<int> days{1, 2, 3, 4, 5}; ///< Monday is 1; never empty
    int fromMinute = 9 * 60; ///< of the day, in `zone`
    int toMinute = 17 * 60; ///< exclusive, after `fromMinute`
    QString zone = QStringLiteral("UTC"); ///< an IANA name
    friend bool operator==(const BusinessHours &, const BusinessHours &) = default;
};

/// The moment at which `lengthMs` of business time have passed since `fromMs`, both UTC. Pure but
/// for the machine's time zone data.
[[nodiscard]] qint64 afterBusinessTime(const BusinessHours &hours, qint64 fromMs, qint64 lengthMs);

} // namespace countersign
