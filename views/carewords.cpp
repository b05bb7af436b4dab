// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/words.h"

#include "domain/translate.h"
#include "views/carewords.h"
#include "views/foreigntext.h"

#include <QDateTime>
#include <QLocale>

namespace countersign::words {

namespace {

constexpr qsizetype longestName = 60;

QString dayName(qint64 ms)
{
    return QLocale().dayName(QDateTime::fromMSecsSinceEpoch(ms).date().dayOfWeek(),
                             QLocale::ShortFormat);
}

template <class Minded> QStringList mindingOf(const Minded &item, qint64 nowMs)
{
    QStringList parts;
    const bool aside = item.setAsideUntilMs && *item.setAsideUntilMs > nowMs;
    if (const auto back = backOf(item, nowMs)) {
        parts.append(tr("back because %1").arg(because(*back)));
    } else if (aside) {
        parts.append(*item.setAsideUntilMs == untilSomethingChanges
                         ? tr("set aside until something changes")
                         : tr("set aside until %1").arg(moment(*item.setAsideUntilMs)));
    }
    if (item.followUpMs) {
        parts.append(*item.followUpMs <= nowMs
                         ? tr("to be followed up since %1").arg(day(*item.followUpMs))
                         : tr("follow up on %1").arg(day(*item.followUpMs)));
    }
    if (!item.assignee.isEmpty()) {
        parts.append(tr("assigned to %1").arg(foreignName(item.assigneeName, longestName)));
    }
    return parts;
}

} // namespace

QString because(Back back)
{
    switch (back) {
    case Back::Time:
        return tr("its time has come");
    case Back::Changed:
        return tr("the proposal changed");
    case Back::Updated:
        return tr("more is known of it");
    case Back::Comment:
        return tr("somebody commented");
    case Back::Effect:
        return tr("the agent reported");
    case Back::Part:
        break;
    }
    return tr("another part was decided");
}

QString moment(qint64 ms)
{
    return dayName(ms) + QLatin1Char(' ') + time(ms);
}

QString day(qint64 ms)
{
    return moment(ms).chopped(6); // without its hour
}

QString initials(const QString &name)
{
    const QStringList parts = name.simplified().split(QLatin1Char(' '));
    QString letters;
    for (const QString &part : {parts.first(), parts.size() > 1 ? parts.last() : QString()}) {
        for (const QChar c : part) {
            if (c.isLetterOrNumber()) {
                letters += c.toUpper();
                break;
            }
        }
    }
    return letters;
}

QStringList minding(const InboxRow &row, qint64 nowMs)
{
    return mindingOf(row, nowMs);
}

QString care(const Case &shown, qint64 nowMs)
{
    QString line = mindingOf(shown, nowMs).join(QStringLiteral(" · "));
    if (!line.isEmpty()) {
        line[0] = line.at(0).toUpper();
    }
    return line;
}

} // namespace countersign::words
