// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/batchrule.h"
#include "domain/oversight.h"
#include "domain/proposal.h"
#include "policy/rules/evaluation.h"

namespace countersign {

/// What policy says of a proposal, and why.
struct Gate
{
    Disposition disposition = Disposition::Approve;
    QString queue;
    QStringList reasons; ///< whole sentences, never empty
    QString policy; ///< the version that said so: "policy v1"
    GateTerms terms = {}; ///< for whoever decides it

    /// Whether policy answers by itself: it lets the action go, or blocks it.
    [[nodiscard]] bool isAutomatic() const;
};

/// The built-in policy: every action waits for a person. Pure.
[[nodiscard]] Gate gate(const Proposal &proposal);

/// What an evaluation means for a case that was first seen at `seenMs` (UTC). Pure.
[[nodiscard]] Gate gateOf(const Evaluation &evaluation, const BusinessHours &hours,
                          const QString &policy, qint64 seenMs);

/// Sends a case to a person, for this reason as well.
void toPerson(Gate &gate, const QString &reason);

/// The same policy on batches: what may do great harm is looked at one by one.
[[nodiscard]] BatchRule batchRule();

/// Whether a person must say in words why, before this action is approved, edited, rejected or
/// ignored on a screen (a command line is typed anyway). The built-in policy asks where the risk is
/// known to be high; an unknown risk counts as high for how long a decision is held, but most
/// agents tell none, and a reason that is asked for every time is soon a dot.
[[nodiscard]] bool needsReason(const Proposal &proposal);

} // namespace countersign
