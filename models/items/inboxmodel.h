// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"
#include "store/store.h"

#include <QAbstractListModel>
#include <QMap>

#include <functional>

namespace countersign {

enum class InboxSort
{
    Type, ///< grouped by case type, oldest first
    Oldest,
    Due,
    Risk, ///< worst first
    Amount, ///< largest first
    Confidence ///< lowest first, unknown before
};
inline constexpr InboxSort allInboxSorts[]
    = {InboxSort::Type, InboxSort::Oldest, InboxSort::Due,
       InboxSort::Risk, InboxSort::Amount, InboxSort::Confidence};

struct InboxCounts
{
    QMap<InboxQueue, int> queues;
    QMap<QString, int> caseTypes; ///< within the chosen queue
};

/// The cases of the inbox, in memory as narrow rows, filtered and sorted by itself. What is shown
/// does not move: a change updates its row in place, a case that is new to the list waits until
/// takeIn(), and one that no longer fits stays until the next regroup (takeIn, another filter or
/// order), which is one reset. GUI thread; reads on the store's reader thread.
class InboxModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        IdRole = Qt::UserRole + 1, ///< QString
        SectionRole ///< QString, on the first row of a group only: its heading
    };
    using Describe = std::function<QString(const InboxRow &)>;

    InboxModel(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Reads everything anew; follows the store by itself afterwards.
    void load();
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// How a row reads as one sentence, for Qt::AccessibleTextRole.
    void setDescriber(Describe describe) { m_describe = std::move(describe); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const InboxRow &rowAt(int row) const { return m_rows[m_shown[row]]; }
    [[nodiscard]] int indexOf(const CaseId &id) const { return m_shownAt.value(id, -1); }
    [[nodiscard]] const InboxRow *find(const CaseId &id) const; ///< shown or not; null if none
    [[nodiscard]] bool startsSection(int row) const;
    [[nodiscard]] int sectionSize(int row) const; ///< of the group that starts at `row`

    [[nodiscard]] const InboxFilter &filter() const { return m_filter; }
    void setFilter(const InboxFilter &filter);
    [[nodiscard]] InboxSort sort() const { return m_sort; }
    void setSort(InboxSort sort);

    [[nodiscard]] int newCount() const { return int(m_news.size()); }
    void takeIn();

    [[nodiscard]] const InboxCounts &counts() const { return m_counts; }
    [[nodiscard]] bool isSeen(const CaseId &id) const { return m_seen.contains(id); }
    void markSeen(const CaseId &id);
    /// Rows whose hold runs repaint their countdown; costs nothing where none does.
    void tick();

Q_SIGNALS:
    void newCountChanged(int count);
    void countsChanged();
    void loaded();
    void failed(const countersign::Error &error);

private:
    struct Batch
    {
        QList<CaseRow> rows;
        QHash<CaseId, qint64> sendAt;
    };
    void touch(const Changes &changes);
    void readTouched();
    void start(QList<CaseQuery> queries);
    void take(const Batch &batch);
    void merge(const InboxRow &row);
    void regroup();
    void sortShown();
    void count();
    [[nodiscard]] bool isBefore(const InboxRow &a, const InboxRow &b) const;

    Store &m_store;
    const Clock &m_clock;
    Describe m_describe;
    QList<InboxRow> m_rows;
    QHash<CaseId, int> m_rowOf;
    QList<int> m_shown;
    QHash<CaseId, int> m_shownAt;
    QSet<CaseId> m_news;
    QSet<CaseId> m_seen;
    QSet<CaseId> m_touched;
    QSet<CaseId> m_running; ///< a hold counts down
    InboxFilter m_filter;
    InboxSort m_sort = InboxSort::Type;
    InboxCounts m_counts;
    bool m_loaded = false;
    bool m_reading = false;
    bool m_again = false;
    bool m_everything = false;
};

} // namespace countersign
