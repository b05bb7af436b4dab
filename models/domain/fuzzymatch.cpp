// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/fuzzymatch.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int atStart = 1000;
constexpr int atWord = 800;
constexpr int within = 500;
constexpr int scattered = 300;
constexpr int spread = 4; ///< scattered letters lie within this many times their number
constexpr qsizetype longestTyped = 100;

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

/// The best place of `word` as it is; -1 where there is none.
qsizetype bestPlace(QStringView word, QStringView text)
{
    const qsizetype first = text.indexOf(word);
    for (qsizetype at = first; at >= 0; at = text.indexOf(word, at + 1)) {
        if (startsWord(text, at)) {
            return at;
        }
    }
    return first;
}

/// Letter by letter from the start of some word.
bool findScattered(QStringView word, QStringView text, QList<int> &places)
{
    for (qsizetype from = text.indexOf(word.front()); from >= 0;
         from = text.indexOf(word.front(), from + 1)) {
        if (!startsWord(text, from)) {
            continue;
        }
        const QStringView window = text.mid(from, word.size() * spread);
        QList<int> found;
        qsizetype at = -1;
        for (const QChar letter : word) {
            at = window.indexOf(letter, at + 1);
            if (at < 0) {
                break;
            }
            found.append(int(from + at));
        }
        if (found.size() == word.size()) {
            places += found;
            return true;
        }
    }
    return false;
}

} // namespace

QString foldedForSearch(const QString &text)
{
    QString folded(text.size(), Qt::Uninitialized);
    std::transform(text.begin(), text.end(), folded.begin(), [](QChar c) -> QChar {
        // The base letter comes first in a decomposition, perhaps with other accents still.
        while (c.unicode() > 0x7F && c.decompositionTag() == QChar::Canonical
               && !c.decomposition().at(0).isSurrogate()) {
            c = c.decomposition().at(0);
        }
        return c.toCaseFolded();
    });
    return folded;
}

QStringList typedWords(const QString &typed)
{
    return foldedForSearch(typed.left(longestTyped).simplified()).split(u' ', Qt::SkipEmptyParts);
}

FuzzyMatch fuzzyMatch(const QStringList &words, QStringView folded)
{
    FuzzyMatch match;
    for (const QString &word : words) {
        const qsizetype at = bestPlace(word, folded);
        if (at >= 0) {
            match.score += at == 0 ? atStart : startsWord(folded, at) ? atWord : within;
            for (qsizetype i = 0; i < word.size(); ++i) {
                match.places.append(int(at + i));
            }
        } else if (word.size() > 1 && findScattered(word, folded, match.places)) {
            match.score += scattered;
        } else {
            return {};
        }
    }
    std::sort(match.places.begin(), match.places.end());
    match.places.erase(std::unique(match.places.begin(), match.places.end()), match.places.end());
    match.score = std::max(1, match.score - int(std::min<qsizetype>(folded.size(), 200) / 4));
    return match;
}

} // namespace countersign
