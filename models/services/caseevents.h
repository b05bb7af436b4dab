// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/event.h"
#include "policy/gate.h"

namespace countersign {

/// How services write down what they saw and decided. Pure.

/// An event about a case, with the ids that every such event carries.
[[nodiscard]] EventDraft caseEvent(const char *kind, const Actor &actor, const Case &subject);

/// case.proposed, case.changed, case.updated, case.reopened, case.trouble: what the endpoint asks
/// now.
[[nodiscard]] EventDraft proposalEvent(const char *kind, const Actor &actor, const CaseId &id,
                                       const EndpointId &endpoint, const Proposal &proposal,
                                       int occurrence);

/// The same where what policy says is known already.
[[nodiscard]] EventDraft proposalEvent(const char *kind, const Actor &actor, const CaseId &id,
                                       const EndpointId &endpoint, const Proposal &proposal,
                                       int occurrence, const Gate &gated);

/// case.gated: what policy says of it now, while it is the same.
[[nodiscard]] EventDraft gatedEvent(const Actor &actor, const Case &subject, const Gate &gated);
/// When the next step of what a gate foresees happens, after the one at `passedMs`.
[[nodiscard]] std::optional<qint64> nextStepMs(const GateTerms &terms, qint64 passedMs);

/// Adds what was measured, bounded, where it was: LOOK in domain/event.h.
void addLook(Json &fields, const std::optional<Look> &look);

[[nodiscard]] Json textPayload(const QString &text, const QString &detail = {});

} // namespace countersign
