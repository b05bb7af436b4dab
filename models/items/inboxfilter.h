// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

#include <QString>

#include <optional>

namespace countersign {

/// A case as the inbox lists it.
struct InboxRow : CaseRow
{
    std::optional<qint64> sendAtMs; ///< end of the hold while its answer waits to go out
};

enum class InboxQueue
{
    Open, ///< what needs a person: waiting, failed, in trouble; not set aside
    Waiting,
    Overdue,
    Trouble, ///< failed or in trouble
    SetAside,
    Underway, ///< held or sending
    DecidedToday ///< ended since midnight, local time
};
inline constexpr InboxQueue allInboxQueues[]
    = {InboxQueue::Open,     InboxQueue::Waiting,  InboxQueue::Overdue,     InboxQueue::Trouble,
       InboxQueue::SetAside, InboxQueue::Underway, InboxQueue::DecidedToday};

/// Stable word of a queue for settings: "open", "decided_today"…
[[nodiscard]] QString toWord(InboxQueue queue);
[[nodiscard]] InboxQueue inboxQueueFromWord(const QString &word); ///< Open where unknown

struct InboxFilter
{
    InboxQueue queue = InboxQueue::Open;
    QString caseType; ///< empty: any
    bool knownConfidence = true; ///< those whose confidence is known, within the range
    bool unknownConfidence = true;
    std::optional<Decimal> minConfidence; ///< inclusive
    std::optional<Decimal> maxConfidence; ///< inclusive
    QString text; ///< every word of it must occur; case does not matter

    /// Whether anything but the queue restricts.
    [[nodiscard]] bool narrows() const;
    friend bool operator==(const InboxFilter &, const InboxFilter &) = default;
};

/// The queue alone.
[[nodiscard]] bool isIn(InboxQueue queue, const InboxRow &row, qint64 nowMs);
/// Everything.
[[nodiscard]] bool matches(const InboxFilter &filter, const InboxRow &row, qint64 nowMs);
/// Midnight before `nowMs`, local time.
[[nodiscard]] qint64 startOfDay(qint64 nowMs);

} // namespace countersign
