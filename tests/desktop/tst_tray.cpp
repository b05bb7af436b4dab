// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/trayicon.h"
#include "testing/privatedesktop.h"

#include <QApplication>
#include <QSettings>

using namespace countersign;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

/// On a display of its own, with a real tray (trayer) that comes and goes.
class TestTray : public QObject
{
    Q_OBJECT
public:
    explicit TestTray(PrivateDesktop &desktop) : m_desktop(desktop) { }

private:
    PrivateDesktop &m_desktop;

private Q_SLOTS:
    void lifeWithAndWithoutATray()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        QWidget window;
        window.show();
        TrayIcon tray(window, settings);
        QVERIFY(!tray.keepsRunning());
        QProcess &trayer = m_desktop.run(QStringLiteral("trayer"),
                                         {QStringLiteral("--edge"), QStringLiteral("top")});
        QTRY_VERIFY_WITH_TIMEOUT(tray.keepsRunning(), patienceMs);
        tray.set({3, InboxState::Worst::HighRisk}, {});
        // The icon is a window inside the tray's.
        QTRY_VERIFY_WITH_TIMEOUT(!m_desktop
                                      .output(QStringLiteral("xdotool"),
                                              {QStringLiteral("search"), QStringLiteral("--class"),
                                               QStringLiteral("tst_tray")})
                                      .isEmpty(),
                                 patienceMs);
        settings.sync();
        PrivateDesktop::stop(trayer);
        QTRY_VERIFY_WITH_TIMEOUT(!tray.keepsRunning(), patienceMs);
    }
};

int main(int argc, char **argv)
{
    PrivateDesktop desktop;
    if (!desktop.start(true)) {
        qFatal("No display or no bus: %s", qPrintable(desktop.reason()));
    }
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("DISPLAY", desktop.environment().value(QStringLiteral("DISPLAY")).toLatin1());
    qputenv("DBUS_SESSION_BUS_ADDRESS", desktop.address().toLatin1());
    int result = 0;
    {
        QApplication app(argc, argv);
        QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/org.countersign.Countersign.svg")));
        QApplication::setQuitOnLastWindowClosed(false);
        TestTray test(desktop);
        result = QTest::qExec(&test, argc, argv);
    }
    return result;
}

#include "tst_tray.moc"
