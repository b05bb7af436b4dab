// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/casewatch.h"

#include "domain/aside.h"
#include "domain/continued.h"

#include <QSettings>

namespace countersign {

namespace {

constexpr qint64 longestWaitMs = 60'000; // clocks jump, computers sleep

QString toldKey()
{
    return QStringLiteral("watch/told_ms");
}

/// When it came back by itself, as far as it did.
std::optional<qint64> backAt(const CaseRow &row, qint64 nowMs)
{
    const auto why = backOf(row, nowMs);
    return !why              ? std::nullopt
        : *why == Back::Time ? row.setAsideUntilMs
                             : std::optional<qint64>(row.backMs);
}

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
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &CaseWatch::look);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        m_touched.unite(changes.cases);
        if (m_started && !m_touched.isEmpty()) {
            read();
        }
    });
}

void CaseWatch::remember(QSettings &settings)
{
    m_settings = &settings;
}

void CaseWatch::start()
{
    const qint64 now = m_clock.nowMs();
    const QVariant told = m_settings != nullptr ? m_settings->value(toldKey()) : QVariant();
    const bool usable = told.isValid() && told.toLongLong() <= now + longestWaitMs;
    m_fromMs = usable ? told.toLongLong() : now; // else the clock was set back
    read();
}

void CaseWatch::read()
{
    if (m_reading) {
        return; // what is touched meanwhile is asked for afterwards
    }
    m_reading = true;
    CaseQuery query;
    CaseQuery followed;
    followed.followUpsOnly = true;
    const QSet<CaseId> asked = std::exchange(m_touched, {});
    if (m_started) {
        query.ids = asked;
        followed.ids = asked;
    } else {
        query.states = {CaseState::Waiting, CaseState::Failed, CaseState::Trouble};
    }
    continued(
        m_store.read<QList<CaseRow>>([query, followed](Reader &reader) -> Result<QList<CaseRow>> {
            auto rows = reader.caseRows(query);
            const auto more = rows ? reader.caseRows(followed) : rows;
            return more ? Result<QList<CaseRow>>(*rows + *more) : more;
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
        note(row);
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
    look();
}

void CaseWatch::note(const CaseRow &row)
{
    if (row.followUpMs) {
        m_followed.insert(row.id, row);
    } else if (m_followed.remove(row.id) > 0 && !needsPerson(row.state)) {
        Q_EMIT settled(row.id);
    }
}

/// Times are compared as well as remembered: two things may happen within a millisecond.
bool CaseWatch::isNews(QHash<CaseId, qint64> &told, const CaseId &id, qint64 atMs,
                       qint64 nowMs) const
{
    if (atMs > nowMs || atMs < m_fromMs || told.value(id, -1) == atMs) {
        return false;
    }
    told.insert(id, atMs);
    return true;
}

void CaseWatch::look()
{
    const qint64 now = m_clock.nowMs();
    QList<CaseRow> back;
    for (const CaseRow &row : std::as_const(m_open)) {
        if (const auto at = backAt(row, now); at && isNews(m_toldBack, row.id, *at, now)) {
            back.append(row);
        }
    }
    QList<CaseRow> due;
    for (const CaseRow &row : std::as_const(m_followed)) {
        if (isNews(m_toldFollowUp, row.id, *row.followUpMs, now)) {
            due.append(row);
        }
    }
    if (m_settings != nullptr) {
        m_settings->setValue(toldKey(), now + 1); // what came at `now` was told
    }
    waitForNext(now);
    if (!back.isEmpty()) {
        Q_EMIT returned(back);
    }
    if (!due.isEmpty()) {
        Q_EMIT followUpsDue(due);
    }
    if (const InboxState stands = state(); stands != m_said) {
        m_said = stands;
        Q_EMIT stateChanged();
    }
}

void CaseWatch::waitForNext(qint64 nowMs)
{
    qint64 next = untilSomethingChanges;
    for (const CaseRow &row : std::as_const(m_open)) {
        if (const qint64 until = row.setAsideUntilMs.value_or(0); until > nowMs) {
            next = qMin(next, until);
        }
    }
    for (const CaseRow &row : std::as_const(m_followed)) {
        if (*row.followUpMs > nowMs) {
            next = qMin(next, *row.followUpMs);
        }
    }
    if (next == untilSomethingChanges) {
        m_next.stop();
    } else {
        m_next.start(int(qMin(next - nowMs, longestWaitMs)));
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
