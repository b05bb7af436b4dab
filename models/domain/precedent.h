// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"

#include <QHash>

namespace countersign {

/// How alike two cases are. Pure, reentrant, the same on every machine (whole numbers, and the one
/// division that IEEE 754 fixes).

/// A keyed hash of 40 bits of something that an agent wrote; 0 for nothing. Of the text itself
/// nothing is kept.
using Token = quint64;

/// What a case is compared by. Bounded: 24 values, 8 numbers, 16 words.
struct PrecedentTraits
{
    struct Number
    {
        Token path = 0;
        double value = 0;
        friend bool operator==(const Number &, const Number &) = default;
    };
    Token action = 0;
    Token type = 0; ///< of action and case type together
    Token currency = 0;
    std::optional<double> amount; ///< finite
    QList<Token> values; ///< of action, path and value: texts of at most 64 characters, integers,
                         ///< true and false; sorted
    QList<Number> numbers; ///< of the arguments, finite, in their order
    QList<Token> words; ///< of action and word: the 16 smallest of what was asked at length; sorted

    friend bool operator==(const PrecedentTraits &, const PrecedentTraits &) = default;
};

/// Every text, number, true, false, null (and what lies deeper than 16 levels) of a value, with its
/// path: names joined by "/", "*" for the items of an array. In their order.
[[nodiscard]] QList<std::pair<QString, Json>> leavesOf(const Json &value);
/// The paths at which two values differ, each once, in their order.
[[nodiscard]] QStringList differingPaths(const Json &before, const Json &after);

/// The names of the arguments' leaves ("items/*/sku", "" for the whole) and what hides them.
[[nodiscard]] QHash<Token, QString> pathTokens(const Proposal &proposal, const QByteArray &key);
[[nodiscard]] PrecedentTraits traitsOf(const Proposal &proposal, const QByteArray &key);
/// The tokens of the leaves that differ, sorted.
[[nodiscard]] QList<Token> editedPaths(const QString &action, const Json &before, const Json &after,
                                       const QByteArray &key);

/// Where a number stands among its like: numbers within about an eighth of each other share a step,
/// or have neighbouring ones. For amounts `path` is the currency's token.
[[nodiscard]] Token numberStep(const PrecedentTraits &traits, Token path, double value, int by = 0);
/// What a case is found by: action, type, number steps, values, words.
[[nodiscard]] QList<Token> searchTokens(const PrecedentTraits &traits);

/// How much a token says that `others` cases have, of which at most 512 were counted: 10 where one
/// has it, 1 where all 512 have, 0 where none has. 10 - floor(log2(others)).
[[nodiscard]] int tokenWeight(int others);

/// Per mille. Of five parts those count that the asked case has something of; the sum of their
/// points by the sum of what they could be:
///   type     350  the case types are the same
///   amount   300  in the same currency: the smaller by the larger, 0 where the signs differ
///   values   150  the weight of the shared values by that of all that any other case has
///   words    100  the same, of words
///   numbers  100  the mean over the asked case's numbers of the smaller by the larger
/// 1000 where nothing but the action is known. The actions are the same already. Alike is what has
/// 650: with all five parts known, another case type is alike only where all the rest is the same.
[[nodiscard]] int likeness(const PrecedentTraits &asked, const PrecedentTraits &past,
                           const QHash<Token, int> &weights);
inline constexpr int likeEnough = 650;

/// Traits as bytes, and back (nothing where they are damaged).
[[nodiscard]] QByteArray packTraits(const PrecedentTraits &traits);
[[nodiscard]] std::optional<PrecedentTraits> unpackTraits(QByteArrayView bytes);

} // namespace countersign
