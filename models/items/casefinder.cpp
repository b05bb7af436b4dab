// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casefinder.h"

#include "domain/continued.h"
#include "domain/fuzzymatch.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int staleEvery = 1024;
constexpr qsizetype touchedAtOnce = 2000; // beyond that everything is read again
const QSet<CaseState> openStates{CaseState::Waiting, CaseState::Held, CaseState::Sending,
                                 CaseState::Failed, CaseState::Trouble};

/// "12" and "C-12" are case c-12; empty where it is no number.
CaseId numbered(const QString &typed)
{
    QString digits = typed.trimmed();
    if (digits.startsWith(QLatin1String("c-"), Qt::CaseInsensitive)) {
        digits.remove(0, 2);
    }
    bool ok = false;
    const qint64 number = digits.toLongLong(&ok);
    return ok && number > 0 ? CaseId(QStringLiteral("c-%1").arg(number)) : CaseId();
}

FoundCase foundOf(const CaseRow &row)
{
    return {row.id, row.headline, row.subject, row.agent,
            foldedForSearch(QStringList{row.headline, row.subject, row.id.toString(), row.agent,
                                        row.action, row.caseType, row.queue, row.endpointName}
                                .join(u' '))};
}

template <class T, class Better> void keepBest(QList<T> &found, int limit, Better better)
{
    const auto middle = found.begin() + std::min<qsizetype>(limit, found.size());
    std::partial_sort(found.begin(), middle, found.end(), better);
    found.erase(middle, found.end());
}

} // namespace

void CaseIndex::drop(const CaseId &id)
{
    const auto known = m_at.constFind(id);
    if (known == m_at.cend()) {
        return;
    }
    const qsizetype at = *known;
    m_at.erase(known);
    const auto agent = m_agents.find(m_cases.at(at).agent);
    if (--*agent == 0) {
        m_agents.erase(agent);
    }
    if (at != m_cases.size() - 1) {
        m_cases[at] = m_cases.takeLast();
        m_at.insert(m_cases.at(at).id, at);
    } else {
        m_cases.removeLast();
    }
}

void CaseIndex::take(const QList<CaseRow> &rows)
{
    for (const CaseRow &row : rows) {
        drop(row.id);
        if (!openStates.contains(row.state)) {
            continue;
        }
        m_at.insert(row.id, m_cases.size());
        ++m_agents[row.agent];
        m_cases.append(foundOf(row));
    }
}

Found CaseIndex::find(const QString &typed, int limit, const std::function<bool()> &stale) const
{
    const QStringList words = typedWords(typed);
    if (words.isEmpty()) {
        return {};
    }
    using Scored = std::pair<int, qsizetype>;
    QList<Scored> best;
    for (qsizetype i = 0; i < m_cases.size(); ++i) {
        if (i % staleEvery == 0 && stale()) {
            return {};
        }
        if (const int score = fuzzyMatch(words, m_cases.at(i).folded).score; score > 0) {
            best.append({-score, i});
        }
    }
    keepBest(best, limit, std::less<>());
    Found found;
    for (const auto &[score, at] : std::as_const(best)) {
        found.cases.append(m_cases.at(at));
    }
    QList<std::pair<int, QString>> agents;
    for (auto it = m_agents.cbegin(); it != m_agents.cend(); ++it) {
        if (const int score = fuzzyMatch(words, foldedForSearch(it.key())).score; score > 0) {
            agents.append({-score, it.key()});
        }
    }
    keepBest(agents, limit, std::less<>());
    for (const auto &[score, name] : std::as_const(agents)) {
        found.agents.append({name, m_agents.value(name)});
    }
    return found;
}

CaseFinder::CaseFinder(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    m_pool.setMaxThreadCount(1);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (m_read) {
            m_touched.unite(changes.cases);
        }
    });
}

CaseFinder::~CaseFinder()
{
    ++*m_newest;
    m_pool.waitForDone();
}

QFuture<Result<CaseFinder::Rows>> CaseFinder::read(const CaseQuery &query)
{
    return m_store.read<Rows>([query](Reader &reader) -> Result<Rows> {
        auto rows = reader.caseRows(query);
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        return std::make_shared<const QList<CaseRow>>(std::move(*rows));
    });
}

QFuture<bool> CaseFinder::refreshed()
{
    if (m_read && m_touched.isEmpty()) {
        return m_ready;
    }
    CaseQuery query;
    const bool whole = !m_read || m_touched.size() > touchedAtOnce;
    if (whole) {
        query.states = openStates;
    } else {
        query.ids = m_touched;
    }
    m_read = true;
    m_touched.clear();
    m_ready = continued(read(query), this, [this, whole](const Result<Rows> &rows) -> bool {
        if (!rows) {
            m_read = false; // tried again with the next question
            return false;
        }
        // Many rows also go on the other thread, so that none of it takes the window's time.
        m_pool.start([index = m_index, taken = *rows, whole]() mutable -> void {
            if (whole) {
                *index = {};
            }
            index->take(*taken);
            taken.reset();
        });
        return true;
    });
    return m_ready;
}

QFuture<Found> CaseFinder::find(const QString &typed, int limit)
{
    const int mine = ++*m_newest;
    if (const CaseId id = numbered(typed); !id.isEmpty()) {
        return byId({id});
    }
    auto promise = std::make_shared<QPromise<Found>>();
    promise->start();
    continued(refreshed(), this,
              [this, promise, typed, limit, newest = m_newest, mine](bool) -> void {
                  m_pool.start([index = m_index, promise, typed, limit, newest, mine]() -> void {
                      promise->addResult(
                          index->find(typed, limit, [&]() -> bool { return *newest != mine; }));
                      promise->finish();
                  });
              });
    return promise->future();
}

QFuture<Found> CaseFinder::byId(const QList<CaseId> &ids)
{
    CaseQuery query;
    query.ids = QSet<CaseId>(ids.begin(), ids.end());
    return continued(ids.isEmpty() ? QtFuture::makeReadyFuture(Result<Rows>(Rows())) : read(query),
                     this, [ids](const Result<Rows> &rows) -> Found {
                         Found found;
                         for (const CaseId &id : ids) {
                             for (const CaseRow &row : rows &&*rows ? **rows : QList<CaseRow>()) {
                                 if (row.id == id) {
                                     found.cases.append(foundOf(row));
                                 }
                             }
                         }
                         return found;
                     });
}

} // namespace countersign
