// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

namespace countersign {

/// A digest of a value's shape: which members it has at every depth and of which JSON type they
/// are, never what they hold. The order of members does not count, nor how many items an array has,
/// only which shapes occur among them. 16 hex digits; of no use for security.
[[nodiscard]] QString shapeOf(const Json &value);

} // namespace countersign
