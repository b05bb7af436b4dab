// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/artifact.h"
#include "items/textdiff.h"

namespace countersign {

/// What is shown of two revisions against each other. Bounded whatever they hold: at most some ten
/// thousand characters, fit for a plain-text widget.
struct RevisionDiff
{
    QList<DiffPiece> pieces; ///< of long texts shortened, with what was left out in words
    int removed = 0; ///< passages, those beyond the bound as well
    int added = 0;
};

/// May take some hundred milliseconds with revisions of a megabyte: not for the GUI thread. Any
/// thread.
[[nodiscard]] RevisionDiff compareRevisions(const Artifact &before, const Artifact &after);

} // namespace countersign
