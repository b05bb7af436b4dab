// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/trailtables.h"
#include "domain/translate.h"
#include "store/sqlite/migrator.h"
#include "store/sqlite/profile.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/sqlitestore.h"

#include <QDir>
#include <QFileInfo>

namespace countersign {

namespace {

using namespace sqlite;

Result<void> makeFolder(const QString &directory)
{
    if (!QDir().mkpath(directory)) {
        return fail(ErrorCode::Storage,
                    tr("The profile's folder %1 cannot be created.").arg(directory));
    }
    return {};
}

/// Loads the keys where a keychain may still be asked at leisure; a missing one only matters to
/// whoever wants to sign with it.
Result<QString> look(Connection &connection, KeyRing &keys)
{
    const auto origin = originOf(connection);
    if (!origin) {
        return origin;
    }
    const auto persons = TrailTables(connection.sql()).persons();
    if (!persons) {
        return tl::unexpected<Error>(persons.error());
    }
    static_cast<void>(keys.key(*origin, QStringLiteral("log"), false));
    for (const Person &person : *persons) {
        static_cast<void>(keys.key(*origin, person.id.toString(), false));
    }
    return origin;
}

/// What is not ours is not touched, not even by opening it for writing.
Result<int> versionOf(const QString &path)
{
    if (QFileInfo(path).size() == 0) {
        return fail(ErrorCode::Unreadable,
                    tr("The profile's file %1 is empty. Restore a backup of it, or move it away to "
                       "begin anew.")
                        .arg(path));
    }
    auto connection = Connection::open(path, Access::Read);
    return connection ? schemaVersion(**connection, migrations())
                      : tl::unexpected<Error>(connection.error());
}

Result<void> prepareIndex(Connection &connection)
{
    auto done = connection.script("BEGIN IMMEDIATE").and_then([&]() -> Result<void> {
        return connection.index().prepare();
    });
    return done ? connection.script("COMMIT") : done; // closing it rolls back
}

Result<QString> prepareWriting(const QString &path, KeyRing &keys)
{
    if (const auto version = versionOf(path); !version) {
        return tl::unexpected<Error>(version.error());
    }
    auto connection = Connection::open(path, Access::ReadWrite);
    if (!connection) {
        return tl::unexpected<Error>(connection.error());
    }
    const auto ready = migrate(**connection, path, migrations()).and_then([&]() -> Result<void> {
        return prepareIndex(**connection);
    });
    return ready ? look(**connection, keys) : tl::unexpected<Error>(ready.error());
}

/// A trail whose first event cannot be read is still opened, so that a verifier can say so.
Result<std::unique_ptr<Store>> openReader(const QString &path, KeyRing &keys, const Clock &clock)
{
    const auto reading = openForReading(path);
    if (!reading) {
        return tl::unexpected<Error>(reading.error());
    }
    const auto origin = look(*reading->connection, keys);
    if (!origin && origin.error().code != ErrorCode::Unreadable) {
        return tl::unexpected<Error>(origin.error());
    }
    return std::make_unique<SqliteStore>(SqliteStore::Parts{.path = reading->name,
                                                            .origin = origin.value_or(QString()),
                                                            .lock = nullptr,
                                                            .keys = keys,
                                                            .clock = clock});
}

} // namespace

Result<std::unique_ptr<Store>> openSqliteStore(const OpenOptions &options, KeyRing &keys,
                                               const Clock &clock)
{
    const QDir folder(options.directory);
    const QString path = folder.absoluteFilePath(QStringLiteral("countersign.db"));
    if (options.readOnly) {
        return openReader(path, keys, clock);
    }
    if (auto made = makeFolder(options.directory); !made) {
        return tl::unexpected<Error>(made.error());
    }
    auto lock = LockFile::take(folder.absoluteFilePath(QStringLiteral("countersign.lock")));
    if (!lock) {
        return tl::unexpected<Error>(lock.error());
    }
    if (!QFileInfo::exists(path)) {
        if (auto created = createProfile(path, options, keys, clock); !created) {
            return tl::unexpected<Error>(created.error());
        }
    }
    const auto origin = prepareWriting(path, keys);
    if (!origin) {
        return tl::unexpected<Error>(origin.error());
    }
    return std::make_unique<SqliteStore>(SqliteStore::Parts{
        .path = path, .origin = *origin, .lock = std::move(*lock), .keys = keys, .clock = clock});
}

} // namespace countersign
