// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxstock.h"

#include <QByteArrayMatcher>

#include <vector>

namespace countersign {

/// The same choice as isIn(), made ready for many rows.
class InboxQueueSieve
{
public:
    InboxQueueSieve(InboxQueue queue, qint64 nowMs);
    [[nodiscard]] bool passes(const InboxEntry &entry) const
    {
        return (m_states >> int(entry.state) & 1U) != 0U
            && (m_spotChecks == SpotChecks::Either || entry.state == CaseState::Marked
                || entry.spotCheck == (m_spotChecks == SpotChecks::Only))
            && (m_aside == Aside::Either
                || (entry.setAsideUntilMs != InboxEntry::none && entry.setAsideUntilMs > m_nowMs)
                    == (m_aside == Aside::Yes))
            && entry.dueMs <= m_dueByMs && entry.updatedMs >= m_updatedSinceMs
            && entry.followUpMs <= m_followUpByMs && (entry.mine || !m_mineOnly);
    }

private:
    enum class Aside
    {
        Either,
        Yes,
        No
    };
    enum class SpotChecks
    {
        Either,
        Only,
        None
    };
    quint32 m_states = 0; ///< bits
    SpotChecks m_spotChecks = SpotChecks::None; ///< of those that wait to be marked
    Aside m_aside = Aside::Either;
    qint64 m_nowMs;
    qint64 m_dueByMs = InboxEntry::none;
    qint64 m_followUpByMs = InboxEntry::none;
    bool m_mineOnly = false;
    qint64 m_updatedSinceMs = std::numeric_limits<qint64>::min();
};

/// The same choice as matches(), made ready for many rows of one stock.
class InboxSieve
{
public:
    InboxSieve(const InboxStock &stock, const InboxFilter &filter, qint64 nowMs,
               const DeepHits &deep = {});
    [[nodiscard]] bool passes(const InboxEntry &entry) const;

private:
    using WordSet = std::vector<bool>; ///< by number; empty: any
    struct Bound
    {
        double rounded;
        Decimal exact;
    };
    struct Range
    {
        std::optional<quint32> currency; ///< a number that no word has, where nobody has it
        std::optional<Bound> min;
        std::optional<Bound> max;
    };
    struct Word
    {
        WordSet words; ///< that hold it
        QByteArrayMatcher matcher; ///< for the search form
        QBitArray deep; ///< keys of the cases that hold it elsewhere
    };

    [[nodiscard]] static std::optional<Bound> boundOf(const std::optional<Decimal> &value);
    [[nodiscard]] static bool within(const std::optional<Bound> &min,
                                     const std::optional<Bound> &max, double rounded, bool rough,
                                     const InboxEntry &entry, InboxEntry::Text which);
    [[nodiscard]] bool amountFits(const InboxEntry &entry) const;
    [[nodiscard]] bool assigneeFits(const InboxEntry &entry) const;
    [[nodiscard]] bool timesFit(const InboxEntry &entry) const;
    [[nodiscard]] bool textFits(const InboxEntry &entry) const;

    const InboxFilter &m_filter;
    qint64 m_nowMs;
    InboxQueueSieve m_queue;
    WordSet m_caseTypes;
    WordSet m_actions;
    WordSet m_agents;
    WordSet m_endpoints;
    WordSet m_queues;
    WordSet m_assignees; ///< names
    bool m_mine; ///< whoever else they may be assigned to
    bool m_nobodys;
    quint32 m_risks = ~0U; ///< bits
    quint32 m_states = ~0U;
    std::optional<Bound> m_minConfidence;
    std::optional<Bound> m_maxConfidence;
    std::vector<Range> m_amounts;
    std::vector<Word> m_text;
};

} // namespace countersign
