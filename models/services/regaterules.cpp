// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/regaterules.h"

#include "domain/translate.h"
#include "services/assigner.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"
#include "services/policydecisions.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int mostEventsRead = 500;

bool isPerson(const QString &actor)
{
    return actor.startsWith(u"p-");
}

bool isAsking(const QString &kind)
{
    return kind == QLatin1String(event::caseProposed) || kind == QLatin1String(event::caseChanged)
        || kind == QLatin1String(event::caseReopened) || kind == QLatin1String(event::caseTrouble);
}

/// What a person does about a case that they mean to decide, or decided and took back.
bool isInHand(const EventRecord &record)
{
    static const QSet<QString> kinds{
        QLatin1String(event::decisionWithdrawn), QLatin1String(event::approvalGiven),
        QLatin1String(event::reviewCommitted), QLatin1String(event::caseCommented),
        QLatin1String(event::caseFollowUp)};
    return isPerson(record.actor) && kinds.contains(record.kind);
}

/// The way of a case since its endpoint asked for what it is now.
struct Way
{
    qint64 askedMs = 0;
    QString hand; ///< why a person has it, a sentence; empty where nobody does
};

QString nameOf(const Case &subject, const QString &id)
{
    for (const Person &one : subject.people) {
        if (one.id.toString() == id) {
            return one.name;
        }
    }
    return id;
}

QString handSentence(const QString &name)
{
    return tr("%1 has this in hand, so policy does not decide it.").arg(name);
}

Result<Way> wayOf(Reader &reader, const Case &subject)
{
    const auto events = reader.events({.limit = mostEventsRead, .caseId = subject.id});
    if (!events) {
        return tl::unexpected<Error>(events.error());
    }
    Way way{.askedMs = subject.createdMs};
    bool assignmentSeen = false;
    for (const EventRecord &record : *events) {
        if (isAsking(record.kind)) {
            way.askedMs = record.atMs;
            break;
        }
        const bool assigns = record.kind == QLatin1String(event::caseAssigned);
        const bool assigned = assigns && !std::exchange(assignmentSeen, true)
            && isPerson(record.actor) && !subject.assignee.isEmpty();
        if (record.kind == QLatin1String(event::decisionExpired)) {
            way.hand = tr("A decision on it came too late once, so a person looks.");
        } else if (way.hand.isEmpty() && (assigned || isInHand(record))) {
            way.hand
                = handSentence(assigned ? subject.assigneeName : nameOf(subject, record.actor));
        }
    }
    if (way.hand.isEmpty() && subject.setAsideUntilMs) {
        way.hand = tr("It is set aside, so policy does not decide it.");
    }
    return way;
}

/// A person's answer to another part: policy does not complete it.
QString handOfSiblings(const QList<Case> &parts)
{
    for (const Case &part : parts) {
        if (part.decision && part.state != CaseState::Waiting
            && isPerson(part.decision->person.toString())) {
            return tr("%1 decided another part of it, so policy leaves the rest to a person.")
                .arg(part.decision->personName);
        }
    }
    return {};
}

/// A rejection because nobody came gives people its whole time from now, once, where the time would
/// have run out before they could know.
void grantTime(Gate &gate, const Case &subject, qint64 nowMs, const std::function<Gate()> &fromNow)
{
    GateTerms &terms = gate.terms;
    if (terms.atZero != u"reject" || !terms.zeroMs || *terms.zeroMs > nowMs) {
        return;
    }
    const GateTerms &old = subject.terms;
    terms.zeroMs = old.atZero == u"reject" && old.zeroMs && *old.zeroMs >= *terms.zeroMs
        ? old.zeroMs
        : fromNow().terms.zeroMs;
}

bool isSame(const Gate &gate, const Case &subject)
{
    return gate.disposition == subject.disposition && gate.queue == subject.queue
        && gate.reasons == subject.gateReasons && gate.terms == subject.terms;
}

} // namespace

Result<QList<NewGate>> newGates(Reader &reader, const PolicyDesk &desk,
                                const PolicyStanding &standing, const CaseId &any, qint64 nowMs)
{
    const auto named = reader.caseById(any);
    const auto endpoints = reader.endpoints();
    if (!named || !endpoints) {
        return tl::unexpected<Error>(named ? endpoints.error() : named.error());
    }
    const auto endpoint
        = std::find_if(endpoints->cbegin(), endpoints->cend(), [&](const Endpoint &known) -> bool {
              return *named && known.id == (*named)->endpoint;
          });
    if (!*named || endpoint == endpoints->cend()) {
        return QList<NewGate>();
    }
    const auto parts = reader.casesOfQuestion(
        (*named)->endpoint, (*named)->proposal.source.question, (*named)->occurrence);
    if (!parts) {
        return tl::unexpected<Error>(parts.error());
    }
    QList<Proposal> proposals;
    for (const Case &part : *parts) {
        proposals.append(part.proposal);
    }
    const QString siblings = handOfSiblings(*parts);
    QList<NewGate> gates;
    for (const Case &part : *parts) {
        if (part.state != CaseState::Waiting || part.purpose == Purpose::SpotCheck) {
            continue;
        }
        const auto way = wayOf(reader, part);
        if (!way) {
            return tl::unexpected<Error>(way.error());
        }
        const int number = part.proposal.source.part;
        Gate gate = desk.gates(standing, proposals, *endpoint, way->askedMs).value(number);
        grantTime(gate, part, nowMs, [&]() -> Gate {
            return desk.gates(standing, proposals, *endpoint, nowMs).value(number);
        });
        const QString hand = way->hand.isEmpty() ? siblings : way->hand;
        if (gate.isAutomatic() && part.purpose == Purpose::KnownAnswer) {
            continue; // nothing may tell it apart before it is answered
        }
        if (gate.isAutomatic() && !hand.isEmpty()) {
            toPerson(gate, hand);
        }
        if (part.zeroPassedMs > 0) {
            gate.queue = part.queue; // who has it by now keeps it
        }
        if (!isSame(gate, part)) {
            gates.append({part, gate});
        }
    }
    return gates;
}

Result<int> recordNewGates(Transaction &transaction, const PolicyDesk &desk,
                           const PolicyStanding &standing, const CaseId &any, bool byPeople)
{
    const auto gates = newGates(transaction, desk, standing, any, transaction.nowMs());
    if (!gates) {
        return tl::unexpected<Error>(gates.error());
    }
    Assigner assigner(transaction, standing);
    QList<CaseId> automatic;
    for (const auto &[subject, said] : *gates) {
        Gate gate = said;
        if (gate.isAutomatic() && byPeople) {
            toPerson(gate, tr("Policy would answer, but its answer could not be recorded."));
        }
        if (gate.isAutomatic()) {
            automatic.append(subject.id);
        }
        const auto appended
            = transaction.append(gatedEvent(Actor::policy(standing.record.name()), subject, gate));
        if (!appended) {
            return tl::unexpected<Error>(appended.error());
        }
        const auto suggested = gate.isAutomatic() ? Result<void>() : assigner.suggest(subject.id);
        if (!suggested) {
            return tl::unexpected<Error>(suggested.error());
        }
    }
    for (const CaseId &id : std::as_const(automatic)) {
        const auto decided = decideByPolicy(transaction, id, standing.record, desk.findProtocol());
        if (!decided) {
            return tl::unexpected<Error>(decided.error());
        }
    }
    return int(gates->size());
}

} // namespace countersign
