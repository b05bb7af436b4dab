// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

namespace countersign {

/// A past case as evidence of what its agent's confidence is worth.
struct JudgedCase
{
    QString action;
    QString caseType;
    Decimal confidence;
    Verdict verdict = Verdict::Correct;
};

/// A stretch of all cases, by their numbers, so that a walk over millions is many short looks.
/// Known answers are never among them.
struct HistoryQuery
{
    qint64 from = 1; ///< number, inclusive
    qint64 below = 1; ///< number, exclusive
    std::optional<qint64> fromMs = {}; ///< first seen, UTC, inclusive
    std::optional<qint64> toMs = {}; ///< exclusive
};

/// A case of the past as figures need it.
struct HistoryRow
{
    qint64 number = 0;
    QString agent; ///< foreign, as are the next three
    QString action;
    QString caseType;
    QString currency;
    std::optional<Decimal> confidence;
    std::optional<Decimal> amount;
    Risk risk = Risk::Unknown;
    qint64 createdMs = 0;
    /// Nothing where nobody looked, or the look says nothing. An outcome counts before a mark, a
    /// mark before what a person's delivered decision says: approved is correct, rejected wrong,
    /// and edited wrong as well: nothing tells a cosmetic edit from one that mattered.
    std::optional<Verdict> verdict;
};

/// The same with all that policy may ask about.
struct HistoryCase
{
    CaseId id;
    QString endpointName;
    QByteArray stored; ///< its newest form, for proposalOf(); empty where it was erased
    std::optional<Verdict> verdict;
};

/// Those members of a stored proposal that are in `wanted` (their names in Proposal::toJson();
/// none: all), the others at their defaults. Nothing where it was erased or cannot be read.
/// Reentrant.
[[nodiscard]] std::optional<Proposal> proposalOf(const HistoryCase &past,
                                                 const QSet<QByteArray> &wanted = {});

/// What past verdicts tell, on the same snapshot as the reader that it is of.
class EvidenceReader
{
public:
    EvidenceReader() = default;
    virtual ~EvidenceReader() = default;
    Q_DISABLE_COPY_MOVE(EvidenceReader)

    /// The newest cases whose confidence is known and on which a verdict stands, at most `limit`,
    /// newest first. An outcome counts before a mark, a mark before what a person's delivered
    /// decision says: approved is correct, edited a minor edit, rejected wrong; sent back and
    /// ignored say nothing.
    [[nodiscard]] virtual Result<QList<JudgedCase>> judgedCases(int limit) = 0;

    [[nodiscard]] virtual Result<qint64> newestCaseNumber() = 0; ///< 0 where there is none
    /// Work and spot checks, newest first.
    [[nodiscard]] virtual Result<QList<HistoryRow>> history(const HistoryQuery &query) = 0;
    /// Work alone, newest first.
    [[nodiscard]] virtual Result<QList<HistoryCase>> historyCases(const HistoryQuery &query) = 0;
};

/// Every store's readers are one.
[[nodiscard]] inline EvidenceReader &evidenceOf(Reader &reader)
{
    return dynamic_cast<EvidenceReader &>(reader);
}

} // namespace countersign
