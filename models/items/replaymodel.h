// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/pastreplay.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>

namespace countersign {

/// A policy tried on the past, against the one in force. A row for each kind of action (most cases
/// first) after one for all of them; nothing before the first result. Behind every figure are the
/// cases that make it. GUI thread.
class ReplayModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        KindColumn,
        CasesColumn,
        BeforeColumn, ///< reviews under the policy in force
        AfterColumn,
        MoreColumn,
        FewerColumn,
        CaughtColumn,
        LetThroughColumn,
        ReleasedColumn, ///< money that newly goes by itself
        HeldColumn, ///< money that newly waits
        ColumnCount
    };
    enum class Period
    {
        Week,
        Month,
        Quarter,
        All,
        Between ///< setBetween()
    };

    ReplayModel(Store &store, const Clock &clock, QObject *parent = nullptr);
    ~ReplayModel() override;

    /// What to compare; nothing for `draft`: there is nothing to try. Another pair puts away the
    /// result of the one before, and ends what runs.
    void setPolicies(const Policy &inForce, const std::optional<Policy> &draft);
    [[nodiscard]] bool hasDraft() const { return m_draft.has_value(); }
    void setPeriod(Period period);
    [[nodiscard]] Period period() const { return m_period; }
    void setBetween(qint64 fromMs, qint64 toMs); ///< UTC, inclusive and exclusive

    void start(); ///< nothing while it runs or without a draft
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running.isRunning(); }
    [[nodiscard]] qint64 done() const { return m_running.progressValue(); } ///< cases behind…
    [[nodiscard]] qint64 of() const { return m_running.progressMaximum(); } ///< …of those there are

    /// Null before the first result and where it was put away.
    [[nodiscard]] const ReplayOutcome &outcome() const { return m_outcome; }
    [[nodiscard]] const PolicyReplay::Row &at(int row) const { return m_rows.at(row); }
    [[nodiscard]] static bool isTotal(int row) { return row == 0; }
    /// The figure of a column; nothing where it has no cases behind it.
    [[nodiscard]] static std::optional<PolicyReplay::Figure> figureOf(int column);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// The display role gives raw values: texts are foreign, counts are numbers.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void stateChanged(); ///< running, its progress, the result
    void failed(const countersign::Error &error);

private:
    void finish();
    void putAway();

    const Clock &m_clock;
    PastReplay m_past;
    QFutureWatcher<Result<ReplayOutcome>> m_running;
    Policy m_inForce;
    std::optional<Policy> m_draft;
    Period m_period = Period::Month;
    qint64 m_fromMs = 0;
    qint64 m_toMs = 0;
    ReplayOutcome m_outcome;
    QList<PolicyReplay::Row> m_rows;
};

/// The cases behind a figure, as lines to open. Reads them off the GUI thread.
class CasesBehindModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int mostShown = 500;

    explicit CasesBehindModel(Store &store, QObject *parent = nullptr);
    void show(const QList<CaseId> &ids); ///< in that order, the first mostShown
    [[nodiscard]] const CaseRow &at(int row) const { return m_cases.at(row); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override; ///< foreign

Q_SIGNALS:
    void failed(const countersign::Error &error);

private:
    Store &m_store;
    QList<CaseId> m_wanted;
    QList<CaseRow> m_cases;
};

} // namespace countersign
