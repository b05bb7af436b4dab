// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/regating.h"

#include "domain/continued.h"
#include "services/regaterules.h"

#include <QPromise>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype questionsARead = 200;
constexpr qsizetype questionsAWrite = 25; ///< which nobody can get between
constexpr std::chrono::milliseconds pauseBeforeAnotherLook{60'000};

/// One case of every question that waits, oldest first.
Result<QList<CaseId>> waitingQuestions(Reader &reader)
{
    const auto rows = reader.caseRows({.states = {CaseState::Waiting}});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<CaseId> ids;
    QSet<std::pair<QString, QString>> known;
    for (const CaseRow &row : *rows) {
        const std::pair place(row.endpoint.toString(), row.question);
        if (!row.spotCheck && !known.contains(place)) {
            known.insert(place);
            ids.append(row.id);
        }
    }
    return ids;
}

/// Of the database and not of a case.
bool endsTheTurn(ErrorCode code)
{
    return code == ErrorCode::Storage || code == ErrorCode::Locked || code == ErrorCode::Unreadable
        || code == ErrorCode::Tampered || code == ErrorCode::Cancelled;
}

struct Looked
{
    QList<CaseId> others; ///< of which policy says something else
    bool clockTrusted = true;
};

/// `older`: only what another policy than the one in force gated.
Result<Looked> look(Reader &reader, const PolicyDesk &desk, const QList<CaseId> &ids, qint64 nowMs,
                    bool older)
{
    const auto standing = desk.standing(reader);
    if (!standing || !standing->clockTrusted) {
        return standing ? Result<Looked>(Looked{{}, false})
                        : tl::unexpected<Error>(standing.error());
    }
    Looked looked;
    for (const CaseId &id : ids) {
        const auto gates = newGates(reader, desk, *standing, id, nowMs);
        if (!gates) {
            return tl::unexpected<Error>(gates.error());
        }
        const bool wanted
            = std::any_of(gates->cbegin(), gates->cend(), [&](const NewGate &one) -> bool {
                  return !older || one.subject.policyVersion != standing->record.name();
              });
        if (wanted) {
            looked.others.append(id);
        }
    }
    return looked;
}

Result<int> record(Transaction &transaction, const PolicyDesk &desk, const QList<CaseId> &ids,
                   bool byPeople)
{
    const auto standing = desk.standing(transaction);
    if (!standing || !standing->clockTrusted) {
        return standing ? Result<int>(0) : tl::unexpected<Error>(standing.error());
    }
    int changed = 0;
    for (const CaseId &id : ids) {
        const auto recorded = recordNewGates(transaction, desk, *standing, id, byPeople);
        if (!recorded) {
            return recorded;
        }
        changed += *recorded;
    }
    return changed;
}

} // namespace

struct Regating::Turn
{
    QPromise<Result<int>> promise;
    Ids ids; ///< to be looked at
    QList<std::pair<Ids, bool>> writes; ///< to be recorded; whether by people
    int changed = 0;
    bool older = true; ///< only what an earlier turn did not come to
};

Regating::Regating(Store &store, const PolicyDesk &desk, const Clock &clock, StopPort *stops,
                   QObject *parent)
    : QObject(parent),
      m_store(store),
      m_desk(desk),
      m_clock(clock),
      m_stops(stops)
{
    m_again.setSingleShot(true);
    m_again.setInterval(pauseBeforeAnotherLook);
    connect(&m_again, &QTimer::timeout, this, [this]() -> void { (void)run(); });
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (m_started && changes.policy) {
            (void)run();
        }
    });
    if (stops != nullptr) { // not by what the store says: a stop ends when its port says so
        connect(stops, &StopPort::stopsChanged, this, &Regating::followStops);
    }
}

void Regating::start()
{
    m_started = true;
    followStops();
    (void)ask(true);
}

void Regating::stop()
{
    m_started = false;
    m_again.stop();
}

void Regating::followStops()
{
    QList<StopScope> scopes;
    for (const StopOrder &order : m_stops != nullptr ? m_stops->stops() : QList<StopOrder>()) {
        scopes.append(order.scope);
    }
    const bool ended
        = std::any_of(m_scopes.cbegin(), m_scopes.cend(),
                      [&](const StopScope &scope) -> bool { return !scopes.contains(scope); });
    m_scopes = scopes;
    if (m_started && ended) {
        (void)run();
    }
}

QFuture<Result<int>> Regating::run()
{
    return ask(false);
}

QFuture<Result<int>> Regating::ask(bool older)
{
    if (!m_asked) {
        m_asked = std::make_shared<Turn>();
        m_asked->promise.start();
    }
    m_asked->older = m_asked->older && older;
    const QFuture<Result<int>> future = m_asked->promise.future();
    if (!m_turn) {
        begin();
    }
    return future;
}

void Regating::begin()
{
    m_again.stop();
    m_turn = std::exchange(m_asked, nullptr);
    const auto read = m_store.read<Ids>(&waitingQuestions);
    (void)continued(read, this, [this, turn = m_turn](const Result<Ids> &ids) -> void {
        if (!ids) {
            end(turn, tl::unexpected<Error>(ids.error()));
            return;
        }
        turn->ids = *ids;
        next(turn);
    });
}

void Regating::next(const std::shared_ptr<Turn> &turn)
{
    if (!turn->writes.isEmpty()) {
        const auto [ids, byPeople] = turn->writes.takeFirst();
        write(turn, ids, byPeople);
        return;
    }
    if (turn->ids.isEmpty()) {
        end(turn, turn->changed);
        return;
    }
    const Ids piece = turn->ids.first(std::min(questionsARead, turn->ids.size()));
    turn->ids = turn->ids.sliced(piece.size());
    const auto looked = m_store.read<Looked>(
        [desk = &m_desk, piece, nowMs = m_clock.nowMs(), older = turn->older](
            Reader &reader) -> Result<Looked> { return look(reader, *desk, piece, nowMs, older); });
    (void)continued(looked, this, [this, turn](const Result<Looked> &seen) -> void {
        if (!seen || !seen->clockTrusted) {
            m_again.start();
            end(turn, seen ? Result<int>(turn->changed) : tl::unexpected<Error>(seen.error()));
            return;
        }
        for (qsizetype at = 0; at < seen->others.size(); at += questionsAWrite) {
            turn->writes.append(std::pair(seen->others.mid(at, questionsAWrite), false));
        }
        next(turn);
    });
}

/// Where one spoils it for the others, each is recorded for itself; and where policy's own answer
/// is what cannot be recorded, people are asked.
void Regating::write(const std::shared_ptr<Turn> &turn, const Ids &ids, bool byPeople)
{
    const auto written = m_store.write<int>(
        [desk = &m_desk, ids, byPeople](Transaction &transaction) -> Result<int> {
            return record(transaction, *desk, ids, byPeople);
        });
    (void)continued(written, this, [this, turn, ids, byPeople](const Result<int> &changed) -> void {
        if (changed) {
            turn->changed += *changed;
        } else if (endsTheTurn(changed.error().code)) {
            m_again.start();
            end(turn, changed);
            return;
        } else if (ids.size() > 1 || !byPeople) {
            for (const CaseId &id : ids) {
                turn->writes.append(std::pair(Ids{id}, ids.size() == 1));
            }
        }
        next(turn);
    });
}

void Regating::end(const std::shared_ptr<Turn> &turn, const Result<int> &result)
{
    m_turn.reset();
    turn->promise.addResult(result);
    turn->promise.finish();
    if (m_asked) {
        begin();
    }
}

} // namespace countersign
