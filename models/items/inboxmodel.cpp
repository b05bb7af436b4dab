// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxmodel.h"

#include "domain/continued.h"

#include <array>
#include <limits>

namespace countersign {

namespace {

constexpr int touchedAtOnce = 400; // more are cheaper to read whole

QList<CaseQuery> everything(qint64 nowMs)
{
    CaseQuery open;
    open.states = {CaseState::Waiting, CaseState::Held, CaseState::Sending, CaseState::Failed,
                   CaseState::Trouble};
    CaseQuery ended;
    ended.states = {CaseState::Delivered, CaseState::Superseded};
    ended.updatedSinceMs = startOfDay(nowMs);
    return {open, ended};
}

int severity(Risk risk)
{
    return risk == Risk::Unknown ? int(Risk::High) + 1 : int(risk);
}

} // namespace

InboxModel::InboxModel(Store &store, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent),
      m_store(store),
      m_clock(clock)
{
    connect(&store, &Store::changed, this, &InboxModel::touch);
}

void InboxModel::load()
{
    m_everything = true;
    readTouched();
}

int InboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant InboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size()) {
        return {};
    }
    const InboxRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.headline;
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(row) : row.headline;
    case IdRole:
        return row.id.toString();
    case SectionRole:
        return startsSection(index.row()) ? QVariant(row.caseType) : QVariant();
    default:
        return {};
    }
}

const InboxRow *InboxModel::find(const CaseId &id) const
{
    const auto it = m_rowOf.constFind(id);
    return it == m_rowOf.cend() ? nullptr : &m_rows[*it];
}

bool InboxModel::startsSection(int row) const
{
    return m_sort == InboxSort::Type
        && (row == 0 || rowAt(row - 1).caseType != rowAt(row).caseType);
}

int InboxModel::sectionSize(int row) const
{
    int end = row + 1;
    while (end < m_shown.size() && rowAt(end).caseType == rowAt(row).caseType) {
        ++end;
    }
    return end - row;
}

void InboxModel::setFilter(const InboxFilter &filter)
{
    if (filter != m_filter) {
        m_filter = filter;
        regroup();
    }
}

void InboxModel::setSort(InboxSort sort)
{
    if (sort != m_sort) {
        m_sort = sort;
        regroup();
    }
}

void InboxModel::takeIn()
{
    regroup();
}

void InboxModel::markSeen(const CaseId &id)
{
    const int row = indexOf(id);
    if (row >= 0 && !m_seen.contains(id)) {
        m_seen.insert(id);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void InboxModel::tick()
{
    for (const CaseId &id : std::as_const(m_running)) {
        if (const int row = indexOf(id); row >= 0) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

void InboxModel::touch(const Changes &changes)
{
    m_touched.unite(changes.cases);
    if ((m_loaded || m_reading) && !m_touched.isEmpty()) {
        readTouched();
    }
}

void InboxModel::readTouched()
{
    if (m_reading) {
        m_again = true;
        return;
    }
    if (!m_everything && m_touched.isEmpty()) {
        return; // no ids would mean every case
    }
    if (m_everything || m_touched.size() > touchedAtOnce) {
        start(everything(m_clock.nowMs()));
    } else {
        CaseQuery some;
        some.ids = m_touched;
        start({some});
    }
    m_touched.clear();
    m_everything = false;
}

void InboxModel::start(QList<CaseQuery> queries)
{
    m_reading = true;
    continued(m_store.read<Batch>([queries = std::move(queries)](Reader &reader) -> Result<Batch> {
        Batch batch;
        for (const CaseQuery &query : queries) {
            auto rows = reader.caseRows(query);
            if (!rows) {
                return tl::unexpected<Error>(rows.error());
            }
            batch.rows += *rows;
        }
        const auto outbox = reader.outbox(true);
        if (!outbox) {
            return tl::unexpected<Error>(outbox.error());
        }
        for (const OutboxEntry &entry : *outbox) {
            for (const CaseId &id : entry.cases) {
                batch.sendAt.insert(id, entry.dueMs);
            }
        }
        return batch;
    }),
              this, [this](const Result<Batch> &batch) -> void {
                  m_reading = false;
                  if (batch) {
                      take(*batch);
                  } else {
                      Q_EMIT failed(batch.error());
                  }
                  if (std::exchange(m_again, false)) {
                      readTouched();
                  }
              });
}

void InboxModel::take(const Batch &batch)
{
    const int before = newCount();
    for (const CaseRow &row : batch.rows) {
        const auto due = batch.sendAt.constFind(row.id);
        merge({row, due == batch.sendAt.cend() ? std::nullopt : std::optional<qint64>(*due)});
    }
    const bool first = !std::exchange(m_loaded, true);
    if (first || (m_shown.isEmpty() && !m_news.isEmpty())) {
        regroup();
    } else {
        count();
    }
    if (before != newCount()) {
        Q_EMIT newCountChanged(newCount());
    }
    if (first) {
        Q_EMIT loaded();
    }
}

void InboxModel::merge(const InboxRow &row)
{
    const auto known = m_rowOf.constFind(row.id);
    if (known == m_rowOf.cend()) {
        m_rowOf.insert(row.id, int(m_rows.size()));
        m_rows.append(row);
    } else if (m_rows[*known].version <= row.version) {
        m_rows[*known] = row;
    }
    if (find(row.id)->sendAtMs) {
        m_running.insert(row.id);
    } else {
        m_running.remove(row.id);
    }
    if (const int shown = indexOf(row.id); shown >= 0) {
        Q_EMIT dataChanged(index(shown), index(shown));
    } else if (matches(m_filter, row, m_clock.nowMs())) {
        m_news.insert(row.id);
    } else {
        m_news.remove(row.id);
    }
}

void InboxModel::regroup()
{
    beginResetModel();
    m_shown.clear();
    const qint64 now = m_clock.nowMs();
    for (int i = 0; i < m_rows.size(); ++i) {
        if (matches(m_filter, m_rows[i], now)) {
            m_shown.append(i);
        }
    }
    sortShown();
    m_shownAt.clear();
    for (int i = 0; i < m_shown.size(); ++i) {
        m_shownAt.insert(rowAt(i).id, i);
    }
    const bool news = !m_news.isEmpty();
    m_news.clear();
    endResetModel();
    count();
    if (news) {
        Q_EMIT newCountChanged(0);
    }
}

void InboxModel::sortShown()
{
    const bool amounts = m_sort == InboxSort::Amount;
    QList<double> rough; // rounding keeps the order; exact digits count where it leaves two equal
    if (amounts || m_sort == InboxSort::Confidence) {
        for (const InboxRow &row : std::as_const(m_rows)) {
            const auto &value = amounts ? row.impact.amount : row.confidence;
            rough.append(value ? value->toDouble() : -std::numeric_limits<double>::infinity());
        }
    }
    std::stable_sort(m_shown.begin(), m_shown.end(), [&](int a, int b) -> bool {
        if (!rough.isEmpty() && rough[a] != rough[b]) {
            return amounts ? rough[a] > rough[b] : rough[a] < rough[b];
        }
        return isBefore(m_rows[a], m_rows[b]);
    });
}

bool InboxModel::isBefore(const InboxRow &a, const InboxRow &b) const
{
    switch (m_sort) {
    case InboxSort::Type:
        if (a.caseType != b.caseType) {
            return a.caseType < b.caseType;
        }
        break;
    case InboxSort::Oldest:
        break;
    case InboxSort::Due:
        if (a.dueMs != b.dueMs) {
            return a.dueMs && (!b.dueMs || *a.dueMs < *b.dueMs);
        }
        break;
    case InboxSort::Risk:
        if (a.risk != b.risk) {
            return severity(a.risk) > severity(b.risk);
        }
        break;
    case InboxSort::Amount:
        if (a.impact.amount != b.impact.amount) {
            return a.impact.amount && (!b.impact.amount || *a.impact.amount > *b.impact.amount);
        }
        break;
    case InboxSort::Confidence:
        if (a.confidence != b.confidence) {
            return !a.confidence || (b.confidence && *a.confidence < *b.confidence);
        }
        break;
    }
    return a.createdMs != b.createdMs ? a.createdMs < b.createdMs : a.id < b.id;
}

void InboxModel::count()
{
    std::array<int, std::size(allInboxQueues)> queues{};
    QHash<QString, int> types;
    const qint64 now = m_clock.nowMs();
    for (const InboxRow &row : std::as_const(m_rows)) {
        for (const InboxQueue queue : allInboxQueues) {
            queues[size_t(queue)] += isIn(queue, row, now) ? 1 : 0;
        }
        if (isIn(m_filter.queue, row, now)) {
            ++types[row.caseType];
        }
    }
    m_counts = {};
    for (const InboxQueue queue : allInboxQueues) {
        m_counts.queues.insert(queue, queues[size_t(queue)]);
    }
    for (auto it = types.cbegin(); it != types.cend(); ++it) {
        m_counts.caseTypes.insert(it.key(), it.value());
    }
    Q_EMIT countsChanged();
}

} // namespace countersign
