// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/displaytext.h"
#include "domain/envelope.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/intakerules.h"


namespace countersign {

Result<void> IntakeRules::takeGone(const Gone &gone)
{
    const auto first = m_transaction.newestCaseAt(m_endpoint.id, gone.question, 1);
    if (!first) {
        return tl::unexpected<Error>(first.error());
    }
    if (!*first) {
        return {};
    }
    const auto cases
        = m_transaction.casesOfQuestion(m_endpoint.id, gone.question, (*first)->occurrence);
    if (!cases) {
        return tl::unexpected<Error>(cases.error());
    }
    for (const Case &c : *cases) {
        if (auto closed = close(c, gone.answeredElsewhere, gone.text); !closed) {
            return closed;
        }
    }
    return {};
}

Result<void> IntakeRules::closeUnlisted()
{
    if (!m_observation.open) {
        return {};
    }
    const auto rows = m_transaction.caseRows(
        {.states = {CaseState::Waiting, CaseState::Held, CaseState::Trouble},
         .endpoint = m_endpoint.id});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    for (const CaseRow &row : *rows) {
        const bool newer = m_observation.begunMs && row.createdMs > *m_observation.begunMs;
        if (m_asked.contains(row.question) || m_observation.open->contains(row.question) || newer) {
            continue;
        }
        const auto subject = m_transaction.caseById(row.id);
        if (!subject) {
            return tl::unexpected<Error>(subject.error());
        }
        const auto closed
            = close(**subject, false, tr("The endpoint no longer asks this question."));
        if (!closed) {
            return closed;
        }
    }
    return {};
}

Result<void> IntakeRules::close(const Case &subject, bool answeredElsewhere, const QString &text)
{
    if (subject.purpose != Purpose::Work) {
        return {};
    }
    if (subject.state == CaseState::Held) {
        ++m_summary.closed;
        return supersede(subject, text);
    }
    if (subject.state != CaseState::Waiting && subject.state != CaseState::Trouble) {
        return {};
    }
    EventDraft draft = caseEvent(
        answeredElsewhere ? event::caseAnsweredElsewhere : event::caseWithdrawn, m_actor, subject);
    draft.payload = textPayload(text);
    return append(draft, m_summary.closed);
}

Result<void> IntakeRules::supersede(const Case &subject, const QString &text)
{
    if (!subject.decision) {
        return fail(ErrorCode::Storage,
                    tr("Case %1 is held without a decision.").arg(subject.id.toString()));
    }
    EventDraft draft = caseEvent(event::decisionSuperseded, m_actor, subject);
    draft.decision = subject.decision->id;
    draft.payload = textPayload(text);
    const auto open = m_transaction.outbox(true);
    if (!open) {
        return tl::unexpected<Error>(open.error());
    }
    for (const OutboxEntry &entry : *open) {
        if (entry.decisions.contains(subject.decision->id)) {
            draft.fields.set(QStringLiteral("outbox"), Json(entry.id.toString()));
        }
    }
    int ignored = 0;
    return append(draft, ignored);
}

Result<void> IntakeRules::takeEffect(const EffectReport &report)
{
    DecisionId named;
    auto subject = m_transaction.newestCaseAt(m_endpoint.id, report.question, report.part);
    if (subject && !report.decision.isEmpty()) {
        const auto decision = m_transaction.decisionById(report.decision);
        if (!decision) {
            return tl::unexpected<Error>(decision.error());
        }
        if (*decision) {
            named = report.decision;
            subject = m_transaction.caseById((*decision)->caseId);
        }
    }
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    if (!*subject || (*subject)->endpoint != m_endpoint.id) {
        return {};
    }
    EventDraft draft = caseEvent(report.outcome ? event::outcomeReported : event::effectReported,
                                 m_actor, **subject);
    draft.decision = named;
    draft.reportedMs = report.reportedMs;
    const QString member = report.outcome ? QStringLiteral("outcome") : QStringLiteral("effect");
    draft.fields.set(member, Json(shortName(report.word)));
    draft.payload = textPayload(report.text);

    const auto earlier = m_transaction.events({.kind = draft.kind, .caseId = draft.caseId});
    if (!earlier) {
        return tl::unexpected<Error>(earlier.error());
    }
    for (const EventRecord &record : *earlier) {
        const auto envelope = parseEnvelope(record.envelope);
        const auto payload = m_transaction.payloadOf(record.seq);
        const QString reported = report.reportedMs ? isoTime(*report.reportedMs) : QString();
        if (envelope && payload && *payload && (**payload)[u"text"].toString() == report.text
            && (*envelope)[member] == draft.fields[member]
            && (*envelope)[u"reported_at"].toString() == reported) {
            return {};
        }
    }
    return append(draft, m_summary.effects);
}

} // namespace countersign
