// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/caretimes.h"

#include "domain/clock.h"
#include "domain/translate.h"

#include <QDateTime>

namespace countersign {

namespace {

constexpr int morningHour = 9;
constexpr qint64 halfHourMs = 30 * 60'000;
constexpr int laterHalfHours = 6;

std::optional<qint64> named(const QString &text, qint64 nowMs)
{
    if (text == QLatin1String("later")) {
        return laterToday(nowMs);
    }
    if (text == QLatin1String("tomorrow")) {
        return tomorrowMorning(nowMs);
    }
    return text == QLatin1String("next-week") ? std::optional<qint64>(nextWeek(nowMs))
                                              : std::nullopt;
}

std::optional<qint64> local(const QString &text)
{
    QString one = text;
    one.replace(QLatin1Char(' '), QLatin1Char('T'));
    for (const QString &format :
         {QStringLiteral("yyyy-MM-ddTHH:mm"), QStringLiteral("yyyy-MM-ddTHH:mm:ss")}) {
        const QDateTime time = QDateTime::fromString(one, format);
        if (time.isValid()) {
            return time.toMSecsSinceEpoch();
        }
    }
    return std::nullopt;
}

std::optional<qint64> day(const QString &text)
{
    const QDate date = QDate::fromString(text, Qt::ISODate);
    return date.isValid() && text.size() == 10 ? std::optional<qint64>(morningOf(date))
                                               : std::nullopt;
}

Result<qint64> toCome(const std::optional<qint64> &ms, qint64 nowMs, const QString &text)
{
    if (*ms <= nowMs) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is past already; give a time to come.").arg(text.left(40)));
    }
    return *ms;
}

} // namespace

std::optional<qint64> laterToday(qint64 nowMs)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs);
    const qint64 intoDay = now.time().msecsSinceStartOfDay();
    const qint64 halfHours = (intoDay + halfHourMs - 1) / halfHourMs + laterHalfHours;
    const qint64 ms = nowMs - intoDay + halfHours * halfHourMs;
    return localDay(ms) == now.date() ? std::optional<qint64>(ms) : std::nullopt;
}

qint64 tomorrowMorning(qint64 nowMs)
{
    return morningOf(localDay(nowMs).addDays(1));
}

qint64 nextWeek(qint64 nowMs)
{
    const QDate today = localDay(nowMs);
    return morningOf(today.addDays(8 - today.dayOfWeek()));
}

qint64 morningOf(const QDate &day)
{
    const QDateTime morning(day, QTime(morningHour, 0));
    return (morning.isValid() ? morning : day.startOfDay()).toMSecsSinceEpoch();
}

QDate localDay(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).date();
}

Result<qint64> timeToCome(const QString &text, qint64 nowMs)
{
    if (text == QLatin1String("later") && !laterToday(nowMs)) {
        return fail(ErrorCode::InvalidInput, tr("Today is nearly over; give another time."));
    }
    for (const auto &found : {named(text, nowMs), day(text), local(text), parseIsoTime(text)}) {
        if (found) {
            return toCome(found, nowMs, text);
        }
    }
    return fail(ErrorCode::InvalidInput,
                tr("“%1” is no time; give later, tomorrow, next-week, 2026-12-31 or "
                   "\"2026-12-31 14:30\".")
                    .arg(text.left(40)));
}

Result<qint64> dayToCome(const QString &text, qint64 nowMs)
{
    for (const auto &found :
         {text == QLatin1String("later") ? std::nullopt : named(text, nowMs), day(text)}) {
        if (found) {
            return toCome(found, nowMs, text);
        }
    }
    return fail(ErrorCode::InvalidInput,
                tr("“%1” is no day; give tomorrow, next-week or 2026-12-31.").arg(text.left(40)));
}

} // namespace countersign
