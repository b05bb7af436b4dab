// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"
#include "store/reader.h"

#include <QBitArray>
#include <QHash>
#include <QString>

#include <optional>

namespace countersign {

/// A case as the inbox lists it.
struct InboxRow : CaseRow
{
    std::optional<qint64> sendAtMs; ///< end of the hold while its answer waits to go out
    bool mine = false; ///< assigned to whose eyes these are
    bool veiled = false; ///< to be answered blind: its long texts are not searched
};

enum class InboxQueue
{
    Open, ///< what needs a person: waiting, failed, in trouble; not set aside
    Mine, ///< of the open ones, spot checks included
    Waiting,
    FollowUp, ///< somebody wanted to look again, and the time has come; of any state
    SpotCheck, ///< done already, drawn for a look; in no other open queue
    Overdue,
    Trouble, ///< failed or in trouble
    SetAside,
    Underway, ///< held or sending
    DecidedToday, ///< ended since midnight, local time
    Any ///< every case; for the command line, not listed in the inbox
};
inline constexpr InboxQueue allInboxQueues[]
    = {InboxQueue::Open,      InboxQueue::Mine,        InboxQueue::Waiting, InboxQueue::FollowUp,
       InboxQueue::SpotCheck, InboxQueue::Overdue,     InboxQueue::Trouble, InboxQueue::SetAside,
       InboxQueue::Underway,  InboxQueue::DecidedToday};

/// Stable word of a queue for settings: "open", "decided_today"…
[[nodiscard]] QString toWord(InboxQueue queue);
[[nodiscard]] InboxQueue inboxQueueFromWord(const QString &word); ///< Open where unknown

/// In InboxFilter::assignees.
inline constexpr auto assignedToMe = QLatin1String("me");
inline constexpr auto assignedToNobody = QLatin1String("nobody");

/// Amounts of one currency; bounds are inclusive and exact.
struct AmountRange
{
    QString currency; ///< empty: of any
    std::optional<Decimal> min;
    std::optional<Decimal> max;
    friend bool operator==(const AmountRange &, const AmountRange &) = default;
};

/// Which cases. A value: kept, sent about, written as JSON. Lists hold exact values of which one
/// has to fit; empty members do not restrict. Spans are relative, so that a kept filter stays true.
struct InboxFilter
{
    InboxQueue queue = InboxQueue::Open;
    QString text; ///< every word of it must occur; case and accents do not matter
    QStringList caseTypes;
    QStringList actions;
    QStringList agents;
    QStringList endpoints; ///< ids
    QStringList queues; ///< CaseRow::queue
    QStringList assignees; ///< names, assignedToMe, assignedToNobody
    QList<Risk> risks;
    QList<CaseState> states;
    QList<AmountRange> amounts; ///< a case without an amount fits none
    std::optional<qint64> dueWithinMs; ///< due by now + this; 0: overdue
    bool withoutDue = false; ///< those without a due time; with dueWithinMs: these as well
    std::optional<qint64> minAgeMs; ///< inclusive
    std::optional<qint64> maxAgeMs; ///< inclusive
    bool knownConfidence = true; ///< those whose confidence is known, within the range
    bool unknownConfidence = true;
    std::optional<Decimal> minConfidence; ///< inclusive
    std::optional<Decimal> maxConfidence; ///< inclusive

    /// Whether anything but the queue restricts.
    [[nodiscard]] bool narrows() const;
    friend bool operator==(const InboxFilter &, const InboxFilter &) = default;
};

/// Members that do not restrict are left out; always with "version".
[[nodiscard]] Json toJson(const InboxFilter &filter);
/// Strict: InvalidInput names the member that is unknown, of the wrong kind or out of range.
[[nodiscard]] Result<InboxFilter> inboxFilterFromJson(const Json &json);

/// The words of a search as they are compared: separated by white space, folded; "1,250.00" is
/// "1250.00".
[[nodiscard]] QStringList filterWords(const QString &text);
/// Text as it is compared: compatibility forms, case, accents and invisible characters do not
/// matter.
[[nodiscard]] QString searchForm(const QString &text);

/// Words of a search, and the numbers of the cases whose whole text (arguments, reasoning,
/// evidence) holds them, as the store's full-text index tells it.
using DeepHits = QHash<QString, QBitArray>;
/// 12 of "c-12"; 0 for ids of another form.
[[nodiscard]] qint64 caseNumber(const CaseId &id);

/// The queue alone.
[[nodiscard]] bool isIn(InboxQueue queue, const InboxRow &row, qint64 nowMs);
/// Everything. Words of the text are looked for in headline, subject, agent, action, case type,
/// endpoint, queue, currency and id, and among `deep`. The plain form of what InboxModel does at
/// speed.
[[nodiscard]] bool matches(const InboxFilter &filter, const InboxRow &row, qint64 nowMs,
                           const DeepHits &deep = {});
/// Midnight before `nowMs`, local time.
[[nodiscard]] qint64 startOfDay(qint64 nowMs);

} // namespace countersign
