// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxfilter.h"

#include <QDateTime>

namespace countersign {

QString toWord(InboxQueue queue)
{
    switch (queue) {
    case InboxQueue::Open:
        return QStringLiteral("open");
    case InboxQueue::Waiting:
        return QStringLiteral("waiting");
    case InboxQueue::Overdue:
        return QStringLiteral("overdue");
    case InboxQueue::Trouble:
        return QStringLiteral("trouble");
    case InboxQueue::SetAside:
        return QStringLiteral("set_aside");
    case InboxQueue::Underway:
        return QStringLiteral("underway");
    case InboxQueue::DecidedToday:
        break;
    }
    return QStringLiteral("decided_today");
}

InboxQueue inboxQueueFromWord(const QString &word)
{
    for (const InboxQueue queue : allInboxQueues) {
        if (toWord(queue) == word) {
            return queue;
        }
    }
    return InboxQueue::Open;
}

bool InboxFilter::narrows() const
{
    InboxFilter plain;
    plain.queue = queue;
    return *this != plain;
}

qint64 startOfDay(qint64 nowMs)
{
    return QDateTime::fromMSecsSinceEpoch(nowMs).date().startOfDay().toMSecsSinceEpoch();
}

bool isIn(InboxQueue queue, const InboxRow &row, qint64 nowMs)
{
    const bool aside = row.setAsideUntilMs && *row.setAsideUntilMs > nowMs;
    const bool waiting = row.state == CaseState::Waiting;
    const bool trouble = row.state == CaseState::Trouble || row.state == CaseState::Failed;
    switch (queue) {
    case InboxQueue::Open:
        return (waiting || trouble) && !aside;
    case InboxQueue::Waiting:
        return waiting && !aside;
    case InboxQueue::Overdue:
        return waiting && row.dueMs && *row.dueMs < nowMs;
    case InboxQueue::Trouble:
        return trouble;
    case InboxQueue::SetAside:
        return (waiting || trouble) && aside;
    case InboxQueue::Underway:
        return row.state == CaseState::Held || row.state == CaseState::Sending;
    case InboxQueue::DecidedToday:
        return (row.state == CaseState::Delivered || row.state == CaseState::Superseded)
            && row.updatedMs >= startOfDay(nowMs);
    }
    return false;
}

namespace {

bool confidenceFits(const InboxFilter &filter, const InboxRow &row)
{
    if (!row.confidence) {
        return filter.unknownConfidence;
    }
    return filter.knownConfidence
        && (!filter.minConfidence || *row.confidence >= *filter.minConfidence)
        && (!filter.maxConfidence || *row.confidence <= *filter.maxConfidence);
}

bool textFits(const QString &text, const InboxRow &row)
{
    const QString fields[]{row.headline, row.subject,      row.agent,         row.action,
                           row.caseType, row.endpointName, row.id.toString(), row.impact.currency};
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&fields](const QString &word) -> bool {
        return std::any_of(std::begin(fields), std::end(fields), [&word](const QString &f) -> bool {
            return f.contains(word, Qt::CaseInsensitive);
        });
    });
}

} // namespace

bool matches(const InboxFilter &filter, const InboxRow &row, qint64 nowMs)
{
    return isIn(filter.queue, row, nowMs)
        && (filter.caseType.isEmpty() || row.caseType == filter.caseType)
        && confidenceFits(filter, row) && (filter.text.isEmpty() || textFits(filter.text, row));
}

} // namespace countersign
