// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/application.h"
#include "gui/keys.h"
#include "testing/fakeendpoint.h"
#include "testing/privatedesktop.h"

#include <QDialog>
#include <QListView>
#include <QTableView>

namespace countersign {

inline constexpr int patienceMs = 20'000;

[[nodiscard]] Proposal proposalOf(int number);

/// The real application over a profile of its own; "langgraph" endpoints are a fake server.
struct WindowFixture
{
    WindowFixture();

    bool realProtocols = false; ///< set before start(): "langgraph" is the real one

    void start(); ///< again: over the same profile
    void stop() { app.reset(); }
    void connectFake(const QString &name = QStringLiteral("Claims"));
    /// Asks for as many cases and shows them in the inbox, with the keys on the list.
    void takeCases(int count);

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTRY_VERIFY(QApplication::focusWidget() != nullptr || isBare());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void type(const char *text) const
    {
        QTRY_VERIFY(QApplication::focusWidget() != nullptr || isBare());
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(text));
    }
    [[nodiscard]] MainWindow &window() const { return app->window(); }
    [[nodiscard]] ActionRegistry &actions() const { return app->actions(); }
    [[nodiscard]] QDialog *sheet() const; ///< that has the keys; null where there is none
    /// No sheet is open, and the window has the keys. (Without a window manager nobody gives them
    /// back when a sheet closes: done here.)
    [[nodiscard]] bool isBare() const;
    [[nodiscard]] QListView *list() const; ///< of cases
    [[nodiscard]] QTableView *table() const; ///< of events

    QTemporaryDir folder;
    FakeServer server;
    FakeProtocol protocol{server};
    std::unique_ptr<Application> app;
};

/// Runs a test with the window on a display and a bus of its own.
template <class Test> int runOnItsOwnDesktop(int argc, char **argv)
{
    PrivateDesktop desktop;
    if (!desktop.start(true)) {
        qFatal("No display or no bus: %s", qPrintable(desktop.reason()));
    }
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("DISPLAY", desktop.environment().value(QStringLiteral("DISPLAY")).toLatin1());
    qputenv("DBUS_SESSION_BUS_ADDRESS", desktop.address().toLatin1());
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setApplicationDisplayName(QStringLiteral("Countersign"));
    Test test(desktop);
    return QTest::qExec(&test, argc, argv);
}

} // namespace countersign
