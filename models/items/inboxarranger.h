// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxorder.h"
#include "items/inboxsieve.h"

#include <QMap>

#include <atomic>
#include <memory>
#include <vector>

namespace countersign {

/// What is shown: numbers of rows in their order.
struct InboxArrangement
{
    QList<int> shown;
    QList<int> places; ///< by number: where it is shown; -1 where it is not
    QList<int> sections; ///< where groups begin, ascending; empty without groups
    bool singlesLast = false; ///< the last group is of what would be alone
};

/// How many rows there are of what.
struct InboxCounts
{
    QMap<InboxQueue, int> queues;
    QList<int> watched; ///< rows that match each of the filters that are watched
    // Within the chosen queue, by value; the most frequent ones only.
    QMap<QString, int> caseTypes;
    QMap<QString, int> actions;
    QMap<QString, int> agents;
    QMap<QString, int> endpoints; ///< by id
    QMap<QString, int> caseQueues; ///< CaseRow::queue
    QMap<QString, int> currencies; ///< of amounts
    QMap<QString, int> assignees; ///< by name; empty: nobody
    int mine = 0;
    QMap<Risk, int> risks;
    QMap<CaseState, int> states;
    int unshown = 0; ///< rows that match the filter and are not shown
    qint64 untilMs = 0; ///< when time alone may change them
};

/// Set to true, it ends a job early; its answer is then of no use.
using InboxStop = std::atomic<bool>;

/// Filters, orders and counts a stock. Remembers the last order of the whole stock, so that another
/// filter need not sort again. Not for two threads at once.
class InboxArranger
{
public:
    [[nodiscard]] InboxArrangement arrange(const InboxStock &stock, const InboxFilter &filter,
                                           const InboxOrder &order, qint64 nowMs,
                                           const DeepHits &deep, const InboxStop &stop);

private:
    void order(const InboxStock &stock, const QList<InboxSortKey> &keys);
    static void group(InboxArrangement &made, const InboxStock &stock, InboxGroup by, qint64 nowMs);

    QList<InboxSortKey> m_keys;
    std::vector<int> m_order; ///< numbers of all rows
    std::vector<quint64> m_stamps; ///< of the rows as they were ordered
    quint64 m_newest = 0; ///< of them
};

/// `deep`: for the words of the filter and of those that are watched.
[[nodiscard]] InboxCounts countRows(const InboxStock &stock, const InboxFilter &filter,
                                    const QList<InboxFilter> &watched, const QList<int> &places,
                                    qint64 nowMs, const DeepHits &deep, const InboxStop &stop);

} // namespace countersign
