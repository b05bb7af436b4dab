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

    /// What the palette finds first for it.
    static void choose(const WindowFixture &window, const char *text)
    {
        QTRY_VERIFY(window.isBare());
        window.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(window.sheet());
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        window.type(text);
        const auto first = [&window]() -> QString {
            const auto *lines = window.sheet()->findChild<QListView *>()->model();
            return bare(lines->index(0, 0).data(Qt::AccessibleTextRole).toString());
        };
        QTRY_VERIFY2(first().startsWith(QString::fromUtf8(text)), qPrintable(first()));
        window.press(Qt::Key_Return);
    }

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

    void stopsOneEndpointFromThePalette()
    {
        WindowFixture window;
        window.start();
        window.connectFake();
        window.takeCases(1);
        choose(window, "Stop Claims");
        StopService &stops = window.app->profile().stops();
        QTRY_COMPARE(stops.stops().size(), 1);
        const EndpointId endpoint
            = window.app->profile().endpoints().endpoints().first().endpoint.id;
        QCOMPARE(stops.stops().first().scope.endpoint, endpoint);
        QVERIFY(stops.stops().first().scope.agent.isEmpty());
        MessageBar &bar = window.window().messages();
        QVERIFY(bar.isShowing(QStringLiteral("window.stopped")));
        QTRY_VERIFY(stops.stops().first().recorded);
        window.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier); // and everything
        QTRY_COMPARE(stops.stops().size(), 2);
        choose(window, "Resume Claims");
        QTRY_VERIFY(window.sheet() != nullptr);
        QTRY_VERIFY(window.sheet()->findChild<QLineEdit *>()->hasFocus());
        window.type("It was that one.");
        window.press(Qt::Key_Return);
        QTRY_COMPARE(stops.stops().size(), 1); // that one alone goes on
        QVERIFY(stops.stops().first().scope.isEverything());
        QVERIFY(bar.isShowing(QStringLiteral("window.stopped")));
    }

    void stopsOneAgentFromThePalette()
    {
        WindowFixture window;
        window.start();
        window.connectFake();
        window.takeCases(1);
        const QString agent = proposalOf(0).agent;
        choose(window, "Stop support-agent");
        StopService &stops = window.app->profile().stops();
        QTRY_COMPARE(stops.stops().size(), 1);
        QCOMPARE(stops.stops().first().scope.agent, agent);
        QVERIFY(stops.stops().first().scope.endpoint.isEmpty());
        QVERIFY(window.window().messages().isShowing(QStringLiteral("window.stopped")));
    }
};

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestStopByKeys>(argc, argv);
}

#include "tst_stopbykeys.moc"
