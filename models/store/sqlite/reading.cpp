// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/reading.h"

#include "store/sqlite/migrator.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

namespace countersign::sqlite {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Store", text);
}

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
    if (!reading && reading.error().code == ErrorCode::Storage
        && !QFileInfo(file.path()).isWritable()
        && !QFileInfo::exists(path + QStringLiteral("-wal"))) {
        // On a medium that cannot be written nobody else writes it either.
        return tryOpen(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded())
                       + QStringLiteral("?immutable=1"));
    }
    return reading;
}

} // namespace countersign::sqlite
