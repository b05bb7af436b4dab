// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"

namespace countersign {

/// What is known of a past case, so that it can be asked again to see whether people look: nothing
/// unless one of these settles it. `outcome`: the newest that was reported, "good", "bad" or empty.
///   approved, turned out good     right: approve
///   approved, turned out bad      right: edit, reject, respond
///   edited, did not turn out bad  right: edit, reject, respond (all of them noticed)
///   rejected, likewise            right: edit, reject, respond
/// What policy decided settles nothing by itself: only its outcome does.
/// Pure.
[[nodiscard]] std::optional<KnownAnswer> knownAnswerOf(const Case &past, const QString &outcome);

} // namespace countersign
