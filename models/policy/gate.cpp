// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/gate.h"

#include <QCoreApplication>

namespace countersign {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gate", text);
}

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
