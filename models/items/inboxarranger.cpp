// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxarranger.h"

#include <bit>
#include <numeric>

namespace countersign {

namespace {

constexpr quint64 signBit = 1ULL << 63;
constexpr int lookEvery = 1024; // rows between two looks at the stop
constexpr qint64 longestTruthMs = 60'000; // ages go on

quint64 keyOf(qint64 value)
{
    return quint64(value) ^ signBit;
}

quint64 keyOf(double value)
{
    const auto bits = std::bit_cast<quint64>(value == 0 ? 0.0 : value); // -0 is 0
    return (bits & signBit) != 0 ? ~bits : bits | signBit;
}

/// Where each word stands among all words.
std::vector<quint32> ranksOf(const QStringList &words)
{
    std::vector<quint32> sorted(size_t(words.size()));
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(),
              [&words](quint32 a, quint32 b) -> bool { return isTextBefore(words[a], words[b]); });
    std::vector<quint32> ranks(sorted.size());
    for (size_t i = 0; i < sorted.size(); ++i) {
        ranks[sorted[i]] = quint32(i);
    }
    return ranks;
}

quint64 severity(Risk risk)
{
    return risk == Risk::Unknown ? quint64(Risk::High) + 1 : quint64(risk);
}

bool isText(InboxColumn column)
{
    return column >= InboxColumn::CaseType;
}

quint32 wordOf(InboxColumn column, const InboxEntry &entry)
{
    switch (column) {
    case InboxColumn::CaseType:
        return entry.caseType;
    case InboxColumn::Action:
        return entry.action;
    case InboxColumn::Agent:
        return entry.agent;
    case InboxColumn::Endpoint:
        return entry.endpointName;
    default:
        return entry.queue;
    }
}

quint64 keyOf(InboxColumn column, const InboxEntry &entry, const std::vector<quint32> &ranks)
{
    switch (column) {
    case InboxColumn::Due:
        return keyOf(qMin(entry.dueMs, entry.followUpMs)); // none is the greatest
    case InboxColumn::Risk:
        return ~severity(entry.risk);
    case InboxColumn::Age:
        return keyOf(entry.createdMs);
    case InboxColumn::Amount:
        return entry.hasAmount ? ~keyOf(entry.amount) : ~0ULL;
    case InboxColumn::Confidence:
        return entry.hasConfidence ? keyOf(entry.confidence) : 0;
    default:
        return ranks[wordOf(column, entry)];
    }
}

/// Rows that are parts of one question, question by question.
std::vector<std::vector<int>> familiesOf(const InboxStock &stock)
{
    QHash<std::pair<quint32, QByteArrayView>, size_t> known;
    std::vector<std::vector<int>> families;
    for (int row = 0; row < stock.size(); ++row) {
        const InboxEntry &entry = stock.entry(row);
        if (entry.of < 2) {
            continue;
        }
        const std::pair key(entry.endpoint, entry.text(InboxEntry::Question));
        const auto at = known.constFind(key);
        if (at != known.cend()) {
            families[*at].push_back(row);
        } else {
            known.insert(key, families.size());
            families.push_back({row});
        }
    }
    return families;
}

/// Compares rows by keys that were made once; digits count where rounding left two equal. A family
/// stands where the first of it would.
class Before
{
public:
    Before(const InboxStock &stock, const QList<InboxSortKey> &keys,
           const std::vector<std::vector<int>> &families)
        : m_stock(stock),
          m_keys(keys),
          m_width(size_t(keys.size())),
          m_values(m_width * size_t(stock.size())),
          m_leaders(size_t(stock.size()))
    {
        std::iota(m_leaders.begin(), m_leaders.end(), 0);
        std::vector<quint32> ranks;
        for (const InboxSortKey &key : keys) {
            if (isText(key.column) && ranks.empty()) {
                ranks = ranksOf(stock.words());
            }
        }
        for (int row = 0; row < stock.size(); ++row) {
            const InboxEntry &entry = stock.entry(row);
            for (size_t k = 0; k < m_width; ++k) {
                const InboxSortKey &key = keys[qsizetype(k)];
                const quint64 value = keyOf(key.column, entry, ranks);
                m_values[size_t(row) * m_width + k] = key.reversed ? ~value : value;
            }
        }
        for (const std::vector<int> &family : families) {
            const int leader
                = *std::min_element(family.begin(), family.end(),
                                    [this](int a, int b) -> bool { return isBefore(a, b); });
            for (const int row : family) {
                m_leaders[size_t(row)] = leader;
            }
        }
    }
    bool operator()(int a, int b) const
    {
        const int p = m_leaders[size_t(a)];
        const int q = m_leaders[size_t(b)];
        if (p != q) {
            return isBefore(p, q);
        }
        const InboxEntry &x = m_stock.entry(a);
        const InboxEntry &y = m_stock.entry(b);
        return x.part != y.part ? x.part < y.part : x.key < y.key;
    }

private:
    [[nodiscard]] bool isBefore(int a, int b) const
    {
        const quint64 *x = &m_values[size_t(a) * m_width];
        const quint64 *y = &m_values[size_t(b) * m_width];
        for (size_t k = 0; k < m_width; ++k) {
            if (x[k] != y[k]) {
                return x[k] < y[k];
            }
            if (const auto exact = exactly(m_keys[qsizetype(k)], a, b); exact != 0) {
                return exact < 0;
            }
        }
        const InboxEntry &p = m_stock.entry(a);
        const InboxEntry &q = m_stock.entry(b);
        return p.createdMs != q.createdMs ? p.createdMs < q.createdMs : p.key < q.key;
    }
    [[nodiscard]] std::strong_ordering exactly(const InboxSortKey &key, int a, int b) const
    {
        const bool amounts = key.column == InboxColumn::Amount;
        if (!amounts && key.column != InboxColumn::Confidence) {
            return std::strong_ordering::equal;
        }
        const InboxEntry &p = m_stock.entry(a);
        const InboxEntry &q = m_stock.entry(b);
        if (amounts ? !p.roughAmount && !q.roughAmount : !p.roughConfidence && !q.roughConfidence) {
            return std::strong_ordering::equal;
        }
        const auto which = amounts ? InboxEntry::Amount : InboxEntry::Confidence;
        return amounts != key.reversed ? q.exact(which) <=> p.exact(which)
                                       : p.exact(which) <=> q.exact(which);
    }

    const InboxStock &m_stock;
    const QList<InboxSortKey> &m_keys;
    size_t m_width;
    std::vector<quint64> m_values;
    std::vector<int> m_leaders; ///< by row; mostly itself
};

} // namespace

void InboxArranger::order(const InboxStock &stock, const QList<InboxSortKey> &keys)
{
    const bool another = std::exchange(m_keys, keys) != keys;
    if (another) {
        m_order.clear();
        m_stamps.clear();
    }
    if (std::exchange(m_newest, stock.stamp()) == stock.stamp() && !another) {
        return;
    }
    m_stamps.resize(size_t(stock.size()), 0);
    std::vector<int> changed;
    std::vector<bool> moved(m_stamps.size());
    for (int i = 0; i < stock.size(); ++i) {
        const quint64 stamp = stock.entry(i).stamp;
        if (std::exchange(m_stamps[size_t(i)], stamp) != stamp) {
            changed.push_back(i);
            moved[size_t(i)] = true;
        }
    }
    if (changed.empty()) {
        return;
    }
    const auto families
        = keys == InboxOrder().keys ? familiesOf(stock) : std::vector<std::vector<int>>();
    for (const std::vector<int> &family : families) {
        if (std::any_of(family.begin(), family.end(),
                        [&moved](int row) -> bool { return moved[size_t(row)]; })) {
            for (const int row : family) {
                if (!moved[size_t(row)]) {
                    moved[size_t(row)] = true;
                    changed.push_back(row);
                }
            }
        }
    }
    std::erase_if(m_order, [&moved](int row) -> bool { return moved[size_t(row)]; });
    const Before before(stock, keys, families);
    std::sort(changed.begin(), changed.end(), before);
    const auto middle = std::ptrdiff_t(m_order.size());
    m_order.insert(m_order.end(), changed.begin(), changed.end());
    std::inplace_merge(m_order.begin(), m_order.begin() + middle, m_order.end(), before);
}

InboxArrangement InboxArranger::arrange(const InboxStock &stock, const InboxFilter &filter,
                                        const InboxOrder &wanted, qint64 nowMs,
                                        const DeepHits &deep, const InboxStop &stop)
{
    InboxArrangement made;
    order(stock, wanted.keys);
    const InboxSieve sieve(stock, filter, nowMs, deep);
    std::vector<bool> passed(size_t(stock.size()));
    for (int i = 0; i < stock.size(); ++i) {
        if (i % lookEvery == 0 && stop) {
            return {};
        }
        passed[size_t(i)] = sieve.passes(stock.entry(i));
    }
    for (const int row : m_order) {
        if (passed[size_t(row)]) {
            made.shown.append(row);
        }
    }
    if (wanted.group != InboxGroup::None) {
        group(made, stock, wanted.group, nowMs);
    }
    made.places.fill(-1, stock.size());
    for (int i = 0; i < made.shown.size(); ++i) {
        made.places[made.shown[i]] = i;
    }
    return made;
}

namespace {

/// The group of each row as a number that orders groups; those of words as they rank.
std::vector<quint32> groupsOf(const InboxStock &stock, const QList<int> &rows, InboxGroup by,
                              qint64 nowMs)
{
    std::vector<quint32> groups;
    groups.reserve(size_t(rows.size()));
    if (by == InboxGroup::Due) {
        const DueBands bands(nowMs);
        for (const int row : rows) {
            groups.push_back(quint32(bands.of(stock.entry(row).due())));
        }
        return groups;
    }
    const InboxColumn column = by == InboxGroup::CaseType ? InboxColumn::CaseType
        : by == InboxGroup::Action                        ? InboxColumn::Action
                                                          : InboxColumn::Queue;
    const std::vector<quint32> ranks = ranksOf(stock.words());
    for (const int row : rows) {
        groups.push_back(ranks[wordOf(column, stock.entry(row))]);
    }
    return groups;
}

} // namespace

/// Rows keep their order within their group.
void InboxArranger::group(InboxArrangement &made, const InboxStock &stock, InboxGroup by,
                          qint64 nowMs)
{
    std::vector<quint32> groups = groupsOf(stock, made.shown, by, nowMs);
    const quint32 most
        = by == InboxGroup::Due ? quint32(dueBandCount) : quint32(stock.words().size());
    std::vector<int> sizes(most + 1); // the last is of the singles
    for (const quint32 group : groups) {
        ++sizes[group];
    }
    if (by != InboxGroup::Due) {
        for (quint32 &group : groups) {
            if (sizes[group] == 1) {
                sizes[group] = 0;
                group = most;
                ++sizes[most];
            }
        }
    }
    int next = 0;
    for (int &size : sizes) {
        if (size > 0) {
            made.sections.append(next);
        }
        next += std::exchange(size, next); // from here on: where its next row goes
    }
    made.singlesLast = !made.sections.isEmpty() && sizes[most] < made.shown.size();
    QList<int> grouped(made.shown.size());
    for (int i = 0; i < made.shown.size(); ++i) {
        grouped[sizes[groups[size_t(i)]]++] = made.shown[i];
    }
    made.shown = grouped;
    if (made.singlesLast && made.sections.size() == 1) {
        made.sections.clear(); // nothing but singles
    }
}

namespace {

constexpr int mostValues = 500;
constexpr int mostWords = 32; // of an enumeration

/// Counts words of one field and gives the most frequent by name.
class Tally
{
public:
    Tally(const InboxStock &stock, quint32 InboxEntry::*field)
        : m_field(field),
          m_counts(size_t(stock.words().size()))
    {
    }
    void add(const InboxEntry &entry) { ++m_counts[entry.*m_field]; }
    [[nodiscard]] QMap<QString, int> named(const QStringList &words) const
    {
        std::vector<std::pair<int, quint32>> found;
        for (size_t i = 0; i < m_counts.size(); ++i) {
            if (m_counts[i] > 0) {
                found.emplace_back(m_counts[i], quint32(i));
            }
        }
        if (found.size() > mostValues) {
            std::nth_element(found.begin(), found.begin() + mostValues, found.end(),
                             std::greater<>());
            found.resize(mostValues);
        }
        QMap<QString, int> names;
        for (const auto &[count, word] : found) {
            names.insert(words.at(word), count);
        }
        return names;
    }

private:
    quint32 InboxEntry::*m_field;
    std::vector<int> m_counts;
};

} // namespace

InboxCounts countRows(const InboxStock &stock, const InboxFilter &filter,
                      const QList<InboxFilter> &watched, const QList<int> &places, qint64 nowMs,
                      const DeepHits &deep, const InboxStop &stop)
{
    InboxCounts counts;
    counts.untilMs = nowMs + longestTruthMs;
    std::vector<InboxQueueSieve> queues;
    std::vector<int> inQueue(std::size(allInboxQueues));
    for (const InboxQueue queue : allInboxQueues) {
        queues.emplace_back(queue, nowMs);
    }
    const InboxQueueSieve chosen(filter.queue, nowMs);
    const InboxSieve shown(stock, filter, nowMs, deep);
    std::vector<InboxSieve> others;
    for (const InboxFilter &other : watched) {
        others.emplace_back(stock, other, nowMs, deep);
    }
    counts.watched.fill(0, watched.size());
    Tally tallies[]{{stock, &InboxEntry::caseType},    {stock, &InboxEntry::action},
                    {stock, &InboxEntry::agent},       {stock, &InboxEntry::endpoint},
                    {stock, &InboxEntry::queue},       {stock, &InboxEntry::currency},
                    {stock, &InboxEntry::assigneeName}};
    int risks[mostWords]{};
    int states[mostWords]{};
    for (int i = 0; i < stock.size(); ++i) {
        if (i % lookEvery == 0 && stop) {
            return {};
        }
        const InboxEntry &entry = stock.entry(i);
        for (size_t k = 0; k < queues.size(); ++k) {
            inQueue[k] += queues[k].passes(entry) ? 1 : 0;
        }
        for (size_t k = 0; k < others.size(); ++k) {
            counts.watched[qsizetype(k)] += others[k].passes(entry) ? 1 : 0;
        }
        for (const qint64 at : {entry.dueMs, entry.setAsideUntilMs, entry.followUpMs}) {
            if (at >= nowMs && at != InboxEntry::none) {
                counts.untilMs = qMin(counts.untilMs, at + 1);
            }
        }
        if (chosen.passes(entry)) {
            for (Tally &tally : tallies) {
                tally.add(entry);
            }
            counts.mine += entry.mine ? 1 : 0;
            ++risks[size_t(entry.risk)];
            ++states[size_t(entry.state)];
            counts.unshown += places.value(i, -1) < 0 && shown.passes(entry) ? 1 : 0;
        }
    }
    for (const InboxQueue queue : allInboxQueues) {
        counts.queues.insert(queue, inQueue[size_t(queue)]);
    }
    QMap<QString, int> *named[]{&counts.caseTypes, &counts.actions,    &counts.agents,
                                &counts.endpoints, &counts.caseQueues, &counts.currencies,
                                &counts.assignees};
    for (size_t k = 0; k < std::size(tallies); ++k) {
        *named[k] = tallies[k].named(stock.words());
    }
    counts.currencies.remove(QString());
    for (int i = 0; i < mostWords; ++i) {
        if (risks[i] > 0) {
            counts.risks.insert(Risk(i), risks[i]);
        }
        if (states[i] > 0) {
            counts.states.insert(CaseState(i), states[i]);
        }
    }
    return counts;
}

} // namespace countersign
