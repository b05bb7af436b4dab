// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include <QCommandLineParser>
#include <QFile>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Json starter()
{
    QFile file(text(":/policy/demo.json"));
    return file.open(QIODevice::ReadOnly) ? parseJson(file.readAll()).value_or(Json()) : Json();
}

void set(WindowFixture &fixture, const Json &document, const char *reason)
{
    const auto done = fixture.app->profile().policy().set(
        {.document = document, .reason = text(reason), .person = PersonId(text("p-1"))});
    (void)QTest::qWaitFor([&]() -> bool { return done.isFinished(); });
    (void)QTest::qWaitFor([&]() -> bool {
        return fixture.app->policy().inForce().version == done.result()->version;
    });
}

/// Edits as a lead makes them on a Monday.
void draft(PolicyModel &policy)
{
    Json rule = policy.rule(0);
    rule.set(key("min_confidence"), Json::number("0.85"));
    rule.set(key("spot_check_rate"), Json::number("0.2"));
    policy.setRule(0, rule);
    policy.removeRule(2);
    policy.addRule(Json::object({{key("id"), Json(text("vip-refunds"))},
                                 {key("action"), Json(text("issue_refund"))},
                                 {key("case_type"), Json(text("vip_customer"))},
                                 {key("mode"), Json(text("approve"))},
                                 {key("queue"), Json(text("Team leads"))}}));
}

} // namespace

// Shows the policy page of the real window; --save leaves a picture and ends.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(text("Countersign"));
    QCommandLineParser options;
    options.addOptions({{text("size"), {}, text("WxH"), text("1280x800")},
                        {text("save"), {}, text("file")},
                        {text("empty"), {}},
                        {text("draft"), {}},
                        {text("faulty"), {}},
                        {text("behind"), {}},
                        {text("edit"), {}},
                        {text("sign"), {}},
                        {text("row"), {}, text("n"), text("0")},
                        {text("tab"), {}, text("id"), text("rules")},
                        {text("dark"), {}}});
    options.addHelpOption();
    options.process(app);
    WindowFixture fixture;
    fixture.start();
    fixture.app->setAppearance(options.isSet(text("dark")) ? Appearance::Dark : Appearance::Light);
    const QStringList size = options.value(text("size")).split(QLatin1Char('x'));
    fixture.window().setGeometry(0, 0, size.value(0).toInt(), size.value(1).toInt());
    fixture.window().showPage(text("policy"));
    PolicyModel &policy = fixture.app->policy();
    if (!options.isSet(text("empty"))) {
        set(fixture, starter(),
            "Small refunds were right 412 times out of 415 since May; the rest stays with people.");
    }
    QTest::qWait(500);
    if (options.isSet(text("draft"))) {
        draft(policy);
    }
    if (options.isSet(text("faulty"))) {
        policy.copyRule(1);
        Json rule = policy.rule(0);
        rule.set(key("min_confidence"), Json::number("1.5"));
        policy.setRule(0, rule);
    }
    if (options.isSet(text("behind"))) {
        Json other = starter();
        other.set(key("title"), Json(text("Another")));
        set(fixture, other, "Renamed while you were at it.");
    }
    QTest::qWait(500);
    if (options.isSet(text("empty"))) {
        fixture.window().showPage(text("policy"));
    } else if (QAction *show = fixture.actions().action(text("policy.show_") + options.value(text("tab")))) {
        show->trigger();
    }
    for (int i = options.value(text("row")).toInt(); i > 0; --i) {
        fixture.press(Qt::Key_Down);
    }
    QTest::qWait(300);
    for (const char *action : {"edit", "sign"}) {
        if (options.isSet(text(action))) {
            fixture.actions().action(text("policy.") + text(action))->trigger();
            QTest::qWait(500);
        }
    }
    if (!options.isSet(text("save"))) {
        return QApplication::exec();
    }
    const QPixmap seen = options.isSet(text("sign")) && fixture.sheet() != nullptr
        ? fixture.sheet()->grab()
        : fixture.window().grab();
    return seen.save(options.value(text("save"))) ? 0 : 1;
}
