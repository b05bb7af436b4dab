// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/casewatch.h"

#include "domain/continued.h"

namespace countersign {

namespace {

bool needsPerson(CaseState state)
{
    return state == CaseState::Waiting || state == CaseState::Failed || state == CaseState::Trouble;
}

} // namespace

CaseWatch::CaseWatch(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_clock(clock)
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        m_touched.unite(changes.cases);
        if (m_started && !m_touched.isEmpty()) {
            read();
        }
    });
}

void CaseWatch::start()
{
    read();
}

void CaseWatch::read()
{
    if (m_reading) {
        return; // what is touched meanwhile is asked for afterwards
    }
    m_reading = true;
    CaseQuery query;
    const QSet<CaseId> asked = std::exchange(m_touched, {});
    if (m_started) {
        query.ids = asked;
    } else {
        query.states = {CaseState::Waiting, CaseState::Failed, CaseState::Trouble};
    }
    continued(m_store.read<QList<CaseRow>>([query](Reader &reader) -> Result<QList<CaseRow>> {
        return reader.caseRows(query);
    }),
              this, [this, asked](const Result<QList<CaseRow>> &rows) -> void {
                  m_reading = false;
                  if (rows) {
                      take(*rows, asked);
                  } else {
                      Q_EMIT failed(rows.error());
                  }
                  if (!m_touched.isEmpty()) {
                      read();
                  }
              });
}

void CaseWatch::take(const QList<CaseRow> &rows, const QSet<CaseId> &asked)
{
    QList<CaseRow> news;
    QSet<CaseId> gone = m_started ? asked : QSet<CaseId>();
    for (const CaseRow &row : rows) {
        if (!needsPerson(row.state)) {
            continue;
        }
        gone.remove(row.id);
        if (!m_open.contains(row.id)) {
            news.append(row);
        }
        m_open.insert(row.id, row);
    }
    for (const CaseId &id : std::as_const(gone)) {
        if (m_open.remove(id) > 0) {
            Q_EMIT settled(id);
        }
    }
    if (m_started && !news.isEmpty()) {
        Q_EMIT proposed(news);
    }
    m_started = true;
    if (const InboxState now = state(); now != m_said) {
        m_said = now;
        Q_EMIT stateChanged();
    }
}

InboxState CaseWatch::state() const
{
    using Worst = InboxState::Worst;
    InboxState state;
    const qint64 now = m_clock.nowMs();
    for (const CaseRow &row : m_open) {
        Worst own = Worst::Waiting;
        if (row.state != CaseState::Waiting) {
            own = Worst::Trouble;
        } else if (row.risk == Risk::High || row.risk == Risk::Unknown
                   || (row.dueMs && *row.dueMs < now)) {
            own = Worst::HighRisk;
        }
        if (row.setAsideUntilMs.value_or(0) > now) {
            continue;
        }
        ++state.waiting;
        state.worst = qMax(state.worst, own);
    }
    return state;
}

} // namespace countersign
