// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sql/searchindex.h"
#include "store/sqlite/caseindex.h"
#include "store/sqlite/precedentindex.h"

namespace countersign::sqlite {

/// What is derived from cases to find them by: each made, followed and mended by itself. On the
/// connection's thread only; what writes, within a transaction.
class Indexes final : public SearchIndex
{
public:
    explicit Indexes(Statements &sql);

    [[nodiscard]] Result<QList<CaseId>> casesWithText(const QString &typed) override;
    [[nodiscard]] Result<Precedents> precedents(const PrecedentQuery &query) override;

    /// Before the end of the transaction that touched these cases.
    [[nodiscard]] Result<void> follow(const QSet<CaseId> &cases);
    /// Empties what is missing or was made by other rules, to be filled.
    [[nodiscard]] Result<void> prepare();
    struct Damage
    {
        bool texts = false;
        bool past = false;
    };
    /// The damage met since this was last asked: mend() on the writing connection empties it.
    [[nodiscard]] Damage takeDamage();
    [[nodiscard]] Result<void> mend(const Damage &damage);
    /// Takes in some more past cases. Whether there is more to do.
    [[nodiscard]] Result<bool> fill(int count);
    /// For a case whose payload is erased.
    [[nodiscard]] Result<void> forget(const CaseId &id);

private:
    CaseIndex m_texts;
    bool m_textsFilled = false; ///< since this was opened; asking is not free
    PrecedentIndex m_past;
};

} // namespace countersign::sqlite
