// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casehistory.h"

#include "domain/continued.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace countersign {

namespace {

constexpr qint64 numbersAtOnce = 20'000;
constexpr int shortestPauseMs = 3000;
constexpr int pauseFactor = 20; ///< between two walks, of what one took

} // namespace

struct CaseHistory::Walk
{
    struct Kind
    {
        QString agent;
        QString action;
        QString caseType;
        friend bool operator==(const Kind &, const Kind &) = default;
        friend size_t qHash(const Kind &kind, size_t seed = 0)
        {
            return qHashMulti(seed, kind.agent, kind.action, kind.caseType);
        }
    };

    qint64 newest = -1; ///< unknown yet
    qint64 below = 0;
    std::optional<qint64> sinceMs;
    QElapsedTimer taken;
    History history;
    HistoryGroup rest;
    QHash<Kind, size_t> places;
    QSet<size_t> restKinds; // by hash: their number is for people, not for sums
    qsizetype scored = 0;

    Result<void> look(Reader &reader);
    void take(const HistoryRow &row);
    HistoryGroup &groupOf(const HistoryRow &row);
    void close();
};

/// On a reader's thread; never two at once.
Result<void> CaseHistory::Walk::look(Reader &reader)
{
    if (newest < 0) {
        const auto number = evidenceOf(reader).newestCaseNumber();
        if (!number) {
            return tl::unexpected<Error>(number.error());
        }
        newest = *number;
        below = newest + 1;
    }
    const HistoryQuery query{
        .from = std::max<qint64>(1, below - numbersAtOnce), .below = below, .fromMs = sinceMs};
    const auto rows = evidenceOf(reader).history(query);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    for (const HistoryRow &row : *rows) {
        take(row);
    }
    below = query.from;
    if (below <= 1) {
        close();
    }
    return {};
}

HistoryGroup &CaseHistory::Walk::groupOf(const HistoryRow &row)
{
    const Kind kind{row.agent, row.action, row.caseType};
    const auto known = places.constFind(kind);
    if (known != places.cend()) {
        return history.groups[*known];
    }
    if (history.groups.size() >= mostGroups) {
        if (restKinds.size() < qsizetype(mostGroups) * 10) {
            restKinds.insert(qHash(kind));
        }
        return rest;
    }
    places.insert(kind, history.groups.size());
    HistoryGroup group;
    group.agent = row.agent;
    group.action = row.action;
    group.caseType = row.caseType;
    history.groups.push_back(std::move(group));
    return history.groups.back();
}

void CaseHistory::Walk::take(const HistoryRow &row)
{
    HistoryGroup &group = groupOf(row);
    ++history.cases;
    history.newestMs = std::max(history.newestMs, row.createdMs);
    history.oldestMs
        = history.oldestMs == 0 ? row.createdMs : std::min(history.oldestMs, row.createdMs);
    ++group.cases;
    ++group.byRisk[size_t(row.risk)];
    group.measured += row.verdict ? 1 : 0;
    group.wrong += row.verdict == Verdict::Wrong ? 1 : 0;
    if (row.amount) {
        const double size = std::abs(row.amount->toDouble());
        const bool known = group.money.contains(row.currency);
        if (std::isfinite(size) && (known || group.money.size() < HistoryGroup::mostCurrencies)) {
            HistoryGroup::Money &money = group.money[row.currency];
            ++money.cases;
            money.sum += size;
        }
    }
    const double confidence = row.confidence ? row.confidence->toDouble() : -1;
    if (confidence >= 0 && confidence <= 1) {
        ++group.confident;
        if (qsizetype(group.scored.size()) < HistoryGroup::mostScored && scored < mostScoredInAll) {
            ++scored;
            group.scored.push_back({confidence,
                                    !row.verdict ? HistoryGroup::Scored::NotMeasured
                                        : *row.verdict == Verdict::Wrong
                                        ? HistoryGroup::Scored::Wrong
                                        : HistoryGroup::Scored::Right});
        }
    }
}

void CaseHistory::Walk::close()
{
    std::sort(history.groups.begin(), history.groups.end(),
              [](const HistoryGroup &a, const HistoryGroup &b) -> bool {
                  return a.cases != b.cases ? a.cases > b.cases
                                            : std::tie(a.action, a.caseType, a.agent)
                          < std::tie(b.action, b.caseType, b.agent);
              });
    if (rest.cases > 0) {
        rest.isRest = true;
        history.groups.push_back(std::move(rest));
    }
    history.restKinds = restKinds.size();
}

double History::perMonth(qint64 some) const
{
    return hasMonth() ? double(some) * double(monthMs) / double(newestMs - oldestMs) : double(some);
}

CaseHistory::CaseHistory(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(shortestPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &CaseHistory::begin);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (!m_wanted || changes.cases.isEmpty()) {
            return;
        }
        if (m_walk != nullptr) {
            m_stale = true;
        } else if (!m_pause.isActive()) {
            m_pause.start();
        }
    });
}

void CaseHistory::setSince(const std::optional<qint64> &sinceMs)
{
    if (std::exchange(m_sinceMs, sinceMs) == sinceMs || !m_wanted) {
        return;
    }
    m_walk.reset(); // the look that is under way is not followed by another
    begin();
}

void CaseHistory::load()
{
    if (!std::exchange(m_wanted, true)) {
        begin();
    }
}

int CaseHistory::percent() const
{
    return m_walk && m_walk->newest > 0
        ? int(100 * (m_walk->newest + 1 - m_walk->below) / m_walk->newest)
        : 0;
}

void CaseHistory::begin()
{
    if (m_walk != nullptr) {
        m_stale = true;
        return;
    }
    m_pause.stop();
    m_stale = false;
    m_walk = std::make_shared<Walk>();
    m_walk->sinceMs = m_sinceMs;
    m_walk->taken.start();
    Q_EMIT progressed();
    step(m_walk);
}

void CaseHistory::step(const std::shared_ptr<Walk> &walk)
{
    const auto job = [walk](Reader &reader) -> Result<bool> {
        return walk->look(reader).map([]() -> bool { return true; });
    };
    continued(m_store.read<bool>(job), this, [this, walk](const Result<bool> &looked) -> void {
        if (walk != m_walk) {
            return; // another one has begun
        }
        if (!looked) {
            m_walk.reset();
            Q_EMIT progressed();
            Q_EMIT failed(looked.error());
        } else if (walk->below > 1) {
            Q_EMIT progressed();
            step(walk);
        } else {
            finish(walk);
        }
    });
}

void CaseHistory::finish(const std::shared_ptr<Walk> &walk)
{
    m_history = std::make_shared<const History>(std::move(walk->history));
    m_pause.setInterval(std::max(shortestPauseMs, int(pauseFactor * walk->taken.elapsed())));
    m_walk.reset();
    m_done = true;
    Q_EMIT progressed();
    Q_EMIT changed();
    if (m_stale) {
        m_stale = false;
        m_pause.start();
    }
}

} // namespace countersign
