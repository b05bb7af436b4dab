// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/statements.h"

#include <QSqlError>

namespace countersign {

namespace {

/// Qt takes a null string for NULL; here only an invalid value is one.
QVariant bindable(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull()) {
        return QStringLiteral("");
    }
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull()) {
        return QByteArray("");
    }
    return value;
}

} // namespace

Statements::Statements(QSqlDatabase database, ErrorWords words)
    : m_database(std::move(database)),
      m_words(words)
{
}

Result<Rows> Statements::run(const QString &sql, const QVariantList &arguments)
{
    auto &query = m_prepared[sql];
    if (!query) {
        auto fresh = std::make_unique<QSqlQuery>(m_database);
        fresh->setForwardOnly(true);
        if (!fresh->prepare(sql)) {
            return tl::unexpected<Error>(m_words(fresh->lastError()));
        }
        query = std::move(fresh);
    }
    for (int i = 0; i < arguments.size(); ++i) {
        query->bindValue(i, bindable(arguments.at(i)));
    }
    if (!query->exec()) {
        Error error = m_words(query->lastError());
        query->finish();
        return tl::unexpected<Error>(std::move(error));
    }
    return Rows(*query);
}

Result<int> Statements::change(const QString &sql, const QVariantList &arguments)
{
    const auto rows = run(sql, arguments);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    return rows->affected();
}

Result<void> Statements::ended(const Rows &rows) const
{
    if (rows.failed()) {
        return tl::unexpected<Error>(m_words(rows.query().lastError()));
    }
    return {};
}

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

QVariant orNull(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QVariant() : QVariant(bytes);
}

QVariant orNull(const std::optional<qint64> &integer)
{
    return integer ? QVariant(*integer) : QVariant();
}

} // namespace countersign
