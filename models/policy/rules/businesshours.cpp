// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/businesshours.h"

#include <QDateTime>
#include <QTimeZone>

namespace countersign {

namespace {

constexpr int week = 7;

qint64 momentOf(const QDate &day, int minute, const QTimeZone &zone)
{
    const int lastMinute = 24 * 60;
    return minute == lastMinute
        ? QDateTime(day.addDays(1), QTime(0, 0), zone).toMSecsSinceEpoch()
        : QDateTime(day, QTime(minute / 60, minute % 60), zone).toMSecsSinceEpoch();
}

} // namespace

qint64 afterBusinessTime(const BusinessHours &hours, qint64 fromMs, qint64 lengthMs)
{
    const QTimeZone zone(hours.zone.toLatin1());
    QDate day = QDateTime::fromMSecsSinceEpoch(fromMs, zone).date();
    qint64 left = lengthMs;
    const qint64 weekly = hours.days.size() * (hours.toMinute - hours.fromMinute) * minuteMs;
    for (bool skipped = false;; day = day.addDays(1)) {
        if (!hours.days.contains(day.dayOfWeek())) {
            continue;
        }
        const qint64 opens = qMax(fromMs, momentOf(day, hours.fromMinute, zone));
        const qint64 closes = momentOf(day, hours.toMinute, zone);
        if (closes <= opens) {
            continue;
        }
        if (left <= closes - opens) {
            return opens + left;
        }
        left -= closes - opens;
        if (!skipped && left > weekly) { // whole weeks at once: a due time may be years away
            const qint64 weeks = (left - 1) / weekly;
            day = day.addDays(weeks * week);
            left -= weeks * weekly;
        }
        skipped = true;
    }
}

} // namespace countersign
