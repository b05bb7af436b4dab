// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/decisionservice.h"

namespace countersign {

/// What happens inside the transaction of a decision. For DecisionService.

[[nodiscard]] Result<Case> existingCase(Transaction &transaction, const CaseId &id);
[[nodiscard]] Result<Actor> enrolledPerson(Transaction &transaction, const PersonId &id);
/// The same, where they lead; else NotAllowed with `refusal`.
[[nodiscard]] Result<Actor> enrolledLead(Transaction &transaction, const PersonId &id,
                                         const QString &refusal);

/// The act that a decision belongs to; an empty id: it stands alone.
struct BatchMark
{
    QString id;
    qint64 heldUntilMs = 0; ///< no decision of the batch is sent before
};

/// Whether policy asks for words here. An answer in words is its own reason.
[[nodiscard]] bool reasonIsNeeded(const Case &subject, DecisionKind kind);

/// Checks every rule, appends decision.* and, where its question is complete, answer.queued.
[[nodiscard]] Result<DecisionReceipt> recordDecision(Transaction &transaction,
                                                     const DecisionRequest &request,
                                                     const FindProtocol &findProtocol,
                                                     const BatchMark &batch = {});

/// The same by policy, without a hold: the receipt's decision carries the digest of the policy that
/// a person signed.
[[nodiscard]] Result<DecisionReceipt> recordPolicyDecision(Transaction &transaction,
                                                           const DecisionRequest &request,
                                                           const PolicyRecord &policy,
                                                           const FindProtocol &findProtocol);

/// Which open entry of the outbox carries a decision.
using Carriers = QHash<DecisionId, OutboxId>;
[[nodiscard]] Result<Carriers> openCarriers(Transaction &transaction);
/// Appends decision.withdrawn while the decision is held; its entry leaves `carriers`. Of a case
/// that several people must approve and that still waits: this person's own approval.
[[nodiscard]] Result<void> recordWithdrawal(Transaction &transaction, const CaseId &id,
                                            const PersonId &person, Carriers &carriers,
                                            const QString &batch = {});

/// A decided part as protocols take it; nothing where the case has no decision.
[[nodiscard]] AnsweredPart answeredPart(const Case &subject);

} // namespace countersign
