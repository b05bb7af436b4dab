// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/rawquery.h"

#include "domain/json.h"
#include "store/sqlite/connection.h"

#include <QCoreApplication>

namespace countersign::sqlite {

tl::unexpected<Error> rawError(sqlite3 *database, int code)
{
    const QString detail = QString::fromUtf8(sqlite3_errmsg(database));
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: // a table or column is not there
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: // a length out of a damaged row
        return fail(
            ErrorCode::Tampered,
            QCoreApplication::translate("Verifier", "The database is damaged or was altered."),
            detail);
    default:
        return tl::unexpected<Error>(errorWords(code, detail));
    }
}

RawQuery::RawQuery(sqlite3 *database, const char *sql) : m_database(database)
{
    sqlite3_stmt *statement = nullptr;
    m_prepared
        = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    m_statement.reset(statement);
}

void RawQuery::bind(int argument, const QByteArray &blob)
{
    sqlite3_bind_blob64(m_statement.get(), argument, blob.constData(), sqlite3_uint64(blob.size()),
                        SQLITE_TRANSIENT);
}

void RawQuery::bind(int argument, qint64 integer)
{
    sqlite3_bind_int64(m_statement.get(), argument, integer);
}

void RawQuery::bindText(int argument, const QByteArray &text)
{
    sqlite3_bind_text64(m_statement.get(), argument, text.constData(), sqlite3_uint64(text.size()),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
}

Result<bool> RawQuery::next()
{
    const int code = m_prepared == SQLITE_OK ? sqlite3_step(m_statement.get()) : m_prepared;
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return rawError(m_database, code);
}

QByteArray RawQuery::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return {data, sqlite3_column_bytes(m_statement.get(), column)};
}

QString RawQuery::text(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return textFromUtf8({data, sqlite3_column_bytes(m_statement.get(), column)});
}

bool RawQuery::sameValue(const RawQuery &other, int column) const
{
    if (type(column) != other.type(column)) {
        return false;
    }
    switch (type(column)) {
    case SQLITE_NULL:
        return true;
    case SQLITE_INTEGER:
        return integer(column) == other.integer(column);
    default:
        return bytes(column) == other.bytes(column);
    }
}

} // namespace countersign::sqlite
