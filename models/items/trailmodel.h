// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/ids.h"
#include "domain/json.h"

#include <QAbstractTableModel>
#include <QFuture>
#include <QList>
#include <QSet>

#include <memory>
#include <optional>

namespace countersign {

class Store;
struct Changes;
struct TrailQuery;

/// Which events; members that are empty do not restrict. See TrailQuery.
struct TrailFilter
{
    std::optional<qint64> fromMs; ///< inclusive
    std::optional<qint64> toMs; ///< exclusive
    QString kind; ///< exact, or a group that ends in a point: "decision."
    QString actor; ///< Actor::id
    QString agent;
    QString action;
    CaseId caseId;
    friend bool operator==(const TrailFilter &, const TrailFilter &) = default;
};

/// One line of the trail.
struct TrailRow
{
    qint64 seq = -1;
    qint64 atMs = 0;
    QString kind;
    QString actor; ///< a name; foreign text
    QString sentence; ///< foreign text inside
    CaseId caseId;
    QString agent; ///< foreign text
};

/// What filter boxes offer: what is written in the trail, and for actors the name to show.
struct TrailFacets
{
    QStringList kinds;
    QList<std::pair<QString, QString>> actors; ///< id, name
    QStringList agents;
    QStringList actions;
};

/// All there is to know about one event.
struct EventDetail
{
    qint64 seq = -1;
    qint64 atMs = 0;
    QString kind;
    QString sentence; ///< foreign text inside
    QString remark; ///< foreign text
    CaseId caseId;
    QByteArray envelope; ///< the exact bytes that were hashed
    QString pretty; ///< the envelope laid out for reading, nothing hidden in it
    std::optional<QString> payload; ///< laid out; nothing where there is none or it was erased
    QByteArray payloadBytes; ///< the same for copying, nothing made visible
    bool hasPayload = false; ///< the envelope names one
    QString leaf; ///< hex
    QString signatureKey; ///< key id, empty where nobody signed
    QString signature; ///< base64
};

/// The trail as a table, newest event first. Rows are read in pages by key (never by offset), the
/// newest answer wins, and only the pages that were looked at last stay in memory: a row that is
/// not there at the moment says so (LoadedRole) and comes by itself. Grows by fetchMore().
/// What is appended meanwhile never moves a row; unseen() counts it until refresh().
class TrailModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        NumberColumn,
        TimeColumn,
        WhoColumn,
        WhatColumn,
        CaseColumn,
        AgentColumn,
        DecisionColumn,
        ColumnCount
    };
    enum Role
    {
        SeqRole = Qt::UserRole + 1, ///< qint64, -1 while the row is not loaded
        KindRole,
        CaseRole, ///< the case's id as text
        LoadedRole
    };

    /// `store` must outlive the model. Reads nothing before the first refresh() or setFilter().
    explicit TrailModel(Store &store, QObject *parent = nullptr);
    ~TrailModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    void setFilter(const TrailFilter &filter);
    [[nodiscard]] const TrailFilter &filter() const { return m_filter; }
    /// The filter as exports take it.
    [[nodiscard]] const TrailQuery &query() const { return *m_query; }
    /// Reads again from the newest event.
    void refresh();

    [[nodiscard]] qint64 total() const { return m_total; } ///< events in the trail when last read
    [[nodiscard]] qint64 unseen() const { return m_unseen; } ///< appended since then
    [[nodiscard]] bool isBusy() const { return !m_asked.isEmpty(); }
    [[nodiscard]] bool isComplete() const { return m_end; } ///< rowCount() is all there is
    [[nodiscard]] int rowOf(qint64 seq) const; ///< -1 where it is not loaded

    [[nodiscard]] QFuture<Result<TrailFacets>> facets() const;
    [[nodiscard]] QFuture<Result<EventDetail>> detail(qint64 seq) const;

Q_SIGNALS:
    void stateChanged(); ///< total, unseen, busy or complete
    void failed(const countersign::Error &error);
    void pageWanted(int page, QPrivateSignal) const;

private:
    struct Page
    {
        qint64 before = 0; ///< its key
        qint64 last = 0; ///< the number of its last row
        qsizetype rowCount = 0;
        QList<TrailRow> rows; ///< empty while it is not in memory
    };
    struct Answer;

    [[nodiscard]] const TrailRow *rowAt(int row) const;
    void read(int page, std::optional<qint64> before);
    void load(int page);
    void restart(const Answer &answer);
    void take(int page, const QList<TrailRow> &rows);
    void append(const QList<TrailRow> &rows);
    void keepFewPages(int looked);
    void follow(const Changes &changes);

    static constexpr int newest = -1; ///< what refresh() asks for
    static constexpr int pageSize = 200;
    static constexpr int pagesKept = 40;

    Store &m_store;
    TrailFilter m_filter;
    std::unique_ptr<TrailQuery> m_query;
    QList<Page> m_pages;
    QList<int> m_recent; ///< pages in memory, the newest look last
    QSet<int> m_asked; ///< pages under way
    int m_rows = 0;
    int m_generation = 0;
    qint64 m_total = 0;
    qint64 m_unseen = 0;
    bool m_read = false; ///< at least once
    bool m_end = false;
};

} // namespace countersign
