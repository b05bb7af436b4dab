// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace countersign {

/// A desktop of its own: a message bus, a virtual display and whatever programs are started on
/// them, all in a temporary home. Everything ends with it.
class PrivateDesktop
{
public:
    ~PrivateDesktop()
    {
        while (!m_programs.empty()) {
            stop(*m_programs.back());
            m_programs.pop_back();
        }
    }

    /// False where the bus or the display did not come up; reason() says why.
    [[nodiscard]] bool start(bool withDisplay)
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"}) {
            m_environment.remove(QLatin1String(name));
        }
        m_environment.insert(QStringLiteral("HOME"), m_home.path());
        for (const char *name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}) {
            m_environment.insert(QLatin1String(name), m_home.path());
        }
        if (withDisplay) {
            const QByteArray number = firstLine(
                run(QStringLiteral("Xvfb"),
                    {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                     QStringLiteral("0"), QStringLiteral("1280x800x24"),
                     QStringLiteral("-nolisten"), QStringLiteral("tcp")}));
            m_environment.insert(QStringLiteral("DISPLAY"), u':' + QString::fromLatin1(number));
            if (number.isEmpty()) {
                return false;
            }
        }
        m_address = QString::fromLatin1(
            firstLine(run(QStringLiteral("dbus-daemon"),
                          {QStringLiteral("--session"), QStringLiteral("--nofork"),
                           QStringLiteral("--print-address")})));
        m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_address);
        return !m_address.isEmpty();
    }

    /// Goes on until it is stopped or the desktop ends.
    QProcess &run(const QString &program, const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->start(program, arguments);
        process->waitForStarted();
        m_reason += program + QStringLiteral(": ") + process->errorString() + u'\n';
        m_programs.push_back(std::move(process));
        return *m_programs.back();
    }

    static void stop(QProcess &process)
    {
        process.terminate();
        if (!process.waitForFinished(3000)) {
            process.kill();
            process.waitForFinished(3000);
        }
    }

    /// What a program prints before it ends.
    [[nodiscard]] QByteArray output(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(program, arguments);
        process.waitForFinished(5000);
        return process.readAllStandardOutput().trimmed();
    }

    [[nodiscard]] QDBusConnection bus(const QString &name) const
    {
        return QDBusConnection::connectToBus(m_address, name);
    }
    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] const QProcessEnvironment &environment() const { return m_environment; }
    [[nodiscard]] const QString &reason() const { return m_reason; }

private:
    static QByteArray firstLine(QProcess &process)
    {
        while (!process.canReadLine() && process.waitForReadyRead(5000)) { }
        return process.readLine().trimmed();
    }

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_address;
    QString m_reason;
    std::vector<std::unique_ptr<QProcess>> m_programs;
};

} // namespace countersign
