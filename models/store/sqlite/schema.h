// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace countersign::sqlite {

inline constexpr int applicationId = 0x4353474e; ///< "CSGN"

/// One step of the schema; `sql` brings a file from version `to` - 1 to `to`.
struct Migration
{
    int to = 0;
    QByteArray sql;
};

/// All steps, in order. What was released is never edited.
[[nodiscard]] const QList<Migration> &migrations();
/// The tables that are a fold over the events, each before those that refer to it.
[[nodiscard]] const QStringList &stateTables();

/// The full-text index, which may be dropped and made anew (caseindex.h).
inline constexpr auto caseTextTable
    = "CREATE VIRTUAL TABLE case_text USING fts5 "
      "(body, digest UNINDEXED, tokenize = 'ascii', columnsize = 0)";
/// Which past cases have a token, likewise (precedentindex.h).
inline constexpr auto precedentTermTable
    = "CREATE VIRTUAL TABLE precedent_term USING fts5 "
      "(terms, content = '', detail = none, tokenize = 'ascii', columnsize = 0)";

} // namespace countersign::sqlite
