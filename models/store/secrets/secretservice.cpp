// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets/secretservice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDeadlineTimer>

namespace countersign {

namespace {

const QString service = QStringLiteral("org.freedesktop.secrets");

bool isAddress(const QByteArray &address)
{
    return address.contains(':') && !address.startsWith("disabled:");
}

QDBusMessage ask(const QDBusConnection &bus, const QString &path, const QString &interface,
                 const QString &method, const QVariantList &arguments,
                 const QDeadlineTimer &deadline)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, method);
    call.setArguments(arguments);
    return bus.call(call, QDBus::Block, int(qMax<qint64>(deadline.remainingTime(), 1)));
}

SecretServiceState stateOf(const QDBusMessage &error)
{
    // NoReply is the daemon's or our own time-out; anything else means that nobody is there to
    // answer.
    return error.errorName() == QLatin1String("org.freedesktop.DBus.Error.NoReply")
            || error.errorName() == QLatin1String("org.freedesktop.DBus.Error.Timeout")
        ? SecretServiceState::NoAnswer
        : SecretServiceState::NoService;
}

SecretServiceState ask(const QDBusConnection &bus, int timeoutMs)
{
    if (!bus.isConnected()) {
        return SecretServiceState::NoBus;
    }
    const QDeadlineTimer deadline(timeoutMs);
    const QDBusMessage alias
        = ask(bus, QStringLiteral("/org/freedesktop/secrets"),
              QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("ReadAlias"),
              {QStringLiteral("default")}, deadline);
    if (alias.type() != QDBusMessage::ReplyMessage || alias.arguments().isEmpty()) {
        return stateOf(alias);
    }
    const QString collection = alias.arguments().constFirst().value<QDBusObjectPath>().path();
    if (collection == QLatin1String("/")) {
        return SecretServiceState::NoCollection;
    }
    const QDBusMessage locked = ask(
        bus, collection, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")}, deadline);
    if (locked.type() != QDBusMessage::ReplyMessage || locked.arguments().isEmpty()) {
        return stateOf(locked);
    }
    return locked.arguments().constFirst().value<QDBusVariant>().variant().toBool()
        ? SecretServiceState::Locked
        : SecretServiceState::Unlocked;
}

} // namespace

SecretServiceState askSecretService(int timeoutMs)
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (!isAddress(address)) {
        return SecretServiceState::NoBus;
    }
    // A connection of its own, so that no shared one is used from two threads nor outlives its bus.
    const QString name = QStringLiteral("countersign-secrets");
    const SecretServiceState state
        = ask(QDBusConnection::connectToBus(QString::fromLocal8Bit(address), name), timeoutMs);
    QDBusConnection::disconnectFromBus(name);
    return state;
}

} // namespace countersign
