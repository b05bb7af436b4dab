// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include "views/messagebar.h"

#include <QLineEdit>

using namespace countersign;

/// Stop and its end through the real window, by keys.
class TestStopByKeys final : public QObject
{
    Q_OBJECT
public:
    explicit TestStopByKeys(PrivateDesktop &) { }

private Q_SLOTS:
    void stopsAtOnceAndGoesOnWithAReason()
    {
        WindowFixture window;
        window.start();
        window.connectFake();
        window.takeCases(2);
        QAction *resume = window.actions().action(QStringLiteral("window.resume"));
        QVERIFY(!resume->isEnabled());
        MessageBar &bar = window.window().messages();
        window.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bar.isShowing(QStringLiteral("window.stopped"))); // before anything is recorded
        QVERIFY(resume->isEnabled());
        window.stop();
        window.start(); // it still holds
        QTRY_VERIFY(window.window().messages().isShowing(QStringLiteral("window.stopped")));
        window.press(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(window.sheet() != nullptr);
        auto *reason = window.sheet()->findChild<QLineEdit *>();
        QTRY_VERIFY(reason->hasFocus());
        window.press(Qt::Key_Return); // without a reason nothing happens
        QVERIFY(window.sheet() != nullptr);
        window.type("It was the printer.");
        window.press(Qt::Key_Return);
        QTRY_VERIFY(!window.window().messages().isShowing(QStringLiteral("window.stopped")));
        QVERIFY(!window.actions().action(QStringLiteral("window.resume"))->isEnabled());
    }
};

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestStopByKeys>(argc, argv);
}

#include "tst_stopbykeys.moc"
