// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/thresholdadvice.h"
#include "policy/rules/policy.h"

#include <QAbstractListModel>
#include <QThreadPool>

namespace countersign {

/// Which confidence may pass without a person, for each kind of action on its own: a row a kind
/// whose agent gives a confidence, most cases first, and what the past says of the current one.
/// Follows the store. GUI thread; sorts on a thread of its own.
class ThresholdModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Kind
    {
        QString agent; ///< foreign, as are the next two
        QString action;
        QString caseType;
        qint64 cases = 0;
        qint64 measured = 0;
    };

    explicit ThresholdModel(Store &store, QObject *parent = nullptr);
    ~ThresholdModel() override;

    void load(); ///< reads for the first time
    [[nodiscard]] bool isLoaded() const { return m_history.isLoaded(); }
    [[nodiscard]] bool isReading() const { return m_history.isReading(); }
    [[nodiscard]] int percent() const { return m_history.percent(); }

    void setCurrent(int row); ///< -1: none
    /// The same by name; the rest of a path may be empty. False where there is no such kind (yet:
    /// it becomes current once it is read).
    bool setCurrent(const QString &agent, const QString &action, const QString &caseType);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] const Kind &at(int row) const { return m_kinds.at(row); }

    void setTarget(double errorRate); ///< of what passes, within (0, 1); at first 0.05
    void setCertainty(double certainty); ///< within (0, 1); at first 0.95
    [[nodiscard]] double target() const { return m_target; }
    [[nodiscard]] double certainty() const { return m_certainty; }

    /// Of the current kind; null while it is being summed up.
    [[nodiscard]] const std::shared_ptr<const ThresholdEvidence> &evidence() const
    {
        return m_evidence;
    }
    [[nodiscard]] const Advised &advised() const { return m_advised; }
    /// The threshold of the policy in force, where that kind may go by itself at all.
    [[nodiscard]] std::optional<double> inForce() const;
    /// So many cases of the current kind in a month, or in all where hasMonth() is false.
    [[nodiscard]] double perMonth(qint64 cases) const;
    [[nodiscard]] bool hasMonth() const { return m_history.history().hasMonth(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override; ///< foreign

Q_SIGNALS:
    void stateChanged(); ///< what is read, the current kind, its evidence
    void advisedChanged();
    void failed(const countersign::Error &error);

private:
    void rebuild();
    void sumUp();
    void advise();
    void readPolicy();
    [[nodiscard]] const HistoryGroup *groupOf(const Kind &kind) const;

    Store &m_store;
    CaseHistory m_history;
    QThreadPool m_pool;
    QList<Kind> m_kinds;
    int m_current = -1;
    std::optional<Kind> m_wanted; ///< by name, not read yet
    double m_target = 0.05;
    double m_certainty = 0.95;
    std::shared_ptr<const ThresholdEvidence> m_evidence;
    int m_asked = 0; ///< only the newest sum counts
    Advised m_advised;
    std::optional<Policy> m_policy;
};

} // namespace countersign
