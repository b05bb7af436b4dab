// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/pastfixture.h"
#include "views/policy/riskmapview.h"
#include "views/policy/thresholdview.h"
#include "views/policy/tryoutview.h"
#include "views/style/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTest>
#include <QVBoxLayout>

using namespace countersign;

// Shows what the policy page says of the past, to look at it; --save leaves a picture and ends.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions(
        {{QStringLiteral("view"), {}, QStringLiteral("map|try|threshold"), QStringLiteral("map")},
         {QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("3000")},
         {QStringLiteral("size"), {}, QStringLiteral("WxH"), QStringLiteral("1208x700")},
         {QStringLiteral("save"), {}, QStringLiteral("file")},
         {QStringLiteral("target"), {}, QStringLiteral("percent"), QStringLiteral("5")},
         {QStringLiteral("dark"), {}}});
    options.addHelpOption();
    options.process(app);
    style::applyTheme(
        app, options.isSet(QStringLiteral("dark")) ? style::Scheme::Dark : style::Scheme::Light);
    PastFixture past;
    past.open(options.value(QStringLiteral("cases")).toLongLong());
    const Policy draft = policyFrom(R"(
        {"id":"refunds","action":"issue_refund","mode":"autonomous","min_confidence":0.7,
         "limits":{"EUR":100,"USD":80},"worst_reversibility":"costly","spot_check_rate":0.1},
        {"id":"messages","action":"send_message","mode":"review"},
        {"id":"swaps","action":"exchange_item","case_type":"changed_mind","mode":"block"})");
    RiskMapModel map(*past.base.store, past.base.clock);
    ReplayModel replay(*past.base.store, past.base.clock);
    CasesBehindModel behind(*past.base.store);
    ThresholdModel thresholds(*past.base.store);
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins(style::pageEdge, style::groupGap, style::pageEdge, style::groupGap);
    const QString view = options.value(QStringLiteral("view"));
    if (view == u"map") {
        map.setPolicy(draft);
        column->addWidget(new RiskMapView(map));
    } else if (view == u"try") {
        replay.setPolicies(policyFrom(""), draft);
        replay.setPeriod(ReplayModel::Period::All);
        column->addWidget(new TryOutView(replay, behind));
        replay.start();
    } else {
        thresholds.setTarget(options.value(QStringLiteral("target")).toDouble() / 100);
        column->addWidget(new ThresholdView(thresholds));
    }
    const QStringList size = options.value(QStringLiteral("size")).split(QLatin1Char('x'));
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    if (!options.isSet(QStringLiteral("save"))) {
        return QApplication::exec();
    }
    QTest::qWait(2500);
    return window.grab().save(options.value(QStringLiteral("save"))) ? 0 : 1;
}
