// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QString>

#include <sqlite3.h>

#include <memory>

namespace countersign::sqlite {

/// A statement by SQLite's own interface, for long walks: half the time of QSqlQuery, and columns
/// keep their types.
class RawQuery
{
public:
    RawQuery(sqlite3 *database, const char *sql);

    void rewind() { sqlite3_reset(m_statement.get()); }
    void bind(int argument, const QByteArray &blob); ///< from 1; after rewind()
    void bind(int argument, qint64 integer);
    void bindText(int argument, const QByteArray &text); ///< UTF-8
    /// True on a row. An error is Tampered where the database is damaged, Cancelled where it was
    /// interrupted, else Storage.
    [[nodiscard]] Result<bool> next();

    [[nodiscard]] int columns() const { return sqlite3_column_count(m_statement.get()); }
    [[nodiscard]] int type(int column) const
    {
        return sqlite3_column_type(m_statement.get(), column);
    }
    [[nodiscard]] qint64 integer(int column) const
    {
        return sqlite3_column_int64(m_statement.get(), column);
    }
    [[nodiscard]] QByteArray bytes(int column) const; ///< of text or blob; a copy
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] bool sameValue(const RawQuery &other, int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    sqlite3 *m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_prepared = SQLITE_OK;
};

[[nodiscard]] tl::unexpected<Error> rawError(sqlite3 *database, int code);

} // namespace countersign::sqlite
