// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/tour/stage.h"

namespace countersign {

/// Each adds its steps to the guide, to be walked in this order.
void addInboxChapter(TourStage &stage);
void addDecisionsChapter(TourStage &stage); ///< approve, undo, edit, reject, send back
void addBatchChapter(TourStage &stage); ///< a few cases, decided at once
void addPartsChapter(TourStage &stage); ///< several actions in one question
void addHostileChapter(TourStage &stage); ///< what an agent passes on from a stranger
void addWorkspaceChapter(TourStage &stage); ///< a draft, worked on in turns
void addFilterChapter(TourStage &stage);
void addAppearanceChapter(TourStage &stage);
void addPolicyChapter(TourStage &stage);
void addTrailChapter(TourStage &stage);

} // namespace countersign
