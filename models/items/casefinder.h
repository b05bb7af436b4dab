// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QThreadPool>

#include <atomic>

namespace countersign {

/// A case as a search finds it. All texts are foreign.
struct FoundCase
{
    CaseId id;
    QString headline;
    QString subject;
    QString agent;
    QString folded; ///< everything it is found by, folded for search
};

struct FoundAgent
{
    QString name; ///< foreign
    int open = 0; ///< cases of it that are open
};

struct Found
{
    QList<FoundCase> cases; ///< the best first
    QList<FoundAgent> agents; ///< the best first
};

/// What is searched. Not thread-safe: one thread at a time.
class CaseIndex
{
public:
    /// Takes in new and changed rows; a case that has ended goes.
    void take(const QList<CaseRow> &rows);
    /// `stale`: asked now and then; once true, what is found no longer matters.
    [[nodiscard]] Found find(const QString &typed, int limit,
                             const std::function<bool()> &stale) const;
    [[nodiscard]] qsizetype size() const { return m_cases.size(); }

private:
    void drop(const CaseId &id);

    QList<FoundCase> m_cases;
    QHash<CaseId, qsizetype> m_at;
    QHash<QString, int> m_agents; ///< open cases
};

/// Finds open cases and agents by a few typed letters. Reads the store when it is first asked, and
/// what has changed when it is asked again; reads and matches on other threads. GUI thread.
class CaseFinder final : public QObject
{
    Q_OBJECT
public:
    explicit CaseFinder(Store &store, QObject *parent = nullptr);
    ~CaseFinder() override;

    /// A number alone, or "c-12", finds that case ended or not. Nothing typed finds nothing. Only
    /// the newest question is answered; an older one ends empty.
    [[nodiscard]] QFuture<Found> find(const QString &typed, int limit = 20);
    /// Those that exist, in this order.
    [[nodiscard]] QFuture<Found> byId(const QList<CaseId> &ids);

private:
    using Rows = std::shared_ptr<const QList<CaseRow>>;
    [[nodiscard]] QFuture<bool> refreshed();
    [[nodiscard]] QFuture<Result<Rows>> read(const CaseQuery &query);

    Store &m_store;
    std::shared_ptr<CaseIndex> m_index = std::make_shared<CaseIndex>(); ///< the pool's
    std::shared_ptr<std::atomic<int>> m_newest = std::make_shared<std::atomic<int>>(0);
    QThreadPool m_pool; ///< one thread: its jobs follow each other
    QFuture<bool> m_ready;
    QSet<CaseId> m_touched;
    bool m_read = false;
};

} // namespace countersign
