// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/connection.h"

#include "domain/translate.h"

#include <QSqlDriver>
#include <QUuid>

#include <sqlite3.h>

namespace countersign::sqlite {

namespace {

constexpr auto writerPragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                               "PRAGMA wal_autocheckpoint = 1000; PRAGMA foreign_keys = ON; "
                               "PRAGMA trusted_schema = OFF;";
constexpr auto readerPragmas = "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; "
                               "PRAGMA trusted_schema = OFF;";

} // namespace

Error errorWords(int code, const QString &detail)
{
    const auto error = [&detail](ErrorCode kind, const QString &text, bool retryable) -> Error {
        return {.code = kind, .text = text, .detail = detail, .retryable = retryable};
    };
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error(ErrorCode::Storage,
                     tr("The database is busy: another program holds it. Try again."), true);
    case SQLITE_FULL:
        return error(ErrorCode::Storage,
                     tr("The disk is full, so nothing was recorded. Make room and try again."),
                     true);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return error(ErrorCode::Storage,
                     tr("The database cannot be opened or written. Check the permissions of the "
                        "profile's folder."),
                     false);
    case SQLITE_CORRUPT:
        return error(ErrorCode::Unreadable,
                     tr("The database is damaged. Restore a backup; do not go on with this file."),
                     false);
    case SQLITE_NOTADB:
        return error(ErrorCode::Unreadable, tr("This file is not a database."), false);
    case SQLITE_INTERRUPT:
        return error(ErrorCode::Cancelled, tr("The query was cancelled."), true);
    case SQLITE_IOERR:
        return error(
            ErrorCode::Storage,
            tr("The disk reported an error, so nothing was recorded. Make sure that it is there "
               "and has room, and try again."),
            true);
    default:
        return error(ErrorCode::Storage, tr("The database refused; nothing was changed."), false);
    }
}

Error errorWords(const QSqlError &error)
{
    return errorWords(error.nativeErrorCode().toInt(), error.text());
}

Connection::Connection(const QString &name) : m_name(name) { }

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    std::unique_ptr<Connection> connection(
        new Connection(QUuid::createUuid().toString(QUuid::WithoutBraces)));
    QSqlDatabase database
        = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    const bool uri = path.startsWith(u"file:");
    QStringList options{QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000")};
    if (access == Access::Read) {
        options.append(QStringLiteral("QSQLITE_OPEN_READONLY"));
    }
    if (uri) {
        options.append(QStringLiteral("QSQLITE_OPEN_URI"));
    }
    database.setConnectOptions(options.join(QLatin1Char(';')));
    database.setDatabaseName(path);
    const bool opened = database.open();
    connection->m_sql
        = std::make_unique<Statements>(database, static_cast<ErrorWords>(&errorWords));
    connection->m_index = std::make_unique<Indexes>(*connection->m_sql);
    if (!opened) {
        return tl::unexpected<Error>(errorWords(database.lastError()));
    }
    sqlite3_extended_result_codes(connection->handle(), 1);
    auto prepared = connection->script(access == Access::Read ? readerPragmas : writerPragmas);
    if (!prepared) {
        return tl::unexpected<Error>(prepared.error());
    }
    return connection;
}

Connection::~Connection()
{
    m_index.reset();
    m_sql.reset();
    QSqlDatabase::removeDatabase(m_name);
}

sqlite3 *handleOf(const QSqlDatabase &database)
{
    return *static_cast<sqlite3 *const *>(database.driver()->handle().constData());
}

sqlite3 *Connection::handle() const
{
    return handleOf(m_sql->database());
}

Result<void> Connection::script(const QByteArray &sql)
{
    char *message = nullptr;
    const int code = sqlite3_exec(handle(), sql.constData(), nullptr, nullptr, &message);
    const QString detail = QString::fromUtf8(message);
    sqlite3_free(message);
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(errorWords(code, detail));
    }
    return {};
}

Result<QVariant> Connection::value(const QString &sql)
{
    auto rows = m_sql->run(sql);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const QVariant first = rows->next() ? rows->value(0) : QVariant();
    const auto ended = m_sql->ended(*rows);
    return ended ? Result<QVariant>(first) : tl::unexpected<Error>(ended.error());
}

} // namespace countersign::sqlite
