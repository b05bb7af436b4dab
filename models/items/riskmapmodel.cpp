// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/riskmapmodel.h"

#include "domain/continued.h"
#include "domain/displaytext.h"
#include "items/policyread.h"
#include "policy/rules/policyindex.h"
#include "policy/statistics/proportion.h"

#include <algorithm>

namespace countersign {

RiskMapModel::RiskMapModel(Store &store, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent),
      m_store(store),
      m_clock(clock),
      m_history(store)
{
    connect(&m_history, &CaseHistory::changed, this, &RiskMapModel::rebuild);
    connect(&m_history, &CaseHistory::progressed, this, &RiskMapModel::stateChanged);
    connect(&m_history, &CaseHistory::failed, this, &RiskMapModel::failed);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.policy) {
            readPolicy();
        }
    });
    setDays(m_days);
}

void RiskMapModel::load()
{
    readPolicy();
    m_history.load();
}

void RiskMapModel::setDays(int days)
{
    m_days = days;
    m_history.setSince(days > 0 ? std::optional(m_clock.nowMs() - days * History::dayMs)
                                : std::nullopt);
}

void RiskMapModel::setCurrency(const QString &currency)
{
    if (std::exchange(m_wantedCurrency, currency) != currency) {
        rebuild();
    }
}

void RiskMapModel::setPolicy(const std::optional<Policy> &policy)
{
    m_given = policy;
    rebuild();
}

void RiskMapModel::readPolicy()
{
    using Found = std::optional<Policy>;
    continued(m_store.read<Found>(
                  [](Reader &reader) -> Result<Found> { return readPolicyInForce(reader); }),
              this, [this](const Result<Found> &policy) -> void {
                  if (policy) {
                      m_inForce = *policy;
                      rebuild();
                  } else {
                      Q_EMIT failed(policy.error());
                  }
              });
}

RiskGroup RiskMapModel::groupOf(const HistoryGroup &past) const
{
    RiskGroup group;
    group.agent = past.agent;
    group.action = past.action;
    group.caseType = past.caseType;
    group.isRest = past.isRest;
    group.cases = past.cases;
    group.perMonth = m_history.history().perMonth(past.cases);
    group.measured = past.measured;
    group.wrong = past.wrong;
    const auto money = past.money.constFind(m_currency);
    if (money != past.money.cend()) {
        group.currency = m_currency;
        group.mean = money->sum / double(money->cases);
    }
    const auto interval
        = statistics::wilson({double(past.wrong), double(past.measured - past.wrong)});
    group.wrongLow = interval.low;
    group.wrongHigh = interval.high;
    return group;
}

void RiskMapModel::rebuild()
{
    const History &history = m_history.history();
    QMap<QString, qint64> used;
    for (const HistoryGroup &past : history.groups) {
        for (auto it = past.money.cbegin(); it != past.money.cend(); ++it) {
            used[it.key()] += it->cases;
        }
    }
    m_currencies = used.keys();
    std::stable_sort(m_currencies.begin(), m_currencies.end(),
                     [&used](const QString &a, const QString &b) -> bool {
                         return used.value(a) > used.value(b);
                     });
    m_currency = m_currencies.contains(m_wantedCurrency) ? m_wantedCurrency : m_currencies.value(0);
    const Policy policy = m_given ? *m_given : m_inForce.value_or(everythingToAPerson());
    const PolicyIndex rules(policy.rules);
    const auto modeOf = [&](const HistoryGroup &past, Risk risk) -> PolicyMode {
        PolicyMatch subject;
        subject.agent = past.agent;
        subject.action = past.action;
        subject.caseType = past.caseType;
        subject.risk = risk == Risk::Unknown ? Risk::High : risk;
        const int place = past.isRest ? -1 : rules.find(subject);
        const auto mode = place < 0 ? policy.defaults.mode : policy.rules.at(place).mode;
        return mode ? *mode : *policy.defaults.mode;
    };
    beginResetModel();
    m_groups.clear();
    m_groups.reserve(history.groups.size());
    for (const HistoryGroup &past : history.groups) {
        RiskGroup group = groupOf(past);
        std::array<qint64, 4> byMode{};
        for (const Risk risk : {Risk::Low, Risk::Medium, Risk::High, Risk::Unknown}) {
            byMode[size_t(modeOf(past, risk))] += past.byRisk[size_t(risk)];
        }
        const auto most = std::max_element(byMode.begin(), byMode.end());
        group.mode = PolicyMode(most - byMode.begin());
        group.isMixed = *most < past.cases;
        m_groups.push_back(std::move(group));
    }
    arrange();
    endResetModel();
    Q_EMIT stateChanged();
}

int RiskMapModel::rowOf(const RiskGroup &wanted) const
{
    const auto found
        = std::find_if(m_groups.begin(), m_groups.end(),
                       [&](const RiskGroup &one) -> bool { return one.isSameKind(wanted); });
    return found == m_groups.end() ? -1 : int(found - m_groups.begin());
}

int RiskMapModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_groups.size());
}

int RiskMapModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RiskMapModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole) {
        return {};
    }
    const RiskGroup &group = at(index.row());
    switch (index.column()) {
    case ActionColumn:
        return group.action;
    case CaseTypeColumn:
        return group.caseType;
    case AgentColumn:
        return group.agent;
    case FrequencyColumn:
        return group.perMonth;
    case MeanColumn:
        return group.mean ? QVariant(*group.mean) : QVariant();
    case WrongColumn:
        return group.isMeasured() ? QVariant(double(group.wrong) / double(group.measured))
                                  : QVariant();
    default:
        return toWord(group.mode);
    }
}

QVariant RiskMapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case ActionColumn:
        return tr("Action");
    case CaseTypeColumn:
        return tr("Case type");
    case AgentColumn:
        return tr("Agent");
    case FrequencyColumn:
        return hasMonth() ? tr("A month") : tr("Cases");
    case MeanColumn:
        return m_currency.isEmpty() ? tr("Mean") : tr("Mean %1").arg(shortName(m_currency, 12));
    case WrongColumn:
        return tr("Wrong of measured");
    default:
        return tr("Mode");
    }
}

void RiskMapModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount) {
        return;
    }
    m_sortColumn = column;
    m_sortOrder = order;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<RiskGroup> held;
    for (const QModelIndex &index : before) {
        held.append(at(index.row()));
    }
    arrange();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        after.append(index(rowOf(held.at(i)), before.at(i).column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void RiskMapModel::arrange()
{
    // What is not known is below everything that is.
    const auto number = [this](const RiskGroup &group) -> double {
        switch (m_sortColumn) {
        case FrequencyColumn:
            return double(group.cases);
        case MeanColumn:
            return group.mean.value_or(-1);
        case WrongColumn:
            return group.isMeasured() ? double(group.wrong) / double(group.measured) : -1;
        default:
            return double(int(group.mode));
        }
    };
    const auto text = [this](const RiskGroup &group) -> const QString & {
        return m_sortColumn == AgentColumn ? group.agent
            : m_sortColumn == ActionColumn ? group.action
                                           : group.caseType;
    };
    const auto less = [&](const RiskGroup &a, const RiskGroup &b) -> bool {
        return m_sortColumn <= AgentColumn ? text(a) < text(b) : number(a) < number(b);
    };
    std::stable_sort(m_groups.begin(), m_groups.end(),
                     [&](const RiskGroup &a, const RiskGroup &b) -> bool {
                         if (a.isRest != b.isRest) {
                             return b.isRest;
                         }
                         return m_sortOrder == Qt::AscendingOrder ? less(a, b) : less(b, a);
                     });
}

} // namespace countersign
