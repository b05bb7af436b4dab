// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/tour.h"

#include "app/desktop/tour/chapters.h"
#include "app/desktop/tour/tourprompt.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

#include <cstdio>

namespace countersign {

namespace {

void begin(TourStage &stage)
{
    stage.open();
    addInboxChapter(stage);
    addDecisionsChapter(stage);
    addBatchChapter(stage);
    addPartsChapter(stage);
    addHostileChapter(stage);
    addWorkspaceChapter(stage);
    addFilterChapter(stage);
    addAppearanceChapter(stage);
    addPolicyChapter(stage);
    addTrailChapter(stage);
    stage.guide().start();
}

int walk(Application &application, const QString &directory, const QString &log)
{
    TourStage stage(application, directory, log);
    const auto fail = [](const QString &sentence) -> void {
        std::fputs(qPrintable(QStringLiteral("The tour failed at ") + sentence + u'\n'), stderr);
        QApplication::exit(1);
    };
    QObject::connect(&application, &Application::opened, &stage,
                     [&stage]() -> void { begin(stage); });
    QObject::connect(&application, &Application::failed, &stage, fail);
    QObject::connect(&stage.guide(), &TourGuide::failed, &stage, fail);
    QObject::connect(&stage.guide(), &TourGuide::finished, &stage, [&stage]() -> void {
        std::fputs(
            qPrintable(QStringLiteral("The tour is done; its pictures and the trail are in %1\n")
                           .arg(stage.directory())),
            stdout);
        QApplication::exit(0);
    });
    application.start();
    return QApplication::exec();
}

} // namespace

int runTour(const QString &directory)
{
    QTemporaryDir data;
    QDir().mkpath(directory);
    const QStringList earlier = QDir(directory).entryList(
        {QStringLiteral("[0-9][0-9]-*.png"), QStringLiteral("agent.jsonl"),
         QStringLiteral("checkpoint.note"), QStringLiteral("trail.csv"),
         QStringLiteral("trail.jsonl")},
        QDir::Files);
    for (const QString &name : earlier) {
        QFile::remove(QDir(directory).filePath(name));
    }
    auto profile = Profile::open({.directory = data.path(), .demo = true}, &protocolFor);
    if (!profile) {
        std::fputs(qPrintable(profile.error().text + u'\n'), stderr);
        return 1;
    }
    TourPrompt prompt(directory);
    const QString log = QDir(directory).filePath(QStringLiteral("agent.jsonl"));
    DesktopOptions options;
    options.demo
        = DemoAgent::Options{.cases = TourStage::atLeast + 6,
                             .perMinute = 0,
                             .state = {},
                             .log = log,
                             .more = {QStringLiteral("--also"), QStringLiteral("refunds:12"),
                                      QStringLiteral("--effect-delay"), QStringLiteral("200"),
                                      QStringLiteral("--revision-delay"), QStringLiteral("500")}};
    options.prompt = &prompt;
    Application application(std::move(*profile), options);
    application.setAppearance(Appearance::Light);
    return walk(application, directory, log);
}

} // namespace countersign
