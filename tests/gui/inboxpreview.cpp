// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/style/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

using namespace countersign;

// Shows the inbox with believable cases, to look at it; --save leaves a picture and ends.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions(
        {{QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("9")},
         {QStringLiteral("size"), {}, QStringLiteral("WxH"), QStringLiteral("1208x760")},
         {QStringLiteral("row"), {}, QStringLiteral("n"), QStringLiteral("0")},
         {QStringLiteral("keys"), {}, QStringLiteral("letters")},
         {QStringLiteral("save"), {}, QStringLiteral("file")},
         {QStringLiteral("scroll"), {}, QStringLiteral("px"), QStringLiteral("0")},
         {QStringLiteral("alike"), {}},
         {QStringLiteral("unknown"), {}},
         {QStringLiteral("dark"), {}},
         {QStringLiteral("unconnected"), {}}});
    options.addHelpOption();
    options.process(app);
    style::applyTheme(
        app, options.isSet(QStringLiteral("dark")) ? style::Scheme::Dark : style::Scheme::Light);
    InboxFixture fixture;
    const int count = options.value(QStringLiteral("cases")).toInt();
    fixture.open(options.isSet(QStringLiteral("alike"))
                     ? alike(count, !options.isSet(QStringLiteral("unknown")))
                     : believable(count, fixture.services.base.clock.nowMs()),
                 !options.isSet(QStringLiteral("unconnected")));
    const QStringList size = options.value(QStringLiteral("size")).split(QLatin1Char('x'));
    fixture.page->resize(size.value(0).toInt(), size.value(1).toInt());
    fixture.page->show();
    fixture.services.base.clock.advance(42 * 60'000);
    auto *list = fixture.page->findChild<QAbstractItemView *>(QStringLiteral("cases"));
    const auto settle = [](int ms) -> void {
        QTest::qWait(ms);
    };
    settle(600);
    list->setFocus();
    for (int i = options.value(QStringLiteral("row")).toInt(); i > 0; --i) {
        QTest::keyClick(list, Qt::Key_J);
    }
    settle(300);
    for (const QChar key : options.value(QStringLiteral("keys"))) {
        fixture.services.base.clock.advance(1000);
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : list,
                        key.toLatin1());
        settle(300);
    }
    if (options.isSet(QStringLiteral("save"))) {
        settle(300);
        return fixture.page->grab().save(options.value(QStringLiteral("save"))) ? 0 : 1;
    }
    return QApplication::exec();
}
