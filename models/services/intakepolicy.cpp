// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/intakerules.h"
#include "domain/translate.h"
#include "services/policydecisions.h"


namespace countersign {

/// What policy says of each part, by the policy that this transaction's own log says is in force.
Result<void> IntakeRules::askPolicy(const QList<Proposal> &parts)
{
    if (m_desk == nullptr) {
        m_gates.clear();
        for (const Proposal &part : parts) {
            m_gates.insert(part.source.part, gate(part));
        }
        return {};
    }
    if (!m_standing) {
        auto standing = m_desk->standing(m_transaction);
        if (!standing) {
            return tl::unexpected<Error>(standing.error());
        }
        m_standing = std::move(*standing);
        m_assigner.emplace(m_transaction, *m_standing);
    }
    m_gates = m_desk->gates(*m_standing, parts, m_endpoint, m_transaction.nowMs());
    return {};
}

/// What merely became known of a case frees nobody from it: who has it keeps it.
Gate IntakeRules::gateFor(const char *kind, const Case &known, const Proposal &now) const
{
    Gate gate = m_gates.value(now.source.part);
    if (QLatin1String(kind) != QLatin1String(event::caseUpdated)) {
        return gate;
    }
    if (known.state == CaseState::Held || known.zeroPassedMs > 0) {
        return {.disposition = known.disposition,
                .queue = known.queue,
                .reasons = known.gateReasons,
                .policy = known.policyVersion,
                .terms = known.terms};
    }
    if (known.terms.zeroMs) { // its time runs on
        gate.terms.zeroMs = known.terms.zeroMs;
        gate.terms.atZero = known.terms.atZero;
        gate.terms.path = known.terms.path;
    }
    if (gate.isAutomatic()) {
        toPerson(gate, tr("It waited for a person already when this became known."));
    }
    if (gate.disposition == known.disposition) {
        gate.queue = known.queue;
    }
    return gate;
}

/// In the same transaction, so that what policy answers is never seen waiting.
Result<void> IntakeRules::letPolicyDecide()
{
    for (const CaseId &id : std::exchange(m_automatic, {})) {
        const auto decided
            = decideByPolicy(m_transaction, id, m_standing->record, m_desk->findProtocol());
        if (!decided) {
            return decided;
        }
        ++m_summary.decided;
    }
    return {};
}

Result<void> IntakeRules::suggestPeople()
{
    for (const CaseId &id : std::exchange(m_arrived, {})) {
        if (auto suggested = m_assigner ? m_assigner->suggest(id) : Result<void>(); !suggested) {
            return suggested;
        }
    }
    return {};
}

} // namespace countersign
