// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/json.h"

namespace countersign {

/// Whether `value` meets a JSON Schema (the validation words of draft 7 and 2020-12). Numbers are
/// compared exactly, as written. Nothing is ever loaded: a `$ref` leads into `schema` itself. Pure,
/// bounded in depth. InvalidInput: the value does not, with the place and the rule. Protocol: the
/// schema itself cannot be used, so nothing is known about the value.
[[nodiscard]] Result<void> validateAgainst(const Json &schema, const Json &value);

} // namespace countersign
