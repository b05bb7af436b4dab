// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace countersign {

struct DiffPiece
{
    enum class Kind
    {
        Same,
        Removed,
        Added
    };
    Kind kind = Kind::Same;
    QString text;
    friend bool operator==(const DiffPiece &, const DiffPiece &) = default;
};

/// What became of `before`, word by word; line by line where the texts are large, and whole where
/// they are huge, so that it never takes longer than a frame. Removed stands before added.
[[nodiscard]] QList<DiffPiece> textDiff(const QString &before, const QString &after);

} // namespace countersign
