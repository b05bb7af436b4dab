// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite/indexes.h"

struct sqlite3;

namespace countersign::sqlite {

enum class Access
{
    ReadWrite, ///< the writer: it alone checkpoints the write-ahead log
    Read
};

/// One connection with its statements, to be made, used and destroyed on one thread.
class Connection
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &path,
                                                                  Access access);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    [[nodiscard]] Statements &sql() { return *m_sql; }
    [[nodiscard]] Indexes &index() { return *m_index; }
    /// Statements separated by semicolons, without arguments.
    [[nodiscard]] Result<void> script(const QByteArray &sql);
    /// The first column of the first row, or an invalid value.
    [[nodiscard]] Result<QVariant> value(const QString &sql);
    [[nodiscard]] sqlite3 *handle() const;

private:
    explicit Connection(const QString &name);

    QString m_name;
    std::unique_ptr<Statements> m_sql;
    std::unique_ptr<Indexes> m_index;
};

[[nodiscard]] sqlite3 *handleOf(const QSqlDatabase &database);

/// What SQLite's error means, in words.
[[nodiscard]] Error errorWords(const QSqlError &error);
[[nodiscard]] Error errorWords(int code, const QString &detail);

} // namespace countersign::sqlite
