// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

namespace countersign {

/// One state of an artifact, by the agent or by a reviewer.
struct ArtifactRevision
{
    bool byAgent = true;
    QString who; ///< foreign where it is an agent
    qint64 atMs = 0;
    Artifact artifact; ///< of a reviewer: the content that stood in the decision
    QString message; ///< a reviewer's guidance
    QList<PassageComment> comments; ///< a reviewer's
};

/// Every revision of the case's artifact, oldest first, from the events alone: of this case and of
/// those that it follows. Decisions that were taken back are left out. Empty without an artifact.
[[nodiscard]] Result<QList<ArtifactRevision>> artifactHistory(Reader &reader, const Case &subject);

} // namespace countersign
