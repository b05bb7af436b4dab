// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "services/policydesk.h"
#include "services/ports.h"
#include "store/store.h"

namespace countersign {

/// The only door for decisions. Every rule is checked inside the transaction that records, so that
/// of two decisions on one case exactly one is taken.
class DecisionService final : public DecisionPort
{
public:
    DecisionService(Store &store, FindProtocol findProtocol);

    [[nodiscard]] QFuture<Result<DecisionReceipt>> decide(const DecisionRequest &request) override;
    [[nodiscard]] QFuture<Result<void>> undo(const CaseId &id, const PersonId &person) override;
    [[nodiscard]] QFuture<Result<void>> repair(const CaseId &id, const PersonId &person) override;
    [[nodiscard]] bool needsReason(const Case &subject, DecisionKind kind) const override;

private:
    Store &m_store;
    FindProtocol m_findProtocol;
};

/// How long a decision is held before it is sent, in milliseconds; unknown counts as high.
[[nodiscard]] qint64 holdMs(Risk risk);

} // namespace countersign
