// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attacker.h"

#include <sqlite3.h>

namespace countersign {

namespace {

using Row = QList<QByteArray>;

/// Nothing where it failed.
std::optional<QList<Row>> rowsOf(sqlite3 *database, const QByteArray &sql,
                                 const QList<QByteArray> &blobs = {})
{
    sqlite3_stmt *statement = nullptr;
    QList<Row> rows;
    int code = sqlite3_prepare_v2(database, sql.constData(), -1, &statement, nullptr);
    for (int i = 0; i < blobs.size(); ++i) {
        sqlite3_bind_blob(statement, i + 1, blobs.at(i).constData(), int(blobs.at(i).size()),
                          SQLITE_TRANSIENT);
    }
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            Row row;
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                const auto *data = static_cast<const char *>(sqlite3_column_blob(statement, i));
                row.append(QByteArray(data, sqlite3_column_bytes(statement, i)));
            }
            rows.append(row);
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? std::optional<QList<Row>>(rows) : std::nullopt;
}

} // namespace

Attacker::Attacker(const QString &path)
{
    sqlite3_open(path.toUtf8().constData(), &m_database);
    const auto guards
        = rowsOf(m_database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    for (const Row &guard : guards.value_or(QList<Row>())) {
        m_guards.insert(QString::fromUtf8(guard.at(0)), QString::fromUtf8(guard.at(1)));
        run(QStringLiteral("DROP TRIGGER ") + QString::fromUtf8(guard.at(0)));
    }
}

Attacker::~Attacker()
{
    for (const QString &guard : std::as_const(m_guards)) {
        run(guard);
    }
    run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    sqlite3_close(m_database);
}

bool Attacker::run(const QString &sql)
{
    return sqlite3_exec(m_database, sql.toUtf8().constData(), nullptr, nullptr, nullptr)
        == SQLITE_OK;
}

QString Attacker::value(const QString &sql)
{
    const auto rows = rowsOf(m_database, sql.toUtf8());
    return rows && !rows->isEmpty() ? QString::fromUtf8(rows->first().first()) : QString();
}

bool Attacker::edit(qint64 seq, const QByteArray &before, const QByteArray &after)
{
    const QByteArray where = " WHERE seq = " + QByteArray::number(seq);
    const auto rows = rowsOf(m_database, "SELECT envelope FROM event" + where);
    if (!rows || rows->isEmpty() || !rows->first().first().contains(before)) {
        return false;
    }
    const QByteArray envelope = QByteArray(rows->first().first()).replace(before, after);
    return rowsOf(m_database, "UPDATE event SET envelope = ?" + where, {envelope}).has_value();
}

bool Attacker::rehash()
{
    const auto rows = rowsOf(m_database, "SELECT seq, envelope FROM event ORDER BY seq");
    CompactRange tree;
    for (const Row &row : rows.value_or(QList<Row>())) {
        tree.append(leafHash(row.at(1)));
        if (!rowsOf(m_database, "UPDATE event SET leaf = ? WHERE seq = " + row.at(0),
                    {leafHash(row.at(1))})) {
            return false;
        }
    }
    return rowsOf(m_database,
                  "UPDATE log_head SET frontier = ?, root = ?, size = "
                      + QByteArray::number(tree.size()),
                  {tree.frontier(), tree.root()})
        .has_value();
}

bool Attacker::resign(const QString &origin, const PrivateKey &key)
{
    const auto sizes = rowsOf(m_database, "SELECT size FROM checkpoint");
    const auto leaves = rowsOf(m_database, "SELECT leaf FROM event ORDER BY seq");
    CompactRange tree;
    for (const Row &leaf : leaves.value_or(QList<Row>())) {
        tree.append(leaf.first());
        if (sizes && sizes->contains(Row{QByteArray::number(tree.size())})) {
            const QByteArray note
                = signCheckpoint({.origin = origin, .size = tree.size(), .root = tree.root()}, key);
            if (!rowsOf(m_database,
                        "UPDATE checkpoint SET note = CAST(? AS TEXT) WHERE size = "
                            + QByteArray::number(tree.size()),
                        {note})) {
                return false;
            }
        }
    }
    return true;
}

QByteArray contentOf(const QString &path)
{
    sqlite3 *database = nullptr;
    QByteArray content;
    sqlite3_open_v2(path.toUtf8().constData(), &database, SQLITE_OPEN_READONLY, nullptr);
    const auto schema
        = rowsOf(database, "SELECT name, type, tbl_name, sql FROM sqlite_schema ORDER BY name");
    for (const Row &entry : schema.value_or(QList<Row>())) {
        content += entry.join('|') + '\n';
        // The indexes are no part of what the file says: they are made anew from it.
        if (entry.at(1) != "table" || entry.at(0).startsWith("case_text")
            || entry.at(0).startsWith("precedent") || entry.at(0) == "derived") {
            continue;
        }
        const auto rows = rowsOf(database, "SELECT * FROM " + entry.at(0) + " NOT INDEXED");
        content += rows ? QByteArray() : QByteArray("damaged\n");
        for (const Row &row : rows.value_or(QList<Row>())) {
            for (const QByteArray &value : row) {
                content += value.toHex() + ',';
            }
            content += '\n';
        }
    }
    sqlite3_close(database);
    return content;
}

} // namespace countersign
