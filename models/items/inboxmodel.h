// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/deepsearch.h"
#include "items/inboxarranger.h"
#include "store/store.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QThreadPool>
#include <QTimer>

#include <functional>

namespace countersign {

/// The cases of the inbox, in memory as narrow rows, filtered and arranged by itself. What is shown
/// does not move: a change updates its row in place, a case that is new to the list waits until
/// takeIn(), and one that no longer fits stays until the list is arranged anew (takeIn, another
/// filter or order), which is one reset. With many rows arranging and counting happen elsewhere and
/// the reset follows a little later, the newest wish winning; until then what was shown stays. A
/// text is looked for in the store's full-text index as well, so that its reset follows later, too.
/// GUI thread; reads on the store's reader thread.
class InboxModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        IdRole = Qt::UserRole + 1, ///< QString
        SectionRole ///< QString, on the first row of a group only: what is common to it, as data
                    ///< (a case type, a DueBand's number); null for the group of singles
    };
    using Describe = std::function<QString(const InboxRow &)>;

    InboxModel(Store &store, const Clock &clock, QObject *parent = nullptr);
    ~InboxModel() override;

    /// Reads everything anew; follows the store by itself afterwards.
    void load();
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Whose eyes these are: from them, the advice of blind cases is hidden (items/veil.h).
    void setReviewer(const PersonId &person);
    /// How a row reads as one sentence, for Qt::AccessibleTextRole.
    void setDescriber(Describe describe) { m_describe = std::move(describe); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] InboxRow rowAt(int row) const;
    [[nodiscard]] CaseId idAt(int row) const;
    [[nodiscard]] int indexOf(const CaseId &id) const; ///< -1 where it is not shown
    [[nodiscard]] std::optional<InboxRow> find(const CaseId &id) const; ///< shown or not
    /// Cases that wait, in the order of the list, at most so many; only those that are `like` this
    /// one where given: same server, action, case type and shape. None where it is not shown.
    [[nodiscard]] QList<CaseId> waiting(int most, const std::optional<CaseId> &like = {}) const;
    [[nodiscard]] CaseState stateAt(int row) const;

    /// First rows of the groups, ascending; empty where the list is not grouped.
    [[nodiscard]] const QList<int> &sections() const { return m_arranged.sections; }
    [[nodiscard]] bool startsSection(int row) const;
    [[nodiscard]] int sectionSize(int row) const; ///< of the group that starts at `row`

    [[nodiscard]] const InboxFilter &filter() const { return m_filter; }
    void setFilter(const InboxFilter &filter);
    [[nodiscard]] const InboxOrder &order() const { return m_order; }
    void setOrder(const InboxOrder &order);
    /// Filters whose matches are counted, in counts().watched.
    void watch(const QList<InboxFilter> &filters);

    [[nodiscard]] int newCount() const { return m_counts.unshown; }
    void takeIn();

    [[nodiscard]] const InboxCounts &counts() const { return m_counts; }
    [[nodiscard]] bool isSeen(const CaseId &id) const { return m_seen.contains(id); }
    void markSeen(const CaseId &id);
    /// Rows whose hold runs repaint their countdown; costs nothing where none does.
    void tick();

Q_SIGNALS:
    void filterChanged(); ///< at once, though what it finds may follow later
    void orderChanged();
    void newCountChanged(int count);
    void countsChanged();
    void loaded();
    void failed(const countersign::Error &error);

private:
    struct Batch
    {
        InboxStock stock;
        QList<int> touched; ///< numbers of rows that are new or have changed
    };
    void touch(const Changes &changes);
    void readTouched();
    [[nodiscard]] QStringList searched() const; ///< words of the filter and of those watched
    void start(QList<CaseQuery> queries);
    void take(const Batch &batch);
    void repaint(const QList<int> &numbers);
    void arrange();
    void adopt(const InboxArrangement &made);
    void count();
    void counted(const InboxCounts &counts);
    void work();
    template <class T>
    void run(std::function<T(const InboxStop &)> job, std::function<void(const T &)> done);
    [[nodiscard]] bool isSmall() const;
    [[nodiscard]] QVariant sectionValue(int row) const;

    Store &m_store;
    const Clock &m_clock;
    Describe m_describe;
    PersonId m_reviewer;
    InboxStock m_stock;
    InboxArrangement m_arranged;
    InboxFilter m_filter;
    InboxOrder m_order;
    QList<InboxFilter> m_watched;
    InboxCounts m_counts;
    DeepSearch m_deep;
    QSet<CaseId> m_seen;
    QSet<CaseId> m_touched;
    QSet<int> m_running; ///< numbers of rows whose hold counts down
    bool m_following = false;
    bool m_read = false; ///< the store, once
    bool m_loaded = false; ///< and arranged since
    bool m_reading = false;
    bool m_again = false;
    bool m_everything = false;
    bool m_searching = false; ///< what the filter's text finds is not known yet

    // Work elsewhere: one job at a time, arranging before counting.
    bool m_arrangeNext = false;
    bool m_countNext = false;
    bool m_working = false;
    std::shared_ptr<InboxStop> m_stop;
    std::shared_ptr<InboxArranger> m_arranger = std::make_shared<InboxArranger>();
    QTimer m_countPause;
    QThreadPool m_pool; ///< of one thread; the last to be made, the first to go
};

} // namespace countersign
