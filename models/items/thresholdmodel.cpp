// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/thresholdmodel.h"

#include "domain/continued.h"
#include "items/policyread.h"
#include "policy/rules/policyindex.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace countersign {

namespace {

bool isSameKind(const ThresholdModel::Kind &a, const ThresholdModel::Kind &b)
{
    return a.action == b.action && a.caseType == b.caseType && a.agent == b.agent;
}

} // namespace

ThresholdModel::ThresholdModel(Store &store, QObject *parent)
    : QAbstractListModel(parent),
      m_store(store),
      m_history(store)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_history, &CaseHistory::changed, this, &ThresholdModel::rebuild);
    connect(&m_history, &CaseHistory::progressed, this, &ThresholdModel::stateChanged);
    connect(&m_history, &CaseHistory::failed, this, &ThresholdModel::failed);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.policy) {
            readPolicy();
        }
    });
}

ThresholdModel::~ThresholdModel()
{
    m_pool.waitForDone();
}

void ThresholdModel::load()
{
    readPolicy();
    m_history.load();
}

void ThresholdModel::readPolicy()
{
    using Found = std::optional<Policy>;
    continued(m_store.read<Found>(
                  [](Reader &reader) -> Result<Found> { return readPolicyInForce(reader); }),
              this, [this](const Result<Found> &policy) -> void {
                  if (policy) {
                      m_policy = *policy;
                      Q_EMIT stateChanged();
                  } else {
                      Q_EMIT failed(policy.error());
                  }
              });
}

void ThresholdModel::rebuild()
{
    const std::optional<Kind> kept
        = m_current >= 0 ? std::optional(at(m_current)) : std::exchange(m_wanted, std::nullopt);
    beginResetModel();
    m_kinds.clear();
    for (const HistoryGroup &group : m_history.history().groups) {
        if (!group.isRest && group.confident > 0) {
            m_kinds.append(
                {group.agent, group.action, group.caseType, group.cases, group.measured});
        }
    }
    m_current = -1;
    endResetModel();
    const auto found
        = std::find_if(m_kinds.cbegin(), m_kinds.cend(),
                       [&](const Kind &kind) -> bool { return kept && isSameKind(kind, *kept); });
    setCurrent(found != m_kinds.cend() ? int(found - m_kinds.cbegin())
                   : m_kinds.isEmpty() ? -1
                                       : 0);
}

void ThresholdModel::setCurrent(int row)
{
    m_current = row >= 0 && row < m_kinds.size() ? row : -1;
    sumUp();
}

bool ThresholdModel::setCurrent(const QString &agent, const QString &action,
                                const QString &caseType)
{
    const Kind wanted{agent, action, caseType};
    for (int row = 0; row < m_kinds.size(); ++row) {
        if (isSameKind(m_kinds.at(row), wanted)) {
            setCurrent(row);
            return true;
        }
    }
    m_wanted = wanted;
    return false;
}

const HistoryGroup *ThresholdModel::groupOf(const Kind &kind) const
{
    const auto &groups = m_history.history().groups;
    const auto found
        = std::find_if(groups.begin(), groups.end(), [&](const HistoryGroup &group) -> bool {
              return !group.isRest && group.action == kind.action && group.caseType == kind.caseType
                  && group.agent == kind.agent;
          });
    return found == groups.end() ? nullptr : &*found;
}

void ThresholdModel::sumUp()
{
    const int mine = ++m_asked;
    m_evidence.reset();
    m_advised = {};
    const HistoryGroup *group = m_current >= 0 ? groupOf(at(m_current)) : nullptr;
    Q_EMIT stateChanged();
    if (group == nullptr) {
        return;
    }
    using Summed = std::shared_ptr<const ThresholdEvidence>;
    continued(QtConcurrent::run(&m_pool,
                                [past = *group]() -> Summed {
                                    return std::make_shared<const ThresholdEvidence>(past);
                                }),
              this, [this, mine](const Summed &evidence) -> void {
                  if (mine == m_asked) {
                      m_evidence = evidence;
                      advise();
                      Q_EMIT stateChanged();
                  }
              });
}

void ThresholdModel::setTarget(double errorRate)
{
    m_target = errorRate;
    advise();
}

void ThresholdModel::setCertainty(double certainty)
{
    m_certainty = certainty;
    advise();
}

void ThresholdModel::advise()
{
    m_advised = m_evidence ? m_evidence->advise(m_target, m_certainty) : Advised();
    Q_EMIT advisedChanged();
}

std::optional<double> ThresholdModel::inForce() const
{
    const HistoryGroup *group = m_current >= 0 ? groupOf(at(m_current)) : nullptr;
    if (group == nullptr || !m_policy) {
        return std::nullopt;
    }
    const auto most = std::max_element(group->byRisk.begin(), group->byRisk.end());
    const Risk risk = Risk(most - group->byRisk.begin());
    PolicyMatch subject;
    subject.agent = group->agent;
    subject.action = group->action;
    subject.caseType = group->caseType;
    subject.risk = risk == Risk::Unknown ? Risk::High : risk;
    const int place = PolicyIndex(m_policy->rules).find(subject);
    const PolicyRule &rule = place < 0 ? m_policy->defaults : m_policy->rules.at(place);
    const auto mode = rule.mode ? rule.mode : m_policy->defaults.mode;
    const auto least = rule.minConfidence ? rule.minConfidence : m_policy->defaults.minConfidence;
    return mode == PolicyMode::Autonomous && least ? std::optional(least->toDouble())
                                                   : std::nullopt;
}

double ThresholdModel::perMonth(qint64 cases) const
{
    const double counted = m_evidence ? double(std::max<qint64>(1, m_evidence->cases())) : 1;
    const double all = m_current >= 0 ? m_history.history().perMonth(at(m_current).cases) : 0;
    return double(cases) / counted * all;
}

int ThresholdModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_kinds.size());
}

QVariant ThresholdModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole) {
        return {};
    }
    const Kind &kind = at(index.row());
    return kind.caseType.isEmpty() ? kind.action : kind.action + u' ' + kind.caseType;
}

} // namespace countersign
