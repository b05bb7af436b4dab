// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/gate.h"
#include "services/ports.h"
#include "store/store.h"

namespace countersign {

/// Past cases that are asked again. Within the caller's transaction; none of it ever makes a
/// decision or an outbox entry, and the store would refuse both.

/// {"right", "why", "from"}, as events keep it.
[[nodiscard]] Json knownForm(const KnownAnswer &known);
[[nodiscard]] KnownAnswer knownFromForm(const Json &form);

/// With the chance that leads set (off unless they do), asks one case of known answer, each at
/// most once: one of the endpoint's past, or one that a lead added (services/knownfile.h). The new
/// case, or none. `gateOf` is what policy says of it, as of any other; what nobody would be asked
/// about is left out.
[[nodiscard]] Result<std::optional<CaseId>>
mixInKnownAnswer(Transaction &transaction, const EndpointId &endpoint,
                 const std::function<Gate(const Proposal &)> &gateOf);

/// The answer to such a case, which was checked by every rule of a decision.
[[nodiscard]] Result<DecisionReceipt> recordCheckedAnswer(Transaction &transaction,
                                                          const Case &subject,
                                                          const DecisionRequest &request,
                                                          const Actor &actor);

} // namespace countersign
