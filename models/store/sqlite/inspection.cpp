// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/inspection.h"

#include "domain/envelope.h"
#include "store/projection.h"
#include "store/sql/trailtables.h"
#include "store/sqlite/migrator.h"
#include "store/sqlite/reading.h"

#include <QCoreApplication>
#include <QDir>
#include <QMap>
#include <QSqlRecord>

namespace countersign {

namespace {

using namespace sqlite;

constexpr int page = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Inspection", text);
}

Result<Json> payloadFor(Statements &sql, const Json &envelope, qint64 seq)
{
    const QByteArray digest = QByteArray::fromHex(envelope[u"payload"].toString().toLatin1());
    if (digest.isEmpty()) {
        return Json();
    }
    auto rows
        = sql.run(QStringLiteral("SELECT salt, bytes FROM payload WHERE digest = ?"), {digest});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    if (!rows->next()) {
        return Json(); // erased
    }
    const QByteArray bytes = rows->bytes(1);
    const auto payload = parseJson(bytes, {.depth = 1024, .bytes = bytes.size()});
    if (payloadDigest(rows->bytes(0), bytes) != digest || !payload) {
        return fail(ErrorCode::Tampered, tr("The payload of event %1 was altered.").arg(seq));
    }
    return payload;
}

struct Entry
{
    EventRecord record;
    Json envelope;
};

/// Events from `from` on, a page of them, with the columns taken from the envelopes.
Result<QList<Entry>> entriesFrom(Statements &sql, qint64 from)
{
    auto rows = sql.run(
        QStringLiteral("SELECT seq, envelope FROM event WHERE seq >= ? ORDER BY seq LIMIT ?"),
        {from, page});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<Entry> entries;
    while (rows->next()) {
        const auto envelope = parseJson(rows->bytes(1));
        if (!envelope) {
            return fail(ErrorCode::Tampered, tr("Event %1 cannot be read.").arg(rows->integer(0)));
        }
        EventRecord record = recordOf(*envelope);
        record.seq = rows->integer(0);
        entries.append({.record = record, .envelope = *envelope});
    }
    const auto ended = sql.ended(*rows);
    return ended ? Result<QList<Entry>>(entries) : tl::unexpected<Error>(ended.error());
}

Result<void> replay(Statements &source, Statements &target)
{
    Projection projection(target);
    qint64 next = 0;
    for (;;) {
        const auto entries = entriesFrom(source, next);
        if (!entries) {
            return tl::unexpected<Error>(entries.error());
        }
        for (const Entry &entry : *entries) {
            const auto payload = payloadFor(source, entry.envelope, entry.record.seq);
            if (!payload) {
                return tl::unexpected<Error>(payload.error());
            }
            if (auto applied = projection.apply(entry.record, entry.envelope, *payload); !applied) {
                return fail(ErrorCode::Tampered,
                            tr("Event %1 does not fit what came before it: %2")
                                .arg(QString::number(entry.record.seq), applied.error().text));
            }
            next = entry.record.seq + 1;
        }
        if (entries->size() < page) {
            return {};
        }
    }
}

QString shown(const QVariant &value)
{
    if (value.isNull()) {
        return tr("nothing");
    }
    return value.typeId() == QMetaType::QByteArray
        ? QString::fromLatin1(value.toByteArray().toHex())
        : QStringLiteral("“%1”").arg(value.toString());
}

QString differenceIn(const QSqlRecord &stored, const QSqlRecord &folded)
{
    for (int i = 0; i < folded.count(); ++i) {
        if (stored.value(i) != folded.value(i)) {
            return tr("column %1 is %2, by the events it is %3")
                .arg(folded.fieldName(i), shown(stored.value(i)), shown(folded.value(i)));
        }
    }
    return {};
}

Result<QString> compareTable(Statements &stored, Statements &folded, const QString &table)
{
    const QString sql = QStringLiteral("SELECT * FROM %1 ORDER BY 1, 2").arg(table);
    auto left = stored.run(sql);
    auto right = folded.run(sql);
    if (!left || !right) {
        return tl::unexpected<Error>(left ? right.error() : left.error());
    }
    for (;;) {
        const bool one = left->next();
        const bool other = right->next();
        if (!one && !other) {
            const auto ended = stored.ended(*left);
            return ended ? Result<QString>(QString()) : tl::unexpected<Error>(ended.error());
        }
        const QString row = shown((one ? *left : *right).value(0));
        if (one != other) {
            return one ? tr("Table %1 holds %2, which no event made.").arg(table, row)
                       : tr("Table %1 lacks %2.").arg(table, row);
        }
        const QString difference = differenceIn(left->query().record(), right->query().record());
        if (!difference.isEmpty()) {
            return tr("Table %1, %2: %3.").arg(table, row, difference);
        }
    }
}

Result<QString> stateDifference(Connection &source, Connection &target)
{
    if (auto begun = target.script("BEGIN"); !begun) {
        return tl::unexpected<Error>(begun.error());
    }
    const auto replayed = replay(source.sql(), target.sql());
    if (!replayed) {
        return replayed.error().code == ErrorCode::Tampered
            ? Result<QString>(replayed.error().text)
            : tl::unexpected<Error>(replayed.error());
    }
    for (const QString &table : stateTables()) {
        auto difference = compareTable(source.sql(), target.sql(), table);
        if (!difference || !difference->isEmpty()) {
            return difference;
        }
    }
    return QString();
}

Result<QMap<QString, QString>> triggers(Connection &connection)
{
    auto rows = connection.sql().run(
        QStringLiteral("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QMap<QString, QString> texts;
    while (rows->next()) {
        texts.insert(rows->text(0), rows->text(1));
    }
    const auto ended = connection.sql().ended(*rows);
    return ended ? Result<QMap<QString, QString>>(texts) : tl::unexpected<Error>(ended.error());
}

/// A trigger of the right name that does something else guards nothing: texts are compared.
Result<QStringList> missingGuards(Connection &source, Connection &fresh)
{
    const auto there = triggers(source);
    const auto wanted = triggers(fresh);
    if (!there || !wanted) {
        return tl::unexpected<Error>(there ? wanted.error() : there.error());
    }
    QStringList missing;
    for (auto it = wanted->cbegin(); it != wanted->cend(); ++it) {
        if (there->value(it.key()) != it.value()) {
            missing.append(it.key());
        }
    }
    return missing;
}

Result<QList<QByteArray>> keptCheckpoints(Connection &source)
{
    auto rows = source.sql().run(QStringLiteral("SELECT note FROM checkpoint ORDER BY size"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<QByteArray> notes;
    while (rows->next()) {
        notes.append(rows->text(0).toUtf8());
    }
    const auto ended = source.sql().ended(*rows);
    return ended ? Result<QList<QByteArray>>(notes) : tl::unexpected<Error>(ended.error());
}

Result<Inspection> inspect(Connection &source)
{
    auto fresh = Connection::open(QStringLiteral(":memory:"), Access::ReadWrite);
    if (!fresh) {
        return tl::unexpected<Error>(fresh.error());
    }
    const auto made = migrate(**fresh, {}, migrations());
    if (!made) {
        return tl::unexpected<Error>(made.error());
    }
    const auto guards = missingGuards(source, **fresh);
    if (!guards) {
        return tl::unexpected<Error>(guards.error());
    }
    const auto difference = stateDifference(source, **fresh);
    if (!difference) {
        return tl::unexpected<Error>(difference.error());
    }
    const auto notes = keptCheckpoints(source);
    if (!notes) {
        return tl::unexpected<Error>(notes.error());
    }
    return Inspection{
        .missingGuards = *guards, .stateDifference = *difference, .checkpoints = *notes};
}

} // namespace

Result<Inspection> inspectSqliteStore(const QString &directory)
{
    auto reading
        = openForReading(QDir(directory).absoluteFilePath(QStringLiteral("countersign.db")));
    if (!reading) {
        return tl::unexpected<Error>(reading.error());
    }
    Connection &source = *reading->connection;
    if (auto begun = source.script("BEGIN"); !begun) {
        return tl::unexpected<Error>(begun.error());
    }
    return inspect(source);
}

} // namespace countersign
