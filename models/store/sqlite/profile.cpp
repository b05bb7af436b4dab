// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/profile.h"

#include "domain/translate.h"
#include "store/sql/sqltransaction.h"
#include "store/sqlite/migrator.h"

#include <QFile>
#include <QUuid>

#include <cstdio>

namespace countersign::sqlite {

namespace {

Json text(const QByteArray &bytes)
{
    return Json(QString::fromLatin1(bytes));
}

struct Founders
{
    PrivateKey log;
    PrivateKey owner;
};

Result<Founders> makeKeys(KeyRing &keys, const QString &origin, const QString &owner)
{
    const auto log = keys.key(origin, QStringLiteral("log"), true);
    if (!log) {
        return tl::unexpected<Error>(log.error());
    }
    const auto person = keys.key(origin, owner, true);
    if (!person) {
        return tl::unexpected<Error>(person.error());
    }
    return Founders{*log, *person};
}

QList<EventDraft> firstEvents(const QString &origin, const Founders &keys, const PersonId &owner,
                              const QString &name)
{
    const auto field = [](const char *key, const Json &value) -> Json::Member {
        return {QString::fromLatin1(key), value};
    };
    const QByteArray log = keys.log.publicKey();
    const QByteArray person = keys.owner.publicKey();
    return {{.kind = QLatin1String(event::profileCreated),
             .actor = Actor::system(),
             .fields = Json::object({field("origin", origin)})},
            {.kind = QLatin1String(event::keyAdded),
             .actor = Actor::system(),
             .fields = Json::object({field("key", noteKeyId(origin, log)),
                                     field("public_key", text(log.toBase64())),
                                     field("use", QStringLiteral("log"))})},
            {.kind = QLatin1String(event::personEnrolled),
             .actor = Actor::person(owner, name),
             .fields = Json::object({field("person", owner.toString()), field("name", name),
                                     field("role", QStringLiteral("lead")),
                                     field("key", noteKeyId(owner.toString(), person)),
                                     field("public_key", text(person.toBase64()))})}};
}

Result<void> fill(Connection &connection, const OpenOptions &options, KeyRing &keys,
                  const Clock &clock)
{
    const QString origin = (options.demo ? QStringLiteral("demo.") : QString())
        + QStringLiteral("countersign.local/") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const PersonId owner(QStringLiteral("p-1"));
    const auto founders = makeKeys(keys, origin, owner.toString());
    if (!founders) {
        return tl::unexpected<Error>(founders.error());
    }
    if (auto begun = connection.script("BEGIN IMMEDIATE"); !begun) {
        return begun;
    }
    SqlTransaction transaction(connection.sql(), connection.index(), origin, keys, clock);
    for (const EventDraft &draft :
         firstEvents(origin, *founders, owner, options.ownerName.trimmed())) {
        if (auto appended = transaction.append(draft); !appended) {
            return tl::unexpected<Error>(appended.error());
        }
    }
    return connection.script("COMMIT");
}

Result<void> build(const QString &path, const OpenOptions &options, KeyRing &keys,
                   const Clock &clock)
{
    auto connection = Connection::open(path, Access::ReadWrite);
    if (!connection) {
        return tl::unexpected<Error>(connection.error());
    }
    auto done = migrate(**connection, path, migrations());
    return done ? fill(**connection, options, keys, clock) : done;
}

} // namespace

Result<void> createProfile(const QString &path, const OpenOptions &options, KeyRing &keys,
                           const Clock &clock)
{
    if (options.ownerName.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("A new profile needs the name of its first person."));
    }
    const QString fresh = path + QStringLiteral(".new");
    for (const QString &rest :
         {fresh, fresh + QStringLiteral("-wal"), fresh + QStringLiteral("-shm")}) {
        QFile::remove(rest);
    }
    // Built aside, closed (which empties its log into the file), then put in place: a profile is
    // whole or is not there.
    auto built = build(fresh, options, keys, clock);
    QFile::setPermissions(fresh, QFile::ReadOwner | QFile::WriteOwner); // -wal and -shm follow
    if (built
        && std::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(path).constData())
            != 0) {
        built = fail(ErrorCode::Storage, tr("The profile's file %1 cannot be created.").arg(path));
    }
    if (!built) {
        QFile::remove(fresh);
    }
    return built;
}

Result<QString> originOf(Connection &connection)
{
    const auto envelope
        = connection.value(QStringLiteral("SELECT envelope FROM event WHERE seq = 0"));
    if (!envelope) {
        return tl::unexpected<Error>(envelope.error());
    }
    const auto json = parseJson(envelope->toByteArray());
    if (!json || (*json)[u"log"].toString().isEmpty()) {
        return fail(ErrorCode::Unreadable,
                    tr("The profile's first event is missing or cannot be read."));
    }
    return (*json)[u"log"].toString();
}

} // namespace countersign::sqlite
