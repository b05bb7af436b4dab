// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QString>

namespace countersign {

/// An event as a line of its own case's story, where who did it stands beside: "approved, after
/// looking for 34 s". As sentenceOf() otherwise.
[[nodiscard]] QString storyLine(const Json &envelope);

} // namespace countersign
