// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/gate.h"

#include "domain/translate.h"


namespace countersign {

namespace {

QString policyVersion()
{
    return QStringLiteral("policy v1");
}

} // namespace

Gate gate(const Proposal &proposal)
{
    Gate gate{.disposition = Disposition::Approve,
              .queue = tr("Everything"),
              .reasons = {tr("policy v1 sends every action to a person.")},
              .policy = policyVersion()};
    if (!proposal.confidence) {
        gate.reasons.append(tr("The endpoint gives no confidence."));
    }
    if (proposal.risk == Risk::Unknown) {
        gate.reasons.append(tr("The risk is unknown and counts as high."));
    }
    if (proposal.reversibility == Reversibility::Irreversible) {
        gate.reasons.append(tr("The action cannot be undone."));
    }
    return gate;
}

bool Gate::isAutomatic() const
{
    return disposition == Disposition::AutoApprove || disposition == Disposition::SpotCheck
        || disposition == Disposition::Block;
}

Gate gateOf(const Evaluation &evaluation, const BusinessHours &hours, const QString &policy,
            qint64 seenMs)
{
    Gate gate{.disposition = evaluation.disposition,
              .queue = evaluation.queue,
              .reasons = evaluation.sentences(),
              .policy = policy};
    GateTerms &terms = gate.terms;
    terms.rule = evaluation.rule;
    terms.holdMs = evaluation.undoMs;
    terms.batch = evaluation.batch;
    terms.typedReason = evaluation.typedReason;
    terms.authority
        = evaluation.authority == u"reviewer" ? QString() : evaluation.authority; // anybody
    terms.approvers = evaluation.approvers;
    if (evaluation.disposition == Disposition::SpotCheck) {
        terms.spotCheckRate = evaluation.spotCheckRate.toString();
    }
    if (evaluation.due && !gate.isAutomatic()) {
        const PolicyDue &due = *evaluation.due;
        const auto after = [&](qint64 fromMs, qint64 lengthMs) -> qint64 {
            return due.businessHours ? afterBusinessTime(hours, fromMs, lengthMs)
                                     : fromMs + lengthMs;
        };
        terms.zeroMs = after(seenMs, due.afterMs);
        terms.atZero = toWord(due.atZero);
        qint64 at = *terms.zeroMs;
        for (const PolicyStep &step : due.path) {
            at = step.afterMs > 0 ? after(at, step.afterMs) : at;
            terms.path.append({at, step.queue});
        }
    }
    return gate;
}

void toPerson(Gate &gate, const QString &reason)
{
    gate.disposition = Disposition::Approve;
    gate.reasons.prepend(reason);
    gate.terms.spotCheckRate.clear();
}

BatchRule batchRule()
{
    return {.worst = Risk::Medium,
            .sentence = tr("policy v1 has cases of high or unknown risk decided one by one."),
            .policy = policyVersion()};
}

bool needsReason(const Proposal &proposal)
{
    return proposal.risk == Risk::High;
}

} // namespace countersign
