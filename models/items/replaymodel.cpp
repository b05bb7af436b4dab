// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/replaymodel.h"

#include "domain/continued.h"
#include "items/casehistory.h"
#include "items/policyread.h"

#include <algorithm>

namespace countersign {

ReplayModel::ReplayModel(Store &store, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent),
      m_clock(clock),
      m_past(store),
      m_inForce(everythingToAPerson())
{
    connect(&m_running, &QFutureWatcherBase::progressValueChanged, this,
            &ReplayModel::stateChanged);
    connect(&m_running, &QFutureWatcherBase::finished, this, &ReplayModel::finish);
}

ReplayModel::~ReplayModel()
{
    m_running.cancel();
}

void ReplayModel::setPolicies(const Policy &inForce, const std::optional<Policy> &draft)
{
    m_inForce = inForce;
    m_draft = draft;
    putAway();
}

void ReplayModel::setPeriod(Period period)
{
    if (std::exchange(m_period, period) != period) {
        putAway();
    }
}

void ReplayModel::setBetween(qint64 fromMs, qint64 toMs)
{
    if (m_fromMs == fromMs && m_toMs == toMs && m_period == Period::Between) {
        return;
    }
    m_fromMs = fromMs;
    m_toMs = toMs;
    m_period = Period::Between;
    putAway();
}

/// A result of other policies or another period would be taken for this one's.
void ReplayModel::putAway()
{
    cancel();
    beginResetModel();
    m_outcome.reset();
    m_rows.clear();
    endResetModel();
    Q_EMIT stateChanged();
}

void ReplayModel::start()
{
    if (isRunning() || !m_draft) {
        return;
    }
    ReplayRequest request{.inForce = m_inForce, .draft = *m_draft};
    const auto last = [this](int days) -> qint64 {
        return m_clock.nowMs() - days * History::dayMs;
    };
    switch (m_period) {
    case Period::Week:
        request.fromMs = last(7);
        break;
    case Period::Month:
        request.fromMs = last(30);
        break;
    case Period::Quarter:
        request.fromMs = last(90);
        break;
    case Period::All:
        break;
    case Period::Between:
        request.fromMs = m_fromMs;
        request.toMs = m_toMs;
        break;
    }
    m_running.setFuture(m_past.run(request));
    Q_EMIT stateChanged();
}

void ReplayModel::cancel()
{
    m_running.cancel();
}

void ReplayModel::finish()
{
    if (!m_running.isCanceled() && m_running.future().resultCount() > 0) {
        const auto outcome = m_running.result();
        if (outcome) {
            beginResetModel();
            m_outcome = *outcome;
            m_rows = m_outcome->rows();
            m_rows.prepend(m_outcome->total());
            endResetModel();
        } else {
            Q_EMIT failed(outcome.error());
        }
    }
    Q_EMIT stateChanged();
}

std::optional<PolicyReplay::Figure> ReplayModel::figureOf(int column)
{
    switch (column) {
    case BeforeColumn:
        return PolicyReplay::ReviewedBefore;
    case AfterColumn:
        return PolicyReplay::ReviewedAfter;
    case MoreColumn:
        return PolicyReplay::MoreReviews;
    case FewerColumn:
        return PolicyReplay::FewerReviews;
    case CaughtColumn:
        return PolicyReplay::WrongCaught;
    case LetThroughColumn:
        return PolicyReplay::WrongLetThrough;
    case ReleasedColumn:
        return PolicyReplay::Released;
    case HeldColumn:
        return PolicyReplay::Held;
    default:
        return std::nullopt;
    }
}

int ReplayModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ReplayModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReplayModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole) {
        return {};
    }
    const PolicyReplay::Row &row = at(index.row());
    const auto currencies = [](const QMap<QString, Decimal> &sums) -> QStringList {
        return sums.keys();
    };
    switch (index.column()) {
    case KindColumn:
        return row.caseType.isEmpty() ? row.action : row.action + u' ' + row.caseType;
    case CasesColumn:
        return row.cases;
    case ReleasedColumn:
        return currencies(row.released);
    case HeldColumn:
        return currencies(row.held);
    default:
        return row.figures[*figureOf(index.column())];
    }
}

QVariant ReplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    static const char *const titles[]
        = {QT_TR_NOOP("Kind"),         QT_TR_NOOP("Cases"),       QT_TR_NOOP("Reviews now"),
           QT_TR_NOOP("With draft"),   QT_TR_NOOP("More"),        QT_TR_NOOP("Fewer"),
           QT_TR_NOOP("Wrong caught"), QT_TR_NOOP("Let through"), QT_TR_NOOP("Newly alone"),
           QT_TR_NOOP("Newly held")};
    return section < 0 || section >= ColumnCount ? QVariant() : QVariant(tr(titles[section]));
}

CasesBehindModel::CasesBehindModel(Store &store, QObject *parent)
    : QAbstractListModel(parent),
      m_store(store)
{
}

void CasesBehindModel::show(const QList<CaseId> &ids)
{
    m_wanted = ids.first(std::min<qsizetype>(ids.size(), mostShown));
    if (m_wanted.isEmpty()) {
        beginResetModel();
        m_cases.clear();
        endResetModel();
        return;
    }
    CaseQuery query;
    query.ids = QSet<CaseId>(m_wanted.cbegin(), m_wanted.cend());
    using Rows = QList<CaseRow>;
    continued(m_store.read<Rows>(
                  [query](Reader &reader) -> Result<Rows> { return reader.caseRows(query); }),
              this, [this, wanted = m_wanted](const Result<Rows> &rows) -> void {
                  if (wanted != m_wanted) {
                      return; // another figure was chosen meanwhile
                  }
                  if (!rows) {
                      Q_EMIT failed(rows.error());
                      return;
                  }
                  QHash<CaseId, CaseRow> byId;
                  for (const CaseRow &row : *rows) {
                      byId.insert(row.id, row);
                  }
                  beginResetModel();
                  m_cases.clear();
                  for (const CaseId &id : wanted) {
                      if (byId.contains(id)) {
                          m_cases.append(byId.value(id));
                      }
                  }
                  endResetModel();
              });
}

int CasesBehindModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_cases.size());
}

QVariant CasesBehindModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() && role == Qt::DisplayRole ? QVariant(at(index.row()).headline)
                                                      : QVariant();
}

} // namespace countersign
