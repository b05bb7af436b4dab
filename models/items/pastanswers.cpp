// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/pastanswers.h"

#include <QSet>

#include <algorithm>

namespace countersign {

namespace {

constexpr int mostEvents = 60; // of one kind; other case types and what was undone are among them

/// Newest first; approvals and edits are kinds of their own.
Result<QList<EventRecord>> answersOf(Reader &reader, const Case &subject, const PersonId &person)
{
    QList<EventRecord> all;
    for (const char *kind : {event::decisionEdit, event::decisionApprove}) {
        TrailQuery query;
        query.kind = QLatin1String(kind);
        query.endpoint = subject.endpoint;
        query.agent = subject.proposal.agent;
        query.action = subject.proposal.action;
        query.actor = person.toString();
        query.limit = mostEvents;
        const auto events = reader.events(query);
        if (!events) {
            return events;
        }
        all += *events;
    }
    std::sort(all.begin(), all.end(),
              [](const EventRecord &a, const EventRecord &b) -> bool { return a.seq > b.seq; });
    return all;
}

} // namespace

Result<QList<PastAnswer>> pastAnswers(Reader &reader, const Case &subject, const PersonId &person)
{
    QList<PastAnswer> past;
    const auto events = answersOf(reader, subject, person);
    if (!events) {
        return tl::unexpected<Error>(events.error());
    }
    QSet<CaseId> seen{subject.id};
    for (const EventRecord &record : *events) {
        const CaseId &id = record.caseId;
        if (past.size() >= habitWindow || seen.size() > mostEvents) {
            break;
        }
        if (id.isEmpty() || seen.contains(id)) {
            continue;
        }
        seen.insert(id);
        const auto found = reader.caseById(id);
        if (!found) {
            return tl::unexpected<Error>(found.error());
        }
        if (!*found || !(*found)->decision
            || (*found)->proposal.caseType != subject.proposal.caseType) {
            continue;
        }
        const Decision &decision = *(*found)->decision;
        const Json &proposed = (*found)->proposal.arguments;
        if (decision.kind == DecisionKind::Edit && decision.arguments) {
            past.append({proposed, *decision.arguments});
        } else if (decision.kind == DecisionKind::Approve) {
            past.append({proposed, proposed});
        }
    }
    return past;
}

} // namespace countersign
