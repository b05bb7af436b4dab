// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace countersign;

// A bus of our own with a real gnome-keyring on it. Needs dbus-daemon, gnome-keyring and
// libsecret-1-0.

namespace {

const QString value = QStringLiteral("00ff41c3a9"); ///< hex; not text on purpose
constexpr qint64 boundMs = 6000;

QByteArray busConfig(const QString &folder)
{
    return "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
           " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
           "<busconfig><type>session</type><listen>unix:dir="
        + folder.toUtf8()
        + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" "
          "eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow "
          "own=\"*\"/></policy></busconfig>\n";
}

} // namespace

class TestKeychain : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_daemon;

    static void end(std::unique_ptr<QProcess> &process)
    {
        if (process) {
            process->terminate();
            if (!process->waitForFinished(5000)) {
                process->kill();
                process->waitForFinished(5000);
            }
            process.reset();
        }
    }

    [[nodiscard]] bool startBus()
    {
        QFile config(m_folder->filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly) || config.write(busConfig(m_folder->path())) < 0) {
            return false;
        }
        config.close();
        m_bus = std::make_unique<QProcess>();
        m_bus->setProcessEnvironment(m_environment);
        m_bus->start(QStringLiteral("dbus-daemon"),
                     {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                      QStringLiteral("--config-file=") + config.fileName()});
        if (!m_bus->waitForReadyRead(10000)) {
            return false;
        }
        m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                             QString::fromUtf8(m_bus->readLine().trimmed()));
        return true;
    }

    /// With a password the login keyring is made or unlocked, without it nothing is.
    [[nodiscard]] bool startKeyring(const QByteArray &password)
    {
        m_daemon = std::make_unique<QProcess>();
        m_daemon->setProcessEnvironment(m_environment);
        QStringList arguments{QStringLiteral("--foreground"),
                              QStringLiteral("--components=secrets")};
        if (!password.isEmpty()) {
            arguments.append(QStringLiteral("--unlock"));
        }
        m_daemon->start(QStringLiteral("gnome-keyring-daemon"), arguments);
        if (!m_daemon->waitForStarted(10000)) {
            return false;
        }
        m_daemon->write(password);
        m_daemon->closeWriteChannel();
        return QTest::qWaitFor([this]() -> bool { return hasKeyring(); }, 15000);
    }

    [[nodiscard]] QDBusMessage call(const QString &service, const QString &path,
                                    const QString &interface, const QString &method,
                                    const QVariantList &arguments) const
    {
        const QDBusConnection bus = QDBusConnection::connectToBus(
            m_environment.value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")), m_folder->path());
        QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
        message.setArguments(arguments);
        return bus.call(message);
    }

    [[nodiscard]] bool hasKeyring() const
    {
        const QDBusMessage reply
            = call(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                   QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"),
                   {QStringLiteral("org.freedesktop.secrets")});
        return reply.arguments().value(0).toBool();
    }

    [[nodiscard]] QDBusMessage service(const QString &method, const QVariantList &arguments) const
    {
        return call(QStringLiteral("org.freedesktop.secrets"),
                    QStringLiteral("/org/freedesktop/secrets"),
                    QStringLiteral("org.freedesktop.Secret.Service"), method, arguments);
    }

    [[nodiscard]] bool lock() const
    {
        const QDBusMessage alias
            = service(QStringLiteral("ReadAlias"), {QStringLiteral("default")});
        const QList<QDBusObjectPath> collections{
            alias.arguments().value(0).value<QDBusObjectPath>()};
        const QDBusMessage reply
            = service(QStringLiteral("Lock"), {QVariant::fromValue(collections)});
        return collections.first().path() != QLatin1String("/")
            && reply.type() == QDBusMessage::ReplyMessage;
    }

    Json probe(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(KEYCHAIN_PROBE), arguments);
        if (!process.waitForFinished(30000) || process.exitCode() != 0) {
            return {};
        }
        const QByteArray printed = process.readAllStandardOutput();
        const auto json = parseJson(printed);
        return json ? *json : Json(QString::fromUtf8(printed));
    }
    Json probe(const char *words)
    {
        return probe(QString::fromLatin1(words).split(QLatin1Char(' ')));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_environment = QProcessEnvironment::systemEnvironment();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("run")));
        QVERIFY(QFile::setPermissions(m_folder->filePath(QStringLiteral("run")),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        for (const char *name :
             {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"}) {
            m_environment.insert(QString::fromLatin1(name), m_folder->path());
        }
        m_environment.insert(QStringLiteral("XDG_RUNTIME_DIR"),
                             m_folder->filePath(QStringLiteral("run")));
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL",
                                 "COUNTERSIGN_PASSPHRASE_FILE"}) {
            m_environment.remove(QString::fromLatin1(name));
        }
    }

    void cleanup()
    {
        if (m_daemon) {
            ::kill(pid_t(m_daemon->processId()), SIGCONT);
        }
        end(m_daemon);
        QDBusConnection::disconnectFromBus(m_folder->path());
        end(m_bus);
    }

    void unlocked()
    {
        QVERIFY(startBus());
        QVERIFY(startKeyring("open sesame"));
        const Json chosen = probe("choose /a/profile");
        QCOMPARE(chosen[u"keys"].toString(), QStringLiteral("keychain"));
        QCOMPARE(chosen[u"secrets"].toString(), QStringLiteral("keychain"));
        QVERIFY(chosen[u"notices"].items().isEmpty());

        QVERIFY(!probe("read o/log").contains(u"value"));
        QVERIFY(!probe("read o/log").contains(u"error"));
        const Json written = probe({QStringLiteral("write"), QStringLiteral("o/log"), value});
        QVERIFY2(!written.contains(u"error"), toJson(written).constData());
        QCOMPARE(probe("read o/log")[u"value"].toString(), value);
        QVERIFY(!probe("read o/p-1").contains(u"value"));
        probe("write o/log 01");
        QCOMPARE(probe("read o/log")[u"value"].toString(), QStringLiteral("01"));
        QVERIFY(!probe("remove o/log").contains(u"error"));
        QVERIFY(!probe("remove o/log").contains(u"error"));
        QVERIFY(!probe("read o/log").contains(u"value"));
    }

    void locked()
    {
        QVERIFY(startBus());
        QVERIFY(startKeyring("open sesame"));
        probe({QStringLiteral("write"), QStringLiteral("o/log"), value});
        QVERIFY(lock());
        for (const char *words :
             {"read o/log", "read o/never-written", "write o/log 01", "remove o/log"}) {
            const Json refused = probe(words);
            QCOMPARE(refused[u"error"].toString(), QStringLiteral("locked"));
            QVERIFY(refused[u"text"].toString().contains(QStringLiteral("locked")));
            QVERIFY(refused[u"ms"].toInteger() < boundMs);
        }
        const Json chosen = probe("choose /a/profile");
        QCOMPARE(chosen[u"keys"].toString(), QStringLiteral("keychain"));
        QCOMPARE(chosen[u"secrets"].toString(), QStringLiteral("keychain"));
        QCOMPARE(chosen[u"notices"].items().size(), 1);
        QVERIFY(chosen[u"notices"].items().first().toString().contains(QStringLiteral("locked")));

        end(m_daemon);
        QVERIFY(startKeyring("open sesame"));
        QCOMPARE(probe("read o/log")[u"value"].toString(), value);
    }

    void hanging()
    {
        QVERIFY(startBus());
        QVERIFY(startKeyring("open sesame"));
        probe({QStringLiteral("write"), QStringLiteral("o/log"), value});
        QVERIFY(::kill(pid_t(m_daemon->processId()), SIGSTOP) == 0);
        const Json refused = probe("read o/log");
        QCOMPARE(refused[u"error"].toString(), QStringLiteral("locked"));
        QVERIFY(refused[u"ms"].toInteger() < boundMs);
        const Json chosen = probe("choose /a/profile");
        QCOMPARE(chosen[u"keys"].toString(), QStringLiteral("keychain"));
        QVERIFY(chosen[u"ms"].toInteger() < boundMs);
        QVERIFY(::kill(pid_t(m_daemon->processId()), SIGCONT) == 0);
        QCOMPARE(probe("read o/log")[u"value"].toString(), value);
    }

    void absent_data()
    {
        QTest::addColumn<QString>("bus");
        QTest::addColumn<QString>("why");
        QTest::newRow("bus without a secret service")
            << QStringLiteral("private") << QStringLiteral("no secret service");
        QTest::newRow("bus disabled")
            << QStringLiteral("disabled:") << QStringLiteral("no session bus");
        QTest::newRow("no address") << QString() << QStringLiteral("no session bus");
        QTest::newRow("nobody listens")
            << QStringLiteral("unix:path=/nonexistent/bus") << QStringLiteral("no session bus");
    }

    void absent()
    {
        QFETCH(QString, bus);
        QFETCH(QString, why);
        if (bus == QLatin1String("private")) {
            QVERIFY(startBus());
        } else {
            m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), bus);
        }
        const Json chosen = probe("choose /a/profile");
        QCOMPARE(chosen[u"keys"].toString(), QStringLiteral("state_file"));
        QCOMPARE(chosen[u"secrets"].toString(), QStringLiteral("session"));
        const QStringList notices = chosen[u"notices"].toStrings();
        QCOMPARE(notices.size(), 2);
        QVERIFY2(notices.first().contains(why), qPrintable(notices.first()));
        QVERIFY(chosen[u"ms"].toInteger() < boundMs);
        QCOMPARE(probe("read o/log")[u"error"].toString(), QStringLiteral("storage"));
    }

    void aServiceWithoutAKeyringIsAbsent()
    {
        QVERIFY(startBus());
        QVERIFY(startKeyring({}));
        const Json chosen = probe("choose /a/profile");
        QCOMPARE(chosen[u"keys"].toString(), QStringLiteral("state_file"));
        QVERIFY(
            chosen[u"notices"].toStrings().value(0).contains(QStringLiteral("no default keyring")));
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
