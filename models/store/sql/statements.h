// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace countersign {

/// The rows of one statement, forward only. Resets the statement when it goes, so that no read
/// transaction lingers.
class Rows
{
public:
    explicit Rows(QSqlQuery &query) : m_query(&query) { }
    ~Rows()
    {
        if (m_query) {
            m_query->finish();
        }
    }
    Rows(Rows &&other) noexcept : m_query(std::exchange(other.m_query, nullptr)) { }
    Rows &operator=(Rows &&) = delete;
    Q_DISABLE_COPY(Rows)

    [[nodiscard]] bool next() { return m_query->next(); }
    [[nodiscard]] QString text(int column) const { return m_query->value(column).toString(); }
    [[nodiscard]] QByteArray bytes(int column) const
    {
        return m_query->value(column).toByteArray();
    }
    [[nodiscard]] qint64 integer(int column) const { return m_query->value(column).toLongLong(); }
    [[nodiscard]] std::optional<qint64> maybeInteger(int column) const
    {
        return m_query->isNull(column) ? std::nullopt : std::optional<qint64>(integer(column));
    }
    [[nodiscard]] QVariant value(int column) const { return m_query->value(column); }
    [[nodiscard]] int affected() const { return m_query->numRowsAffected(); }
    [[nodiscard]] const QSqlQuery &query() const { return *m_query; }
    /// How the walk ended: an error breaks a walk just as the last row does.
    [[nodiscard]] bool failed() const { return m_query->lastError().isValid(); }

private:
    QSqlQuery *m_query;
};

/// What a driver's error means, in words; each engine has its own.
using ErrorWords = Error (*)(const QSqlError &);

/// Statements of one connection, each prepared once. On the connection's thread only. The same
/// statement must not be run again while its rows are being walked.
class Statements
{
public:
    Statements(QSqlDatabase database, ErrorWords words);
    Q_DISABLE_COPY_MOVE(Statements)

    /// An invalid argument is NULL; an empty text is an empty text (see orNull()).
    [[nodiscard]] Result<Rows> run(const QString &sql, const QVariantList &arguments = {});
    /// For statements whose rows do not matter: how many were changed.
    [[nodiscard]] Result<int> change(const QString &sql, const QVariantList &arguments = {});
    /// Nothing where the walk over `rows` ended because there are no more.
    [[nodiscard]] Result<void> ended(const Rows &rows) const;
    [[nodiscard]] const QSqlDatabase &database() const { return m_database; }

private:
    QSqlDatabase m_database;
    ErrorWords m_words;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_prepared;
};

/// Empty texts and byte arrays are stored as NULL.
[[nodiscard]] QVariant orNull(const QString &text);
[[nodiscard]] QVariant orNull(const QByteArray &bytes);
[[nodiscard]] QVariant orNull(const std::optional<qint64> &integer);

} // namespace countersign
