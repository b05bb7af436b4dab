// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"
#include "policy/rules/evaluation.h"

namespace countersign {

/// The policy in the file that the first word names.
[[nodiscard]] PolicyReading namedPolicy(const Arguments &arguments);
/// The one in force with its document; the built-in one has none.
[[nodiscard]] QFuture<Result<PolicyRecord>> policyInForce(Profile &profile);
/// Everything to a person where there is no document, or none that can be read.
[[nodiscard]] PolicyEvaluator evaluatorFor(const PolicyRecord &record);
[[nodiscard]] Command replayCommand();

} // namespace countersign
