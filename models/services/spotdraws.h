// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/spotcheck.h"
#include "store/store.h"

namespace countersign {

/// Draws whether a person looks at what was done without one, and appends what came of it: the
/// case to be marked, where it hits, and spotcheck.drawn. `done` names a place that nothing else
/// asks at.
[[nodiscard]] Result<SpotDraw> recordDraw(Transaction &transaction, const Actor &proposer,
                                          const EndpointId &endpoint, const Proposal &done,
                                          const SpotCheckRule &rule);

} // namespace countersign
