// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/searchtext.h"
#include "store/reader.h"
#include "store/sql/statements.h"
#include "store/sqlite/rawquery.h"

#include <QSet>

#include <limits>

namespace countersign::sqlite {

/// What is searched in cases, beside the state tables: derived from them and from the payloads, no
/// part of the trail, thrown away and made anew at any time. Every transaction takes in what it
/// touched (follow); a file that came without, or with one made by other rules, is filled from the
/// newest case down (prepare, fill), and until that is done a search looks through the rest itself.
/// On the connection's thread only.
class CaseIndex
{
public:
    explicit CaseIndex(Statements &sql);

    [[nodiscard]] Result<QList<CaseId>> casesWithText(const QString &typed);

    /// Within the transaction that touched these cases, before its end. A damaged index is given up
    /// instead of refusing the transaction.
    [[nodiscard]] Result<void> follow(const QSet<CaseId> &cases);
    enum class Prepare
    {
        IfNeeded, ///< where it is missing or was made by other rules
        Anew
    };
    /// Within a transaction: empties the index, to be filled.
    [[nodiscard]] Result<void> prepare(Prepare prepare = Prepare::IfNeeded);
    /// Whether damage was met since this was last asked: then prepare it anew.
    [[nodiscard]] bool metDamage() { return std::exchange(m_metDamage, false); }
    /// Within a transaction: takes in up to `count` more cases or, when all are in, drops up to
    /// `count` that ended long ago. Whether there is more to do.
    [[nodiscard]] Result<bool> fill(int count);
    /// Within a transaction, for a case whose payload is erased: no page in use holds a word of it
    /// afterwards (those that were freed are overwritten where secure_delete is on).
    [[nodiscard]] Result<void> forget(const CaseId &id);

private:
    struct Progress
    {
        int version = 0;
        qint64 below = 0; ///< cases with a smaller number are not in it yet
    };
    [[nodiscard]] Result<Progress> progress();
    [[nodiscard]] Result<void> setProgress(const Progress &progress);
    [[nodiscard]] Result<void> take(const CaseId &id, qint64 below);
    [[nodiscard]] Result<QString> bodyOf(const CaseId &id, const QByteArray &payload);
    [[nodiscard]] Result<bool> dropEnded(int count);
    [[nodiscard]] Result<QList<CaseId>> find(const SearchTerms &terms);
    [[nodiscard]] Result<void> scan(const SearchTerms &terms, qint64 below, QList<CaseId> &ids);
    [[nodiscard]] Result<void> change(const QString &sql, const QVariantList &arguments = {});

    static constexpr qint64 everyCase = std::numeric_limits<qint64>::max();

    Statements &m_sql;
    std::unique_ptr<RawQuery> m_find;
    qint64 m_dropBelow = everyCase; ///< cases from here on were looked at in this round
    bool m_metDamage = false;
};

} // namespace countersign::sqlite
