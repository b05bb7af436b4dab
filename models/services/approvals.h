// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ports.h"
#include "store/store.h"

namespace countersign {

/// Several pairs of eyes: where a rule wants more than one person to approve, all but the last
/// record that they do, and the case waits on. Nothing where this person's approval completes it,
/// or where one is enough. Approvals are of one proposal, as it is: a changed one starts anew, and
/// what several approve cannot be edited by one of them. Errors: NotAllowed, AlreadyDecided.
[[nodiscard]] Result<std::optional<ApprovalReceipt>>
recordApproval(Transaction &transaction, const Case &subject, const DecisionRequest &request,
               const Actor &actor, const QString &batch);

/// Takes this person's own approval of a waiting case back; false where there is none.
[[nodiscard]] Result<bool> withdrawApproval(Transaction &transaction, const Case &subject,
                                            const Actor &actor, const QString &batch);

} // namespace countersign
