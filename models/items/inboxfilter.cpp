// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxfilter.h"

#include <QDateTime>
#include <QRegularExpression>

namespace countersign {

QString toWord(InboxQueue queue)
{
    switch (queue) {
    case InboxQueue::Open:
        return QStringLiteral("open");
    case InboxQueue::Mine:
        return QStringLiteral("mine");
    case InboxQueue::Waiting:
        return QStringLiteral("waiting");
    case InboxQueue::FollowUp:
        return QStringLiteral("follow_up");
    case InboxQueue::SpotCheck:
        return QStringLiteral("spot_check");
    case InboxQueue::Overdue:
        return QStringLiteral("overdue");
    case InboxQueue::Trouble:
        return QStringLiteral("trouble");
    case InboxQueue::SetAside:
        return QStringLiteral("set_aside");
    case InboxQueue::Underway:
        return QStringLiteral("underway");
    case InboxQueue::DecidedToday:
        return QStringLiteral("decided_today");
    case InboxQueue::Any:
        break;
    }
    return QStringLiteral("any");
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
    if (queue == InboxQueue::FollowUp) {
        return row.followUpMs && *row.followUpMs <= nowMs;
    }
    if (queue == InboxQueue::Mine) {
        return row.mine && (waiting || trouble) && !aside;
    }
    if (row.spotCheck && row.state != CaseState::Marked && queue != InboxQueue::SetAside
        && queue != InboxQueue::Any) {
        return queue == InboxQueue::SpotCheck && waiting && !aside;
    }
    switch (queue) {
    case InboxQueue::SpotCheck:
    case InboxQueue::Mine:
    case InboxQueue::FollowUp:
        return false;
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
        return (row.state == CaseState::Delivered || row.state == CaseState::Superseded
                || row.state == CaseState::Marked)
            && row.updatedMs >= startOfDay(nowMs);
    case InboxQueue::Any:
        return true;
    }
    return false;
}

QString searchForm(const QString &text)
{
    QString form = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    form.removeIf([](QChar c) -> bool {
        return c.unicode() > 0x7f
            && (c.category() == QChar::Other_Format
                || (c.category() == QChar::Mark_NonSpacing
                    && c.script() == QChar::Script_Inherited));
    });
    return form;
}

QStringList filterWords(const QString &text)
{
    static const QRegularExpression grouped(QStringLiteral("^\\d{1,3}(,\\d{3})+(\\.\\d*)?$"));
    QStringList words = searchForm(text).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString &word : words) {
        if (word.contains(QLatin1Char(',')) && grouped.match(word).hasMatch()) {
            word.remove(QLatin1Char(','));
        }
    }
    words.removeDuplicates();
    return words;
}

qint64 caseNumber(const CaseId &id)
{
    const QStringView text(id.toString());
    bool canonical = text.startsWith(u"c-") && text.size() > 2 && text[2] != u'0';
    const qint64 number = canonical ? text.mid(2).toLongLong(&canonical) : 0;
    return canonical && number > 0 ? number : 0;
}

namespace {

template <class T> bool oneOf(const QList<T> &wanted, const T &value)
{
    return wanted.isEmpty() || wanted.contains(value);
}

bool assigneeFits(const QStringList &wanted, const InboxRow &row)
{
    return wanted.isEmpty() || (row.mine && wanted.contains(assignedToMe))
        || (row.assignee.isEmpty() ? wanted.contains(assignedToNobody)
                                   : wanted.contains(row.assigneeName));
}

bool confidenceFits(const InboxFilter &filter, const InboxRow &row)
{
    if (!row.confidence) {
        return filter.unknownConfidence;
    }
    return filter.knownConfidence
        && (!filter.minConfidence || *row.confidence >= *filter.minConfidence)
        && (!filter.maxConfidence || *row.confidence <= *filter.maxConfidence);
}

bool amountFits(const InboxFilter &filter, const Impact &impact)
{
    return filter.amounts.isEmpty()
        || (impact.amount
            && std::any_of(filter.amounts.begin(), filter.amounts.end(),
                           [&impact](const AmountRange &range) -> bool {
                               return (range.currency.isEmpty()
                                       || range.currency == impact.currency)
                                   && (!range.min || *impact.amount >= *range.min)
                                   && (!range.max || *impact.amount <= *range.max);
                           }));
}

bool timesFit(const InboxFilter &filter, const InboxRow &row, qint64 nowMs)
{
    if ((filter.dueWithinMs || filter.withoutDue)
        && !(row.dueMs ? filter.dueWithinMs && *row.dueMs <= nowMs + *filter.dueWithinMs
                       : filter.withoutDue)) {
        return false;
    }
    const qint64 age = nowMs - row.createdMs;
    return (!filter.minAgeMs || age >= *filter.minAgeMs)
        && (!filter.maxAgeMs || age <= *filter.maxAgeMs);
}

bool textFits(const QString &text, const InboxRow &row, const DeepHits &deep)
{
    const QString fields[]{row.headline, row.subject,         row.agent,
                           row.action,   row.caseType,        row.endpointName,
                           row.queue,    row.impact.currency, row.id.toString()};
    const QStringList words = filterWords(text);
    const qint64 number = caseNumber(row.id);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) -> bool {
        const QBitArray hits = row.veiled ? QBitArray() : deep.value(word);
        return (number < hits.size() && hits.testBit(number))
            || std::any_of(std::begin(fields), std::end(fields), [&word](const QString &f) -> bool {
                   return searchForm(f).contains(word);
               });
    });
}

} // namespace

bool matches(const InboxFilter &filter, const InboxRow &row, qint64 nowMs, const DeepHits &deep)
{
    return isIn(filter.queue, row, nowMs) && oneOf(filter.caseTypes, row.caseType)
        && oneOf(filter.actions, row.action) && oneOf(filter.agents, row.agent)
        && oneOf(filter.endpoints, row.endpoint.toString()) && oneOf(filter.queues, row.queue)
        && assigneeFits(filter.assignees, row) && oneOf(filter.risks, row.risk)
        && oneOf(filter.states, row.state) && confidenceFits(filter, row)
        && amountFits(filter, row.impact) && timesFit(filter, row, nowMs)
        && (filter.text.isEmpty() || textFits(filter.text, row, deep));
}

} // namespace countersign
