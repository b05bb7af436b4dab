// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/reading.h"

#include "domain/translate.h"
#include "store/sqlite/migrator.h"

#include <QFileInfo>
#include <QUrl>

namespace countersign::sqlite {

namespace {

Result<Reading> tryOpen(const QString &name)
{
    auto connection = Connection::open(name, Access::Read);
    if (!connection) {
        return tl::unexpected<Error>(connection.error());
    }
    const auto version = schemaVersion(**connection, migrations());
    if (!version) {
        return tl::unexpected<Error>(version.error());
    }
    if (*version < migrations().last().to) {
        return fail(ErrorCode::Unreadable,
                    tr("This profile is of an older version. Open it once for writing, which "
                       "brings it up to date (and keeps a backup)."));
    }
    return Reading{.name = name, .connection = std::move(*connection)};
}

} // namespace

Result<Reading> openForReading(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists()) {
        return fail(ErrorCode::Unreadable,
                    tr("There is no Countersign profile in %1.").arg(file.path()));
    }
    auto reading = tryOpen(path);
    if (reading || reading.error().code != ErrorCode::Storage
        || QFileInfo(file.path()).isWritable()) {
        return reading;
    }
    if (QFileInfo(path + QStringLiteral("-wal")).size() > 0) {
        return fail(ErrorCode::Storage,
                    tr("The profile in %1 was not closed before it came to a place that cannot be "
                       "written, and its newest events cannot be read there. Copy the folder to a "
                       "place of your own and open it there.")
                        .arg(file.path()),
                    reading.error().detail);
    }
    // On a medium that cannot be written nobody else writes it either.
    return tryOpen(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded())
                   + QStringLiteral("?immutable=1"));
}

} // namespace countersign::sqlite
