// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/casehistory.h"
#include "policy/rules/policy.h"

#include <QAbstractTableModel>

namespace countersign {

/// One kind of action on the risk map.
struct RiskGroup
{
    static constexpr qint64 leastMeasured = 30; ///< that it takes to speak of how often it is wrong

    QString agent; ///< foreign, as are the next three
    QString action;
    QString caseType;
    QString currency; ///< of `mean`
    bool isRest = false; ///< of all kinds beyond those that are told apart
    qint64 cases = 0;
    double perMonth = 0; ///< where RiskMapModel::hasMonth(), else the same as `cases`
    std::optional<double> mean; ///< cost of an error: the mean amount in the model's currency
    qint64 measured = 0; ///< on which a verdict stands
    qint64 wrong = 0;
    double wrongLow = 0; ///< of the 95 % interval (Wilson) of the share of wrong ones
    double wrongHigh = 1;
    PolicyMode mode
        = PolicyMode::Approve; ///< of most of its cases, while nothing speaks against it
    bool isMixed = false; ///< other risk levels have another mode

    [[nodiscard]] bool isMeasured() const { return measured >= leastMeasured; }
    [[nodiscard]] bool isSameKind(const RiskGroup &other) const
    {
        return action == other.action && caseType == other.caseType && agent == other.agent
            && isRest == other.isRest;
    }
};

/// The risk map: how often each kind of action comes, what an error of it costs, how often it was
/// wrong, and what policy does with it. A row a group, those with most cases first until it is
/// sorted; the rest of a very long tail is one row, always the last. Follows the store and the
/// policy in force. GUI thread.
class RiskMapModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        ActionColumn,
        CaseTypeColumn,
        AgentColumn,
        FrequencyColumn,
        MeanColumn,
        WrongColumn,
        ModeColumn,
        ColumnCount
    };

    RiskMapModel(Store &store, const Clock &clock, QObject *parent = nullptr);

    void load(); ///< reads for the first time; until loaded() there are no rows
    /// Cases of the last so many days; 0: all. At first 90.
    void setDays(int days);
    [[nodiscard]] int days() const { return m_days; }
    /// Which amounts are compared; one of currencies(). Empty: the one that most cases have.
    void setCurrency(const QString &currency);
    [[nodiscard]] const QString &currency() const { return m_currency; }
    [[nodiscard]] const QStringList &currencies() const
    {
        return m_currencies;
    } ///< most cases first
    /// The modes of this policy rather than of the one in force; nothing: of the one in force.
    void setPolicy(const std::optional<Policy> &policy);

    [[nodiscard]] const RiskGroup &at(int row) const { return m_groups.at(size_t(row)); }
    [[nodiscard]] int rowOf(const RiskGroup &group) const; ///< by agent, action and type; or -1
    [[nodiscard]] bool isLoaded() const { return m_history.isLoaded(); }
    [[nodiscard]] bool isReading() const { return m_history.isReading(); }
    [[nodiscard]] int percent() const { return m_history.percent(); }
    [[nodiscard]] bool hasMonth() const { return m_history.history().hasMonth(); }
    [[nodiscard]] qint64 cases() const { return m_history.history().cases; }
    [[nodiscard]] qint64 restKinds() const { return m_history.history().restKinds; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// The display role gives raw values: texts are foreign, numbers are numbers.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void stateChanged(); ///< what is read, and what rows there are
    void failed(const countersign::Error &error);

private:
    void readPolicy();
    void rebuild();
    void arrange();
    [[nodiscard]] RiskGroup groupOf(const HistoryGroup &past) const;

    Store &m_store;
    const Clock &m_clock;
    CaseHistory m_history;
    int m_days = 90;
    QString m_wantedCurrency;
    QString m_currency;
    QStringList m_currencies;
    std::optional<Policy> m_given;
    std::optional<Policy> m_inForce; ///< nothing: everything is approved
    std::vector<RiskGroup> m_groups;
    int m_sortColumn = FrequencyColumn;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace countersign
