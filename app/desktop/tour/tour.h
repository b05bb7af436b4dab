// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// Goes through the main job by itself: the real window, driven by keys, with the real demo agent.
/// Numbered pictures, the exported trail and a checkpoint go to `directory`. Each step's effect is
/// read back from the agent's own log and from the store; 0 only if all of them were there in
/// time and the trail verifies. Needs the QApplication, runs its event loop.
[[nodiscard]] int runTour(const QString &directory);

} // namespace countersign
