// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/workspace/revisiondiff.h"

#include "domain/displaytext.h"
#include "domain/translate.h"
#include "views/words.h"

namespace countersign {

namespace {

constexpr qsizetype longestRevision = 2 * 1024 * 1024;
constexpr qsizetype shownWhole = 20'000; // beyond that only what differs, with its surroundings
constexpr qsizetype surroundings = 300;
constexpr qsizetype longestPiece = 4'000;
constexpr qsizetype mostPieces = 500;
constexpr qsizetype mostShown = 40'000; // characters; what a widget lays out within a frame

QString textOf(const Artifact &artifact)
{
    return displayText(Artifact::toText(artifact.type, artifact.content),
                       {.maxLength = longestRevision})
        .text;
}

QString leftOut(qsizetype characters)
{
    return tr(" [… %1 characters …] ").arg(words::count(characters));
}

/// A piece of a long text, shortened in its middle.
QString shortened(const DiffPiece &piece)
{
    const qsizetype most = piece.kind == DiffPiece::Kind::Same ? 2 * surroundings : longestPiece;
    if (piece.text.size() <= most) {
        return piece.text;
    }
    return piece.text.first(most / 2) + leftOut(piece.text.size() - most)
        + piece.text.last(most / 2);
}

} // namespace

RevisionDiff compareRevisions(const Artifact &before, const Artifact &after)
{
    const QString left = textOf(before);
    const QString right = textOf(after);
    const bool whole = left.size() + right.size() <= shownWhole;
    RevisionDiff diff;
    qsizetype shown = 0;
    bool cut = false;
    for (const DiffPiece &piece : textDiff(left, right)) {
        diff.removed += piece.kind == DiffPiece::Kind::Removed ? 1 : 0;
        diff.added += piece.kind == DiffPiece::Kind::Added ? 1 : 0;
        cut = cut || diff.pieces.size() == mostPieces || shown >= mostShown;
        if (!cut) {
            diff.pieces.append({piece.kind, whole ? piece.text : shortened(piece)});
            shown += diff.pieces.last().text.size();
        }
    }
    if (cut) {
        diff.pieces.append({DiffPiece::Kind::Same, tr(" [… and more that differs]")});
    }
    return diff;
}

} // namespace countersign
