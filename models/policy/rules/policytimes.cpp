// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreader.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace countersign {

namespace {

constexpr int mostSteps = 10;

/// "90s", "30m", "4h", "2d" in milliseconds.
std::optional<qint64> duration(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{0,5})([smhd])$"));
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const qint64 count = match.captured(1).toLongLong();
    switch (match.captured(2).at(0).unicode()) {
    case u's':
        return count * 1000;
    case u'm':
        return count * minuteMs;
    case u'h':
        return count * 60 * minuteMs;
    default:
        return count * 24 * 60 * minuteMs;
    }
}

std::optional<qint64> readDuration(PolicyObjectReader &object, QLatin1String key)
{
    const auto text = object.text(key);
    const auto length = text ? duration(*text) : std::nullopt;
    if (text && !length) {
        object.fault(key, trPolicy("A time such as “30m”, “4h” or “2d” is wanted here."));
    }
    return length;
}

/// "09:30" in minutes; "24:00" ends a day.
std::optional<int> minuteOfDay(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([01][0-9]|2[0-4]):([0-5][0-9])$"));
    const auto match = form.match(text);
    const int minute
        = match.hasMatch() ? match.captured(1).toInt() * 60 + match.captured(2).toInt() : -1;
    return minute >= 0 && minute <= 24 * 60 ? std::optional<int>(minute) : std::nullopt;
}

int readMinute(PolicyObjectReader &hours, QLatin1String key, int otherwise)
{
    const auto text = hours.text(key);
    const auto minute = text ? minuteOfDay(*text) : std::nullopt;
    if (text && !minute) {
        hours.fault(key, trPolicy("A time of the day such as “09:00” is wanted here."));
    }
    return minute.value_or(otherwise);
}

void readDays(PolicyObjectReader &hours, BusinessHours &read)
{
    static const QStringList names{
        QStringLiteral("mon"), QStringLiteral("tue"), QStringLiteral("wed"), QStringLiteral("thu"),
        QStringLiteral("fri"), QStringLiteral("sat"), QStringLiteral("sun")};
    const QLatin1String key("days");
    const Json *days = hours.take(key);
    if (!days) {
        return;
    }
    read.days.clear();
    for (const Json &day : days->items()) {
        const int number = int(names.indexOf(day.toString())) + 1;
        if (number > 0 && !read.days.contains(number)) {
            read.days.append(number);
        } else {
            hours.fault(
                key,
                trPolicy("Each day once, by its name: %1.").arg(names.join(QLatin1String(", "))));
            return;
        }
    }
    if (read.days.isEmpty()) {
        hours.fault(key, trPolicy("At least one day is wanted here."));
    }
}

void readPath(PolicyObjectReader &due, PolicyDue &read)
{
    const QLatin1String key("path");
    const Json *path = due.take(key);
    const bool escalates = read.atZero == AtZero::Escalate;
    const bool steps
        = path && path->isArray() && !path->items().isEmpty() && path->items().size() <= mostSteps;
    if (escalates != (path != nullptr) || (path && !steps)) {
        due.fault(
            key,
            escalates
                ? trPolicy("Say where it is escalated: a list of 1 to %1 queues.").arg(mostSteps)
                : trPolicy("Only what is escalated at zero has a path."));
        return;
    }
    for (int i = 0; steps && i < path->items().size(); ++i) {
        PolicyObjectReader step(path->items()[i],
                                due.pathOf(u"path") + QStringLiteral("/%1").arg(i), due.faults());
        const QLatin1String afterKey("after");
        const bool timed = path->items()[i].contains(u"after");
        const auto after = readDuration(step, afterKey);
        if (timed != (i > 0)) {
            step.fault(afterKey,
                       i > 0 ? trPolicy("Say how long after the step before.")
                             : trPolicy("The first step happens at zero and has no time."));
        }
        const QLatin1String queueKey("queue");
        const auto queue = step.text(queueKey, 60);
        if (!queue && !path->items()[i].contains(u"queue")) {
            step.fault(queueKey, trPolicy("Say to which queue it is escalated."));
        }
        step.refuseUnknownMembers();
        read.path.append({after.value_or(0), queue.value_or(QString())});
    }
}

} // namespace

std::optional<PolicyDue> readDue(PolicyObjectReader &object)
{
    const Json *given = object.take(QLatin1String("due"));
    if (!given) {
        return std::nullopt;
    }
    PolicyObjectReader due(*given, object.pathOf(u"due"), object.faults());
    PolicyDue read;
    const auto after = readDuration(due, QLatin1String("after"));
    if (!after && !given->contains(u"after")) {
        due.fault(QLatin1String("after"), trPolicy("Say after how long the case is due."));
    }
    read.afterMs = after.value_or(0);
    read.businessHours = due.flag(QLatin1String("business_hours")).value_or(false);
    read.atZero = due.word(QLatin1String("at_zero"),
                           QList{AtZero::Wait, AtZero::Remind, AtZero::Escalate, AtZero::Reject})
                      .value_or(AtZero::Wait);
    readPath(due, read);
    due.refuseUnknownMembers();
    return read;
}

BusinessHours readHours(PolicyObjectReader &object)
{
    BusinessHours read;
    const Json *given = object.take(QLatin1String("business_hours"));
    if (!given) {
        return read;
    }
    PolicyObjectReader hours(*given, object.pathOf(u"business_hours"), object.faults());
    readDays(hours, read);
    read.fromMinute = readMinute(hours, QLatin1String("from"), read.fromMinute);
    read.toMinute = readMinute(hours, QLatin1String("to"), read.toMinute);
    if (read.toMinute <= read.fromMinute) {
        hours.fault(QLatin1String("to"), trPolicy("The day ends before it begins."));
    }
    const QLatin1String zoneKey("zone");
    if (const auto zone = hours.text(zoneKey)) {
        read.zone = *zone;
        if (!QTimeZone::isTimeZoneIdAvailable(zone->toLatin1())) {
            hours.fault(zoneKey, trPolicy("A time zone such as “Europe/Berlin” is wanted here."));
        }
    }
    hours.refuseUnknownMembers();
    return read;
}

} // namespace countersign
