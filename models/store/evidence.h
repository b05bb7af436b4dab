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
};

/// Every store's readers are one.
[[nodiscard]] inline EvidenceReader &evidenceOf(Reader &reader)
{
    return dynamic_cast<EvidenceReader &>(reader);
}

} // namespace countersign
