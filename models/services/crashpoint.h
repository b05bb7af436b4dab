// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace countersign {

/// For tests only: where $COUNTERSIGN_CRASH_AT names this point ("decided",
/// "batched", "sent", "acknowledged"), the process kills itself as SIGKILL would. "decided": a
/// decision is committed, nothing sent; "batched": a piece of a batch is committed, more would
/// follow; "sent": decision.sent is committed, no byte has left; "acknowledged": the endpoint
/// has answered, nothing of it is recorded.
void crashPoint(const char *name);

} // namespace countersign
