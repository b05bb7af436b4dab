// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/artifact.h"
#include "domain/error.h"
#include "domain/json.h"

namespace countersign::demo {

/// Whether a decision's body is one that the protocol knows and this case allows.
[[nodiscard]] Result<void> checkDecision(const Json &decision, const Json &wireCase);

/// What the reviewer did with the artifact.
[[nodiscard]] ArtifactWork workOf(const Json &decision);

/// The part of JSON Schema that the demo's own schemas use: type, enum, required, minimum, maximum,
/// additionalProperties: false.
[[nodiscard]] Result<void> checkArguments(const Json &arguments, const Json &schema);

} // namespace countersign::demo
