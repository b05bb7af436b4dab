// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace countersign {

/// Finding by a few typed letters. Pure, reentrant.

/// `text` as it is compared: without case and without accents ("Pérez" is "perez"); one character
/// for one character, so that places in it are places in `text`.
[[nodiscard]] QString foldedForSearch(const QString &text);

/// What somebody typed, cut into words and folded.
[[nodiscard]] QStringList typedWords(const QString &typed);

struct FuzzyMatch
{
    int score = 0; ///< 0: no match; more is better
    QList<int> places; ///< of the characters that matched, ascending
};

/// How well every word occurs in `folded`: best at its start, then at the start of a word, then
/// within one, then (two letters and more) letter by letter from the start of a word, not too far
/// apart ("iref": issue_refund). Without words everything matches alike, at 1.
[[nodiscard]] FuzzyMatch fuzzyMatch(const QStringList &words, QStringView folded);

} // namespace countersign
