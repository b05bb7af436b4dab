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

bool mayComeBack(const CaseRow &row)
{
    return row.setAsideUntilMs || row.back;
}

} // namespace

void OpenCases::put(const CaseRow &row)
{
    Open one{.id = row.id,
             .own = row.state != CaseState::Waiting ? InboxState::Worst::Trouble
                 : row.risk == Risk::High || row.risk == Risk::Unknown
                 ? InboxState::Worst::HighRisk
                 : InboxState::Worst::Waiting};
    one.dueMs = row.state == CaseState::Waiting ? row.dueMs.value_or(one.dueMs) : one.dueMs;
    one.asideUntilMs = row.setAsideUntilMs.value_or(0);
    const auto known = m_at.constFind(row.id);
    if (known != m_at.cend()) {
        m_list[*known] = one;
    } else {
        m_at.insert(row.id, m_list.size());
        m_list.append(one);
    }
}

bool OpenCases::remove(const CaseId &id)
{
    const auto known = m_at.constFind(id);
    if (known == m_at.cend()) {
        return false;
    }
    const qsizetype at = *known;
    m_at.erase(known);
    const Open last = m_list.takeLast();
    if (at < m_list.size()) {
        m_list[at] = last;
        m_at.insert(last.id, at);
    }
    return true;
}

InboxState OpenCases::state(qint64 nowMs) const
{
    using Worst = InboxState::Worst;
    InboxState state;
    for (const Open &one : m_list) {
        if (one.asideUntilMs <= nowMs) {
            ++state.waiting;
            state.worst = qMax(
                state.worst, one.dueMs < nowMs ? qMax(one.own, Worst::HighRisk) : one.own);
        }
    }
    return state;
}

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
    const auto job = [query, followed, first = !m_started](Reader &reader) -> Result<News> {
        auto rows = reader.caseRows(query);
        const auto more = rows ? reader.caseRows(followed) : rows;
        if (!more) {
            return tl::unexpected<Error>(more.error());
        }
        News news;
        if (first) { // as many as there are: the window's thread gets what it needs of them
            for (const CaseRow &row : std::as_const(*rows)) {
                news.open.put(row);
            }
            rows->removeIf([](const CaseRow &row) -> bool { return !mayComeBack(row); });
        }
        news.rows = *rows + *more;
        return news;
    };
    continued(m_store.read<News>(job), this, [this, asked](const Result<News> &news) -> void {
        m_reading = false;
        if (news) {
            take(*news, asked);
        } else {
            Q_EMIT failed(news.error());
        }
        if (!m_touched.isEmpty()) {
            read();
        }
    });
}

void CaseWatch::take(const News &seen, const QSet<CaseId> &asked)
{
    QList<CaseRow> news;
    QSet<CaseId> gone = asked;
    if (!m_started) {
        m_open = seen.open;
        gone.clear();
    }
    for (const CaseRow &row : seen.rows) {
        note(row);
        if (!needsPerson(row.state)) {
            continue;
        }
        gone.remove(row.id);
        if (!m_open.contains(row.id)) {
            news.append(row);
        }
        m_open.put(row);
        if (mayComeBack(row)) {
            m_aside.insert(row.id, row);
        } else {
            m_aside.remove(row.id);
        }
    }
    for (const CaseId &id : std::as_const(gone)) {
        m_aside.remove(id);
        if (m_open.remove(id)) {
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
    m_aside.removeIf([&](const auto &it) -> bool {
        const CaseRow &row = *it;
        const auto at = backAt(row, now);
        if (at && isNews(m_toldBack, row.id, *at, now)) {
            back.append(row);
        }
        // Until it is touched again nothing more can come of it.
        return row.setAsideUntilMs.value_or(0) <= now && at.value_or(0) <= now;
    });
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
    for (const CaseRow &row : std::as_const(m_aside)) {
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
    return m_open.state(m_clock.nowMs());
}

} // namespace countersign
