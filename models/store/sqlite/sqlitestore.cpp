// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/sqlitestore.h"

#include "domain/translate.h"
#include "store/sql/sqltransaction.h"
#include "store/sqlite/connection.h"

#include <QFile>

#include <sys/stat.h>

namespace countersign::sqlite {

namespace {

constexpr int readerThreads = 2;
constexpr int indexedAtOnce = 100;

tl::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, tr("The profile was closed before this was done."));
}

JobThread::Open opener(const QString &path, Access access)
{
    return [path, access]() -> std::unique_ptr<Connection> {
        return Connection::open(path, access).value_or(nullptr);
    };
}

} // namespace

std::optional<FileIdentity> FileIdentity::of(const QString &path)
{
    struct stat info = {};
    if (stat(QFile::encodeName(path).constData(), &info) != 0) {
        return std::nullopt;
    }
    return FileIdentity{.device = info.st_dev, .inode = info.st_ino};
}

SqliteStore::SqliteStore(Parts parts)
    : m_parts(std::move(parts)),
      m_identity(FileIdentity::of(m_parts.path))
{
    for (int i = 0; i < readerThreads; ++i) {
        m_readers.push_back(
            std::make_unique<JobThread>(m_reads, opener(m_parts.path, Access::Read)));
        m_readers.back()->start();
    }
    if (m_parts.lock) {
        m_writer = std::make_unique<JobThread>(m_writes, opener(m_parts.path, Access::ReadWrite));
        m_writer->start();
        fillIndex();
    }
}

/// A little at a time, so that other writes get their turn.
void SqliteStore::fillIndex()
{
    m_writes.push([this](Connection *connection) -> void {
        if (!connection || !connection->script("BEGIN IMMEDIATE")) {
            return; // closing, or the next opening tries again
        }
        const auto more = connection->index().fill(indexedAtOnce);
        if (!more || !commit(*connection)) {
            static_cast<void>(connection->script("ROLLBACK"));
        } else if (*more) {
            fillIndex();
        }
    });
}

/// An index that turned out to be damaged is made anew.
void SqliteStore::mendIndex(Indexes &index)
{
    const Indexes::Damage damage = index.takeDamage();
    if (!(damage.texts || damage.past) || !m_parts.lock) {
        return;
    }
    m_writes.push([this, damage](Connection *connection) -> void {
        if (!connection || !connection->script("BEGIN IMMEDIATE")) {
            return;
        }
        if (connection->index().mend(damage) && commit(*connection)) {
            fillIndex();
        } else {
            static_cast<void>(connection->script("ROLLBACK"));
        }
    });
}

SqliteStore::~SqliteStore()
{
    // The writer last, when no reader of ours holds it up: only its connection may empty the
    // write-ahead log, without which a plain copy of the file is short.
    m_reads.close();
    for (const auto &reader : m_readers) {
        reader->wait();
    }
    if (!m_writer) {
        return;
    }
    m_writes.push([](Connection *connection) -> void {
        if (connection) { // where another program is reading, as far as that one allows
            static_cast<void>(connection->script("PRAGMA busy_timeout = 250; "
                                                 "PRAGMA wal_checkpoint(TRUNCATE)"));
        }
    });
    m_writes.close();
    m_writer->wait();
}

void SqliteStore::enqueueWrite(WriteJob job, Done done)
{
    if (!m_parts.lock) {
        done(fail(ErrorCode::Storage, tr("This profile is open for reading only.")));
        return;
    }
    m_writes.push(
        [this, job = std::move(job), done = std::move(done)](Connection *connection) -> void {
            if (!connection) {
                done(cancelled());
                return;
            }
            const auto changes = write(*connection, job);
            if (!changes) {
                done(tl::unexpected<Error>(changes.error()));
                return;
            }
            if (changes->headSize > 0) {
                QMetaObject::invokeMethod(
                    this, [this, changes = *changes]() -> void { Q_EMIT changed(changes); },
                    Qt::QueuedConnection);
            }
            done({});
        });
}

Result<Changes> SqliteStore::write(Connection &connection, const WriteJob &job)
{
    if (auto begun = connection.script("BEGIN IMMEDIATE"); !begun) {
        return tl::unexpected<Error>(begun.error());
    }
    Changes changes;
    Result<void> outcome;
    {
        SqlTransaction transaction(connection.sql(), connection.index(), m_parts.origin,
                                   m_parts.keys, m_parts.clock);
        outcome = job(transaction);
        if (outcome) {
            outcome = transaction.outcome();
        }
        changes = transaction.changes();
    }
    if (outcome) {
        outcome = connection.index().follow(changes.cases);
        mendIndex(connection.index());
    }
    if (outcome) {
        outcome = commit(connection);
    }
    if (!outcome) {
        // Fails only where SQLite already rolled back by itself.
        static_cast<void>(connection.script("ROLLBACK"));
        return tl::unexpected<Error>(outcome.error());
    }
    return changes;
}

Result<void> SqliteStore::commit(Connection &connection) const
{
    if (FileIdentity::of(m_parts.path) != m_identity) {
        return fail(ErrorCode::Storage,
                    tr("The profile's file %1 was moved, removed or replaced while it was open, so "
                       "nothing more is recorded. Put it back or close Countersign.")
                        .arg(m_parts.path));
    }
    return connection.script("COMMIT");
}

void SqliteStore::enqueueRead(ReadJob job, Done done)
{
    m_reads.push(
        [this, job = std::move(job), done = std::move(done)](Connection *connection) -> void {
            done(connection ? read(*connection, job) : Result<void>(cancelled()));
        });
}

Result<void> SqliteStore::read(Connection &connection, const ReadJob &job)
{
    if (auto begun = connection.script("BEGIN"); !begun) {
        return begun;
    }
    SqlReads<Reader> reader(connection.sql(), connection.index());
    auto outcome = job(reader);
    mendIndex(connection.index());
    const auto ended = connection.script("ROLLBACK");
    return outcome ? ended : outcome;
}

Result<QByteArray> SqliteStore::signHead(Reader &reader) const
{
    const auto head = reader.head();
    if (!head) {
        return tl::unexpected<Error>(head.error());
    }
    const auto key = m_parts.keys.key(m_parts.origin, QStringLiteral("log"), false);
    if (!key) {
        return tl::unexpected<Error>(key.error());
    }
    return signCheckpoint({.origin = m_parts.origin, .size = head->size, .root = head->root}, *key);
}

QFuture<Result<QByteArray>> SqliteStore::checkpoint()
{
    if (!m_parts.lock) {
        return Store::read<QByteArray>(
            [this](Reader &reader) -> Result<QByteArray> { return signHead(reader); });
    }
    QPromise<Result<QByteArray>> promise;
    promise.start();
    auto future = promise.future();
    auto shared = std::make_shared<QPromise<Result<QByteArray>>>(std::move(promise));
    m_writes.push([this, shared](Connection *connection) -> void {
        shared->addResult(connection ? keepCheckpoint(*connection)
                                     : Result<QByteArray>(cancelled()));
        shared->finish();
    });
    return future;
}

Result<QByteArray> SqliteStore::keepCheckpoint(Connection &connection) const
{
    if (auto begun = connection.script("BEGIN IMMEDIATE"); !begun) {
        return tl::unexpected<Error>(begun.error());
    }
    SqlReads<Reader> reader(connection.sql(), connection.index());
    auto note = signHead(reader);
    Result<void> kept = note.map([](const QByteArray &) -> void {});
    if (note) {
        const auto size = parseCheckpoint(*note).map([](const Checkpoint &c) { return c.size; });
        kept = connection.sql()
                   .change(QStringLiteral("INSERT INTO checkpoint (size, note) VALUES (?, ?) ON "
                                          "CONFLICT (size) DO UPDATE SET note = excluded.note"),
                           {size.value_or(0), QString::fromUtf8(*note)})
                   .and_then([&](int) -> Result<void> { return commit(connection); });
    }
    if (!kept) {
        static_cast<void>(connection.script("ROLLBACK"));
        return tl::unexpected<Error>(kept.error());
    }
    return note;
}

} // namespace countersign::sqlite
