// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace countersign {

/// How long to wait before try `attempt` + 1, in milliseconds: doubling from 1 s to 5 min. `jitter` within 0..1 moves it
/// by up to a quarter either way, so that clients of a server that died do not come back together. Pure.
[[nodiscard]] qint64 backoffMs(int attempt, double jitter);

} // namespace countersign
