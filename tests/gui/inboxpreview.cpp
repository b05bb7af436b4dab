// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/style/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QScreen>
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
         {QStringLiteral("filter"), {}, QStringLiteral("json")},
         {QStringLiteral("saved"), {}, QStringLiteral("json")},
         {QStringLiteral("screen"), {}}, // with popups, and what else is on it
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
    if (options.isSet(QStringLiteral("saved"))) {
        fixture.page.reset();
        fixture.state->setValue(QStringLiteral("inbox/saved"),
                                options.value(QStringLiteral("saved")));
        fixture.makePage(*new ActionRegistry(&app));
    }
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
    if (options.isSet(QStringLiteral("filter"))) {
        const auto json = parseJson(options.value(QStringLiteral("filter")).toUtf8());
        fixture.model->setFilter(inboxFilterFromJson(json.value()).value());
        settle(300);
        list->setFocus();
    }
    for (const QChar key : options.value(QStringLiteral("keys"))) {
        fixture.services.base.clock.advance(1000);
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : list,
                        key.toLatin1());
        settle(300);
    }
    if (options.isSet(QStringLiteral("save"))) {
        settle(300);
        const QPixmap seen = options.isSet(QStringLiteral("screen"))
            ? fixture.page->screen()->grabWindow(0)
            : fixture.page->grab();
        return seen.save(options.value(QStringLiteral("save"))) ? 0 : 1;
    }
    return QApplication::exec();
}
