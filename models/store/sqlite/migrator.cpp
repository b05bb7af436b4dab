// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/migrator.h"

#include "domain/translate.h"

#include <QFile>

#include <cstdio>
#include <sqlite3.h>

namespace countersign::sqlite {

namespace {

Result<void> copyPages(sqlite3 *source, const QString &target)
{
    sqlite3 *copy = nullptr;
    int code = sqlite3_open(target.toUtf8().constData(), &copy);
    if (code == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(copy, "main", source, "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        code = sqlite3_errcode(copy);
    }
    const QString detail = QString::fromUtf8(sqlite3_errmsg(copy));
    sqlite3_close(copy);
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(errorWords(code, detail));
    }
    return {};
}

Result<void> checkCopy(const QString &target)
{
    auto copy = Connection::open(target, Access::Read);
    if (!copy) {
        return tl::unexpected<Error>(copy.error());
    }
    const auto verdict = (*copy)->value(QStringLiteral("PRAGMA quick_check"));
    if (!verdict || verdict->toString() != u"ok") {
        return fail(ErrorCode::Storage, tr("The backup %1 did not come out whole.").arg(target));
    }
    return {};
}

} // namespace

Result<void> backUp(Connection &connection, const QString &target)
{
    const QString part = target + QStringLiteral(".part");
    QFile::remove(part);
    auto copied = copyPages(connection.handle(), part);
    if (copied) {
        copied = checkCopy(part);
    }
    if (!copied) {
        QFile::remove(part);
        return copied;
    }
    if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(target).constData())
        != 0) {
        return fail(ErrorCode::Storage, tr("The backup %1 could not be put in place.").arg(target));
    }
    return {};
}

Result<int> schemaVersion(Connection &connection, const QList<Migration> &steps)
{
    const auto application = connection.value(QStringLiteral("PRAGMA application_id"));
    const auto version = connection.value(QStringLiteral("PRAGMA user_version"));
    if (!application || !version) {
        return tl::unexpected<Error>(application ? version.error() : application.error());
    }
    const auto tables = connection.value(QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    if (!tables) {
        return tl::unexpected<Error>(tables.error());
    }
    if (application->toInt() != applicationId && tables->toInt() > 0) {
        return fail(ErrorCode::Unreadable, tr("This file is not a Countersign database."));
    }
    if (version->toInt() > steps.last().to) {
        return fail(ErrorCode::NewerSchema,
                    tr("This profile was written by a newer Countersign (schema %1, this one knows "
                       "%2). Install the newer version.")
                        .arg(version->toInt())
                        .arg(steps.last().to));
    }
    return version->toInt();
}

Result<void> migrate(Connection &connection, const QString &path, const QList<Migration> &steps)
{
    const auto version = schemaVersion(connection, steps);
    if (!version) {
        return tl::unexpected<Error>(version.error());
    }
    for (const Migration &step : steps) {
        if (step.to <= *version) {
            continue;
        }
        if (step.to > 1) {
            auto saved
                = backUp(connection, QStringLiteral("%1.v%2.backup").arg(path).arg(step.to - 1));
            if (!saved) {
                return saved;
            }
        }
        auto done = connection.script("BEGIN IMMEDIATE;" + step.sql + ";PRAGMA user_version = "
                                      + QByteArray::number(step.to) + ";COMMIT;");
        if (!done) {
            // Nothing to roll back where BEGIN itself failed; the step's error is what counts.
            static_cast<void>(connection.script("ROLLBACK"));
            return done;
        }
    }
    return {};
}

} // namespace countersign::sqlite
