// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/artifact.h"

#include <QStringList>

#include <optional>

namespace countersign::demo {

/// What came back from the reviewer, and what the agent has to go by.
struct RedraftRequest
{
    Artifact artifact; ///< as the agent had it
    ArtifactWork work; ///< the reviewer's own changes, and comments on passages
    QString guidance; ///< for all of it
    QString reason; ///< what the agent can say where it is asked why
};

struct Redraft
{
    Artifact artifact; ///< the next revision; its note says what was done and what was not
    QStringList done; ///< a sentence each
    QStringList left; ///< instructions that were not understood
};

/// Begins with the reviewer's text, follows each comment on its passage and the guidance on the
/// whole. By rules, so the same request gives the same revision: replace, say, add, remove,
/// shorten, halve, say why, more formal, friendlier, as a list; in JSON and tables set, add,
/// remove, sort.
[[nodiscard]] Redraft redraft(const RedraftRequest &request);

/// One thing to do each: split at ends of sentences and at “and” before a verb, never within
/// quotes.
[[nodiscard]] QStringList instructionsIn(const QString &text);

/// A place in a text.
struct Passage
{
    qsizetype from = 0;
    qsizetype length = 0;
};

/// Follows one instruction within `where` (all of the text where it is not a passage). What was
/// done, as a sentence; nothing where it is not understood or has nothing to act on.
[[nodiscard]] std::optional<QString> followInText(QString &text, Passage where, bool isPassage,
                                                  const QString &instruction,
                                                  const QString &reason);
/// The same in JSON or a table; `quote` is the passage, empty for all of it.
[[nodiscard]] std::optional<QString> followInData(Artifact::Type type, Json &content,
                                                  const QString &quote, const QString &instruction);

/// Without the quotes around it, and without the full stop behind it.
[[nodiscard]] QString bare(const QString &words);

} // namespace countersign::demo
