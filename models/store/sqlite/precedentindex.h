// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/precedent.h"
#include "store/reader.h"
#include "store/sql/statements.h"
#include "store/sqlite/rawquery.h"

namespace countersign::sqlite {

/// How cases ended and what they were like, to be found by likeness (domain/precedent.h). Derived
/// from the state tables and the payloads, no part of the trail, thrown away and made anew at any
/// time; of what agents wrote it holds numbers and keyed hashes only. Two tables:
///   precedent       a row a case: its answer, outcome, edited paths, traits
///   precedent_term  FTS5 without content: which cases have a token. Every token holds its action,
///                   so that one look gives the newest cases of that action that share it
/// Looking (precedents) cuts before it scores. Lists are newest first, the asked case is in none:
///   1. the cases of each of its values, where fewer than `probe` have it, the rarest value first
///   2. the cases on the same number steps, then on the next ones: at most `near`
///   3. the newest of the case type: at most `type`; of the action: at most `action`
///   4. the cases of each of its words, as in 1
/// 1 stops where `all` less what 2 and 3 may add is reached, 4 where `all` is. On the connection's
/// thread only.
class PrecedentIndex
{
public:
    explicit PrecedentIndex(Statements &sql);

    [[nodiscard]] Result<Precedents> precedents(const PrecedentQuery &query);

    /// Within the transaction that touched these cases, before its end. A damaged index is given up
    /// instead of refusing the transaction.
    [[nodiscard]] Result<void> follow(const QSet<CaseId> &cases);
    /// Within a transaction: empties the index, to be filled, where it was made by other rules or
    /// `anew` is set.
    [[nodiscard]] Result<void> prepare(bool anew);
    /// Whether damage was met since this was last asked: then prepare it anew.
    [[nodiscard]] bool metDamage() { return std::exchange(m_metDamage, false); }
    /// Within a transaction: takes in up to `count` more cases. Whether there is more to do.
    [[nodiscard]] Result<bool> fill(int count);
    /// Within a transaction, for a case whose payload is erased.
    [[nodiscard]] Result<void> forget(const CaseId &id);

private:
    friend class PrecedentSearch;
    struct Progress
    {
        int version = 0;
        qint64 below = 0; ///< cases with a smaller number are not in it yet
    };
    struct Past ///< a row
    {
        int answer = 0; ///< DecisionKind; of spot checks 32, 64, 128: correct, minor edit, wrong
        int outcome = 0; ///< 1 good, 2 bad
        bool byPolicy = false;
        QByteArray edited; ///< tokens of paths
        QByteArray traits;
        friend bool operator==(const Past &, const Past &) = default;
    };
    struct Row ///< of the state tables
    {
        CaseId id;
        qint64 number = 0;
        QString state;
        QString purpose;
        QByteArray payload;
    };
    [[nodiscard]] Result<Progress> progress();
    [[nodiscard]] Result<void> setProgress(const Progress &progress);
    [[nodiscard]] Result<QByteArray> key();
    [[nodiscard]] Result<void> take(const CaseId &id, qint64 below);
    [[nodiscard]] Result<std::optional<Row>> rowOf(const CaseId &id);
    [[nodiscard]] Result<std::optional<Past>> stored(qint64 number);
    [[nodiscard]] Result<std::optional<Past>> pastOf(const Row &row);
    [[nodiscard]] Result<std::optional<Past>> decided(const Row &row);
    [[nodiscard]] Result<std::optional<Past>> marked(const Row &row);
    [[nodiscard]] Result<std::optional<Past>> withTraits(const Row &row, Past past,
                                                         const QByteArray &answer);
    [[nodiscard]] Result<Json> payload(const QByteArray &digest);
    [[nodiscard]] Result<void> insert(qint64 number, const Past &past);
    [[nodiscard]] Result<void> drop(qint64 number, const Past &past);
    [[nodiscard]] Result<void> change(const QString &sql, const QVariantList &arguments = {});

    Statements &m_sql;
    QByteArray m_key;
    bool m_metDamage = false;
    std::unique_ptr<RawQuery> m_probe; ///< numbers of the cases that have a token
    std::unique_ptr<RawQuery> m_row;
};

} // namespace countersign::sqlite
