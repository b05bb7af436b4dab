// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxorder.h"

#include <QDateTime>

namespace countersign {

namespace {

constexpr qint64 hourMs = 60LL * 60 * 1000;

std::strong_ordering order(const QString &a, const QString &b)
{
    const int folded = QString::compare(a, b, Qt::CaseInsensitive);
    return (folded != 0 ? folded : QString::compare(a, b)) <=> 0;
}

/// Nothing stands last.
template <class T>
std::strong_ordering order(const std::optional<T> &a, const std::optional<T> &b, bool upward)
{
    if (!a || !b) {
        return b.has_value() <=> a.has_value();
    }
    return upward ? *a <=> *b : *b <=> *a;
}

int severity(Risk risk)
{
    return risk == Risk::Unknown ? int(Risk::High) + 1 : int(risk);
}

std::strong_ordering order(InboxColumn column, const InboxRow &a, const InboxRow &b)
{
    switch (column) {
    case InboxColumn::Due:
        return order(a.dueMs, b.dueMs, true);
    case InboxColumn::Risk:
        return severity(b.risk) <=> severity(a.risk);
    case InboxColumn::Age:
        return a.createdMs <=> b.createdMs;
    case InboxColumn::Amount:
        return order(a.impact.amount, b.impact.amount, false);
    case InboxColumn::Confidence:
        return order(b.confidence, a.confidence, false);
    case InboxColumn::CaseType:
        return order(a.caseType, b.caseType);
    case InboxColumn::Action:
        return order(a.action, b.action);
    case InboxColumn::Agent:
        return order(a.agent, b.agent);
    case InboxColumn::Endpoint:
        return order(a.endpointName, b.endpointName);
    case InboxColumn::Queue:
        break;
    }
    return order(a.queue, b.queue);
}

} // namespace

QString toWord(InboxColumn column)
{
    switch (column) {
    case InboxColumn::Due:
        return QStringLiteral("due");
    case InboxColumn::Risk:
        return QStringLiteral("risk");
    case InboxColumn::Age:
        return QStringLiteral("age");
    case InboxColumn::Amount:
        return QStringLiteral("amount");
    case InboxColumn::Confidence:
        return QStringLiteral("confidence");
    case InboxColumn::CaseType:
        return QStringLiteral("case_type");
    case InboxColumn::Action:
        return QStringLiteral("action");
    case InboxColumn::Agent:
        return QStringLiteral("agent");
    case InboxColumn::Endpoint:
        return QStringLiteral("endpoint");
    case InboxColumn::Queue:
        break;
    }
    return QStringLiteral("queue");
}

QString toWord(InboxGroup group)
{
    switch (group) {
    case InboxGroup::None:
        break;
    case InboxGroup::CaseType:
        return QStringLiteral("case_type");
    case InboxGroup::Action:
        return QStringLiteral("action");
    case InboxGroup::Queue:
        return QStringLiteral("queue");
    case InboxGroup::Due:
        return QStringLiteral("due");
    }
    return QStringLiteral("none");
}

QString toWords(const QList<InboxSortKey> &keys)
{
    QStringList words;
    for (const InboxSortKey &key : keys) {
        words.append((key.reversed ? QStringLiteral("-") : QString()) + toWord(key.column));
    }
    return words.join(QLatin1Char(','));
}

std::optional<QList<InboxSortKey>> inboxKeysFromWords(const QString &words)
{
    QList<InboxSortKey> keys;
    for (const QString &word : words.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const bool reversed = word.startsWith(QLatin1Char('-'));
        const QString name = word.mid(reversed ? 1 : 0);
        const auto *column
            = std::find_if(std::begin(allInboxColumns), std::end(allInboxColumns),
                           [&name](InboxColumn one) -> bool { return toWord(one) == name; });
        const bool twice = column != std::end(allInboxColumns)
            && std::any_of(keys.begin(), keys.end(), [column](const InboxSortKey &key) -> bool {
                               return key.column == *column;
                           });
        if (column == std::end(allInboxColumns) || twice) {
            return std::nullopt;
        }
        keys.append({*column, reversed});
    }
    return keys;
}

InboxGroup inboxGroupFromWord(const QString &word)
{
    const auto *group
        = std::find_if(std::begin(allInboxGroups), std::end(allInboxGroups),
                       [&word](InboxGroup one) -> bool { return toWord(one) == word; });
    return group == std::end(allInboxGroups) ? InboxGroup::None : *group;
}

DueBands::DueBands(qint64 nowMs)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    m_from[int(DueBand::Overdue)] = std::numeric_limits<qint64>::min();
    m_from[int(DueBand::Hour)] = nowMs;
    m_from[int(DueBand::Today)] = nowMs + hourMs;
    m_from[int(DueBand::Tomorrow)] = today.addDays(1).startOfDay().toMSecsSinceEpoch();
    m_from[int(DueBand::Week)] = today.addDays(2).startOfDay().toMSecsSinceEpoch();
    m_from[int(DueBand::Later)] = nowMs + 7 * 24 * hourMs;
}

DueBand DueBands::of(const std::optional<qint64> &dueMs) const
{
    if (!dueMs) {
        return DueBand::None;
    }
    int band = 0;
    for (int i = 1; i < dueBandCount - 1; ++i) {
        band = *dueMs >= m_from[i] ? i : band;
    }
    return DueBand(band);
}

bool isTextBefore(const QString &a, const QString &b)
{
    return order(a, b) < 0;
}

bool isBefore(const QList<InboxSortKey> &keys, const InboxRow &a, const InboxRow &b)
{
    for (const InboxSortKey &key : keys) {
        const auto ordered = order(key.column, a, b);
        if (ordered != 0) {
            return key.reversed ? ordered > 0 : ordered < 0;
        }
    }
    if (a.createdMs != b.createdMs) {
        return a.createdMs < b.createdMs;
    }
    const QString &x = a.id.toString();
    const QString &y = b.id.toString();
    return x.size() != y.size() ? x.size() < y.size() : x < y; // "c-9" before "c-10"
}

} // namespace countersign
