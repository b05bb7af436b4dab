// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/decisionrules.h"

namespace countersign {

/// Whether a case can take a decision, before anything is recorded: its state, the digest, what the
/// endpoint allows, the input, policy's own wishes, and the protocol's rules last.
[[nodiscard]] Result<void> checkDecision(const Case &subject, const DecisionRequest &request,
                                         const Protocol *protocol, const BatchMark &batch);

} // namespace countersign
