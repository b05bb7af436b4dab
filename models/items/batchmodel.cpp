// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/batchmodel.h"

#include "domain/continued.h"
#include "items/veil.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype atOnce = 250; ///< ids in one query, after which a newer selection is noticed

/// Without their advice where it is veiled; which those are.
Result<QSet<CaseId>> veil(Reader &reader, const PersonId &reviewer, QList<Case> &cases)
{
    const auto veil = Veil::of(reader, reviewer);
    if (!veil) {
        return tl::unexpected<Error>(veil.error());
    }
    QSet<CaseId> covered;
    for (Case &one : cases) {
        if (veil->cover(one)) {
            covered.insert(one.id);
        }
    }
    return covered;
}

/// In the order of `ids`; those that are not there are left out.
Result<QList<Case>> readCases(Reader &reader, const QList<CaseId> &ids,
                              const std::function<bool()> &isOld)
{
    QHash<CaseId, Case> found;
    for (qsizetype from = 0; from < ids.size(); from += atOnce) {
        if (isOld()) {
            return fail(ErrorCode::Cancelled, {});
        }
        const QList<CaseId> some = ids.mid(from, atOnce);
        CaseQuery query;
        query.ids = QSet<CaseId>(some.begin(), some.end());
        auto cases = reader.cases(query);
        if (!cases) {
            return cases;
        }
        for (Case &one : *cases) {
            found.insert(one.id, std::move(one));
        }
    }
    QList<Case> inOrder;
    for (const CaseId &id : ids) {
        if (const auto it = found.find(id); it != found.end()) {
            inOrder.append(std::move(*it));
        }
    }
    return inOrder;
}

} // namespace

BatchModel::BatchModel(Store &store, BatchRule rule, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_rule(std::move(rule))
{
    connect(&store, &Store::changed, this, &BatchModel::follow);
}

BatchModel::~BatchModel()
{
    ++*m_turn; // whoever reads stops soon
}

void BatchModel::setReviewer(const PersonId &person)
{
    m_reviewer = person;
    read();
}

void BatchModel::select(const QList<CaseId> &ids)
{
    if (ids == m_ids) {
        return;
    }
    m_ids = ids;
    m_wanted = QSet<CaseId>(ids.begin(), ids.end());
    m_seen.removeIf([this](const auto &it) -> bool { return !m_wanted.contains(it.key()); });
    read();
}

void BatchModel::pause(bool paused)
{
    m_paused = paused;
    if (!paused && std::exchange(m_stale, false)) {
        read();
    }
}

void BatchModel::follow(const Changes &changes)
{
    if (changes.settings && !m_ids.isEmpty()) { // who answers blind may have changed
        m_stale = m_paused || m_reading;
        if (!m_stale) {
            read();
        }
        return;
    }
    const QSet<CaseId> &few = changes.cases.size() < m_wanted.size() ? changes.cases : m_wanted;
    const QSet<CaseId> &many = &few == &m_wanted ? changes.cases : m_wanted;
    if (std::none_of(few.begin(), few.end(),
                     [&many](const CaseId &id) -> bool { return many.contains(id); })) {
        return;
    }
    if (m_paused || m_reading) {
        m_stale
            = true; // afterwards: whoever changes things all the time must not starve the summary
    } else {
        read();
    }
}

void BatchModel::read()
{
    const int turn = ++*m_turn;
    m_stale = false;
    m_reading = m_ids.size() > 1 && m_ids.size() <= most;
    if (!m_reading) {
        m_summary = {.count = int(m_ids.size())};
        Q_EMIT changed(true);
        return;
    }
    const auto isOld = [shared = m_turn, turn]() -> bool {
        return *shared != turn;
    };
    const auto job = [ids = m_ids, seen = m_seen, rule = m_rule, reviewer = m_reviewer,
                      isOld](Reader &reader) -> Result<Answer> {
        auto cases = readCases(reader, ids, isOld);
        if (!cases) {
            return tl::unexpected<Error>(cases.error());
        }
        const auto veiled = veil(reader, reviewer, *cases);
        if (!veiled) {
            return tl::unexpected<Error>(veiled.error());
        }
        Answer answer{.summary = summarize(*cases, seen, rule, *veiled), .seen = seen};
        for (const Case &one : *cases) {
            if (!answer.seen.contains(one.id)) {
                answer.seen.insert(one.id, one.digest);
            }
        }
        return answer;
    };
    (void)continued(m_store.read<Answer>(job), this,
                    [this, isOld](const Result<Answer> &answer) -> void {
                        if (isOld()) {
                            return;
                        }
                        m_reading = false;
                        if (answer) {
                            take(*answer);
                        } else {
                            Q_EMIT failed(answer.error());
                        }
                        pause(m_paused);
                    });
}

void BatchModel::take(const Answer &answer)
{
    m_seen = answer.seen;
    const auto &old = m_summary.decidable;
    const auto &now = answer.summary.decidable;
    const bool another
        = !std::equal(old.begin(), old.end(), now.begin(), now.end(),
                      [](const BatchSummary::Item &a, const BatchSummary::Item &b) -> bool {
                          return a.id == b.id && a.digest == b.digest;
                      });
    m_summary = answer.summary;
    Q_EMIT changed(another);
}

} // namespace countersign
