// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/precedentsmodel.h"

#include "domain/continued.h"
#include "domain/headline.h"
#include "domain/precedent.h"
#include "items/veil.h"

namespace countersign {

namespace {

constexpr qsizetype mostNamed = 6; ///< of what is the same, and of what differs
constexpr qsizetype longestValue = 60;

QString valueLine(const Json &value)
{
    return singleLine(value.isString() ? value.toString() : QString::fromUtf8(toJson(value)))
        .left(longestValue);
}

void compare(PastCase &past, const Proposal &asked, const Proposal &then)
{
    QHash<QString, Json> before;
    for (const auto &[path, leaf] : leavesOf(then.arguments)) {
        if (!before.contains(path)) {
            before.insert(path, leaf);
        }
    }
    const QStringList differing = differingPaths(then.arguments, asked.arguments);
    QSet<QString> named{QString()}; // an array's items share their path
    for (const auto &[path, now] : leavesOf(asked.arguments)) {
        if (named.contains(path)) {
            continue;
        }
        named.insert(path);
        const auto old = before.constFind(path);
        if (!differing.contains(path)) {
            if (past.same.size() < mostNamed) {
                past.same.append(path);
            }
        } else if (past.different.size() < mostNamed) {
            past.different.append({.name = path,
                                   .then = old == before.cend() ? QString() : valueLine(*old),
                                   .now = valueLine(now)});
        }
    }
}

Result<std::optional<PastCase>> pastCase(Reader &reader, const Proposal &asked,
                                         const Precedent &precedent)
{
    const auto found = reader.caseById(precedent.id);
    const auto outcome
        = found ? reader.outcomeOf(precedent.id) : tl::unexpected<Error>(found.error());
    if (!outcome) {
        return tl::unexpected<Error>(outcome.error());
    }
    if (!*found) {
        return std::nullopt;
    }
    const Case &subject = **found;
    PastCase past{.id = precedent.id,
                  .likeness = precedent.likeness,
                  .headline = headlineOf(subject.proposal),
                  .outcome = *outcome};
    if (const auto &decision = subject.decision) {
        past.decision = decision->kind;
        past.reasonCode = decision->reasonCode;
        past.reason = decision->message;
        past.atMs = decision->decidedMs;
        past.by = decision->personName;
        if (decision->kind == DecisionKind::Edit && decision->arguments) {
            past.edited = differingPaths(subject.proposal.arguments, *decision->arguments);
        }
    } else if (const auto &mark = subject.mark) {
        past.verdict = mark->verdict;
        past.reason = mark->reason;
        past.atMs = mark->atMs;
        past.by = mark->personName;
    }
    compare(past, asked, subject.proposal);
    return past;
}

} // namespace

Result<PrecedentsAnswer> readPrecedents(Reader &reader, const PrecedentQuery &query)
{
    auto found = reader.precedents(query);
    const auto asked = found ? reader.caseById(query.id) : tl::unexpected<Error>(found.error());
    if (!asked) {
        return tl::unexpected<Error>(asked.error());
    }
    PrecedentsAnswer answer{.found = std::move(*found), .nearest = {}};
    for (const Precedent &precedent : answer.found.nearest) {
        auto past = pastCase(reader, (*asked)->proposal, precedent);
        if (!past) {
            return tl::unexpected<Error>(past.error());
        }
        if (*past) {
            answer.nearest.append(std::move(**past));
        }
    }
    return answer;
}

PrecedentsModel::PrecedentsModel(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (!m_id.isEmpty() && (changes.settings || changes.cases.contains(m_id))) {
            read();
        }
    });
}

PrecedentsModel::~PrecedentsModel()
{
    give();
}

void PrecedentsModel::give()
{
    if (m_unwanted) {
        m_unwanted->store(true);
    }
}

void PrecedentsModel::open(const CaseId &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_answer.reset();
    m_veiled = false;
    m_reading = false;
    give();
    Q_EMIT changed();
    if (!id.isEmpty()) {
        read();
    }
}

void PrecedentsModel::setReviewer(const PersonId &person)
{
    m_reviewer = person;
    if (!m_id.isEmpty()) {
        read();
    }
}

void PrecedentsModel::read()
{
    give();
    auto mine = std::make_shared<std::atomic_bool>(false);
    m_unwanted = mine;
    m_reading = true;
    const PrecedentQuery query{.id = m_id, .cancelled = mine};
    continued(m_store.read<Look>([query, reviewer = m_reviewer](Reader &reader) -> Result<Look> {
        return look(reader, query, reviewer);
    }),
              this, [this, mine](const Result<Look> &look) -> void {
                  if (mine->load()) {
                      return;
                  }
                  m_reading = false;
                  if (look) {
                      m_veiled = look->veiled;
                      m_answer = look->answer;
                      Q_EMIT changed();
                  } else {
                      Q_EMIT failed(look.error());
                  }
              });
}

Result<PrecedentsModel::Look> PrecedentsModel::look(Reader &reader, const PrecedentQuery &query,
                                                    const PersonId &reviewer)
{
    const auto veil = Veil::of(reader, reviewer);
    const auto subject = veil ? reader.caseById(query.id) : tl::unexpected<Error>(veil.error());
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    if (!*subject) {
        return Look();
    }
    if (veil->covers(query.id, (*subject)->state, (*subject)->purpose == Purpose::SpotCheck)) {
        return Look{.veiled = true, .answer = {}};
    }
    return readPrecedents(reader, query).map([](PrecedentsAnswer answer) -> Look {
        return {.veiled = false, .answer = std::move(answer)};
    });
}

} // namespace countersign
