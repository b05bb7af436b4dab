// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxsieve.h"

namespace countersign {

namespace {

constexpr quint32 bit(CaseState state)
{
    return 1U << int(state);
}

template <class Enum> quint32 bits(const QList<Enum> &values)
{
    quint32 all = values.isEmpty() ? ~0U : 0U;
    for (const Enum value : values) {
        all |= 1U << int(value);
    }
    return all;
}

std::vector<bool> setOf(const InboxStock &stock, const QStringList &wanted)
{
    std::vector<bool> set;
    if (!wanted.isEmpty()) {
        set.resize(size_t(stock.words().size()));
        for (qsizetype i = 0; i < stock.words().size(); ++i) {
            set[size_t(i)] = wanted.contains(stock.words().at(i));
        }
    }
    return set;
}

bool fits(const std::vector<bool> &set, quint32 word)
{
    return set.empty() || set[word];
}

} // namespace

InboxQueueSieve::InboxQueueSieve(InboxQueue queue, qint64 nowMs) : m_nowMs(nowMs)
{
    const quint32 trouble = bit(CaseState::Trouble) | bit(CaseState::Failed);
    switch (queue) {
    case InboxQueue::Open:
        m_states = bit(CaseState::Waiting) | trouble;
        m_aside = Aside::No;
        break;
    case InboxQueue::Mine:
        m_states = bit(CaseState::Waiting) | trouble;
        m_spotChecks = SpotChecks::Either;
        m_aside = Aside::No;
        m_mineOnly = true;
        break;
    case InboxQueue::FollowUp:
        m_states = ~0U;
        m_spotChecks = SpotChecks::Either;
        m_followUpByMs = nowMs;
        break;
    case InboxQueue::Waiting:
        m_states = bit(CaseState::Waiting);
        m_aside = Aside::No;
        break;
    case InboxQueue::SpotCheck:
        m_states = bit(CaseState::Waiting);
        m_spotChecks = SpotChecks::Only;
        m_aside = Aside::No;
        break;
    case InboxQueue::Overdue:
        m_states = bit(CaseState::Waiting);
        m_dueByMs = nowMs - 1;
        break;
    case InboxQueue::Trouble:
        m_states = trouble;
        break;
    case InboxQueue::SetAside:
        m_states = bit(CaseState::Waiting) | trouble;
        m_spotChecks = SpotChecks::Either;
        m_aside = Aside::Yes;
        break;
    case InboxQueue::Underway:
        m_states = bit(CaseState::Held) | bit(CaseState::Sending);
        break;
    case InboxQueue::DecidedToday:
        m_states = bit(CaseState::Delivered) | bit(CaseState::Superseded) | bit(CaseState::Marked);
        m_updatedSinceMs = startOfDay(nowMs);
        break;
    case InboxQueue::Any:
        m_states = ~0U;
        m_spotChecks = SpotChecks::Either;
        break;
    }
}

InboxSieve::InboxSieve(const InboxStock &stock, const InboxFilter &filter, qint64 nowMs,
                       const DeepHits &deep)
    : m_filter(filter),
      m_nowMs(nowMs),
      m_queue(filter.queue, nowMs),
      m_caseTypes(setOf(stock, filter.caseTypes)),
      m_actions(setOf(stock, filter.actions)),
      m_agents(setOf(stock, filter.agents)),
      m_endpoints(setOf(stock, filter.endpoints)),
      m_queues(setOf(stock, filter.queues)),
      m_assignees(setOf(stock, filter.assignees)),
      m_mine(filter.assignees.contains(assignedToMe)),
      m_nobodys(filter.assignees.contains(assignedToNobody)),
      m_risks(bits(filter.risks)),
      m_states(bits(filter.states)),
      m_minConfidence(boundOf(filter.minConfidence)),
      m_maxConfidence(boundOf(filter.maxConfidence))
{
    for (const AmountRange &range : filter.amounts) {
        Range made{{}, boundOf(range.min), boundOf(range.max)};
        if (!range.currency.isEmpty()) {
            const qsizetype word = stock.words().indexOf(range.currency);
            made.currency = word < 0 ? ~0U : quint32(word);
        }
        m_amounts.push_back(made);
    }
    for (const QString &word : filterWords(filter.text)) {
        Word made{{}, QByteArrayMatcher(word.toUtf8()), deep.value(word)};
        for (const QString &form : stock.searchForms()) {
            made.words.push_back(form.contains(word));
        }
        m_text.push_back(std::move(made));
    }
}

std::optional<InboxSieve::Bound> InboxSieve::boundOf(const std::optional<Decimal> &value)
{
    return value ? std::optional<Bound>({value->toDouble(), *value}) : std::nullopt;
}

/// Rounding keeps the order; only where it leaves two equal that may differ the digits count.
bool InboxSieve::within(const std::optional<Bound> &min, const std::optional<Bound> &max,
                        double rounded, bool rough, const InboxEntry &entry, InboxEntry::Text which)
{
    const auto equal = [&](const Bound &bound) -> bool {
        return bound.rounded == rounded && (rough || bound.exact.toString().size() > 15);
    };
    if ((min && rounded < min->rounded) || (max && rounded > max->rounded)) {
        return false;
    }
    return !(min && equal(*min) && entry.exact(which) < min->exact)
        && !(max && equal(*max) && entry.exact(which) > max->exact);
}

bool InboxSieve::amountFits(const InboxEntry &entry) const
{
    return m_amounts.empty()
        || (entry.hasAmount
            && std::any_of(m_amounts.begin(), m_amounts.end(), [&](const Range &range) -> bool {
                   return (!range.currency || *range.currency == entry.currency)
                       && within(range.min, range.max, entry.amount, entry.roughAmount, entry,
                                 InboxEntry::Amount);
               }));
}

bool InboxSieve::assigneeFits(const InboxEntry &entry) const
{
    const bool nobodys = entry.assignee == 0;
    return m_assignees.empty() || (m_mine && entry.mine)
        || (nobodys ? m_nobodys : m_assignees[entry.assigneeName]);
}

bool InboxSieve::timesFit(const InboxEntry &entry) const
{
    if (m_filter.dueWithinMs || m_filter.withoutDue) {
        const bool fitting = entry.dueMs == InboxEntry::none
            ? m_filter.withoutDue
            : m_filter.dueWithinMs && entry.dueMs <= m_nowMs + *m_filter.dueWithinMs;
        if (!fitting) {
            return false;
        }
    }
    const qint64 age = m_nowMs - entry.createdMs;
    return (!m_filter.minAgeMs || age >= *m_filter.minAgeMs)
        && (!m_filter.maxAgeMs || age <= *m_filter.maxAgeMs);
}

bool InboxSieve::textFits(const InboxEntry &entry) const
{
    return std::all_of(m_text.begin(), m_text.end(), [&entry](const Word &word) -> bool {
        for (const quint32 number : {entry.action, entry.caseType, entry.agent, entry.endpointName,
                                     entry.queue, entry.currency}) {
            if (word.words[number]) {
                return true;
            }
        }
        return word.matcher.indexIn(entry.texts.constData(), entry.ends[InboxEntry::Search]) >= 0
            || (!entry.veiled && entry.key >= 0 && entry.key < word.deep.size()
                && word.deep.testBit(entry.key));
    });
}

bool InboxSieve::passes(const InboxEntry &entry) const
{
    if (!m_queue.passes(entry) || !fits(m_caseTypes, entry.caseType)
        || !fits(m_actions, entry.action) || !fits(m_agents, entry.agent)
        || !fits(m_endpoints, entry.endpoint) || !fits(m_queues, entry.queue)
        || (m_risks >> int(entry.risk) & 1U) == 0U || (m_states >> int(entry.state) & 1U) == 0U) {
        return false;
    }
    const bool confident = entry.hasConfidence ? m_filter.knownConfidence
            && within(m_minConfidence, m_maxConfidence, entry.confidence, entry.roughConfidence,
                      entry, InboxEntry::Confidence)
                                               : m_filter.unknownConfidence;
    return confident && assigneeFits(entry) && amountFits(entry) && timesFit(entry)
        && textFits(entry);
}

} // namespace countersign
