// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/policydesk.h"

namespace countersign {

/// Decides a waiting case as policy, by what its gate says: without a hold, signed by nobody, with
/// the digest of the policy that a person signed. Draws the spot check where the gate wants one.
[[nodiscard]] Result<void> decideByPolicy(Transaction &transaction, const CaseId &id,
                                          const PolicyRecord &policy,
                                          const FindProtocol &findProtocol);
/// Rejects a waiting case as policy, because its time ran out.
[[nodiscard]] Result<void> rejectByPolicy(Transaction &transaction, const CaseId &id,
                                          const QString &why, const PolicyRecord &policy,
                                          const FindProtocol &findProtocol);

} // namespace countersign
