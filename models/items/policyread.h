// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policy.h"
#include "store/reader.h"

namespace countersign {

/// The policy in force, read whole. Nothing where it is the built-in one, or one that cannot be
/// read: both send everything to a person.
[[nodiscard]] Result<std::optional<Policy>> readPolicyInForce(Reader &reader);

/// What sends everything to a person, as a document.
[[nodiscard]] Policy everythingToAPerson();

} // namespace countersign
