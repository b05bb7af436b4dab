// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/decisionservice.h"

namespace countersign {

/// What happens inside the transaction of a decision. For DecisionService.

[[nodiscard]] Result<Case> existingCase(Transaction &transaction, const CaseId &id);
[[nodiscard]] Result<Actor> enrolledPerson(Transaction &transaction, const PersonId &id);

/// Checks every rule, appends decision.* and, where its question is complete, answer.queued.
[[nodiscard]] Result<DecisionReceipt> recordDecision(Transaction &transaction,
                                                     const DecisionRequest &request,
                                                     const FindProtocol &findProtocol);

/// A decided part as protocols take it; nothing where the case has no decision.
[[nodiscard]] AnsweredPart answeredPart(const Case &subject);

} // namespace countersign
