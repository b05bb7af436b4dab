// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/batchrule.h"
#include "domain/case.h"

#include <QHash>

namespace countersign {

struct BatchTotal
{
    QString currency; ///< as the agents wrote it; empty: none was named
    Decimal sum; ///< exact
    Decimal least;
    Decimal most;
    int cases = 0;
};

/// Something that every case has, or that tells them apart.
struct BatchTrait
{
    enum class Kind
    {
        Endpoint,
        Agent,
        Action,
        CaseType,
        Risk,
        Reversibility,
        Argument
    };
    using Counted = std::pair<QString, int>;

    Kind kind = Kind::Argument;
    QString path; ///< of an argument: "order.lines[].price"; foreign text
    int distinct = 0;
    int absent = 0; ///< cases that do not have it
    /// Where all values are numbers; over all items of an array.
    std::optional<Decimal> least;
    std::optional<Decimal> most;
    QList<Counted>
        common; ///< the most frequent values, cut short; vocabulary words or foreign text
};

/// A case that does not go with the others.
struct BatchApart
{
    CaseId id;
    QString headline; ///< foreign text
    QString subject; ///< what tells it from others of its kind; foreign text
    Impact impact; ///< amount and currency
    QStringList reasons; ///< a few words each
    bool barred = false; ///< it cannot be decided with the others; else that is up to the person
};

/// What there is to know of many cases before one decision on all of them.
struct BatchSummary
{
    struct Item
    {
        CaseId id;
        QString digest; ///< when it was first looked at in this selection
    };
    int count = 0; ///< with those that are barred; all else is about those that are not
    QList<Item> decidable;
    QList<BatchTotal> totals; ///< by currency, most cases first
    int withoutAmount = 0;
    QList<Decimal> confidences; ///< ascending
    int unknownConfidence = 0;
    QList<BatchTrait> same;
    QList<BatchTrait> differs;
    bool cutShort = false; ///< there are more arguments than were compared
    QList<BatchApart> apart; ///< barred first
    AllowedDecisions allowed; ///< what all can take, and policy lets be decided together
    QHash<DecisionKind, int> refusing; ///< how many cannot take a decision that others can
    int tooRisky = 0; ///< barred by policy
    int blind = 0; ///< barred because an own answer comes first
    bool cancelsSiblings = false; ///< rejecting a part drops its approved siblings on some server
};

/// `seen`: digests when the cases were first looked at; one that differs since bars its case.
/// `veiled`: cases whose advice is hidden, and must not be guessed from what stands here; barred.
///
/// Set apart, though a person may decide them along, are those that differ from more than half of
/// the others in endpoint, action or shape of the arguments, or cannot take what those can, whose
/// confidence is unknown where most are known, and whose amount (within its currency) or confidence
/// is far out. Far out, among five or more: further from the median than 3.5 times the scaled
/// median absolute deviation (Iglewicz and Hoaglin), amounts by their logarithm where all are
/// positive, and in any case at least twice or half the median amount, or 0.15 of confidence. Pure;
/// amounts are only rounded to be compared here.
[[nodiscard]] BatchSummary summarize(const QList<Case> &cases, const QHash<CaseId, QString> &seen,
                                     const BatchRule &rule, const QSet<CaseId> &veiled = {});

} // namespace countersign
