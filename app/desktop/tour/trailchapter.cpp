// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"
#include "views/trail/verificationstrip.h"

#include <QDir>

namespace countersign {

namespace {

std::function<void()> inTable(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    return [key, modifiers]() -> void {
        if (TourGuide::tabTo(QStringLiteral("Events"))) {
            TourGuide::press(key, modifiers);
        }
    };
}

TourStage::Question isWritten(const TourStage &stage, const QString &name)
{
    return [path = QDir(stage.directory()).filePath(name)]() -> bool {
        return QFile(path).size() > 0;
    };
}

/// Types it into the field for a case; nothing shows the whole trail again.
void showStory(const QString &id)
{
    if (TourGuide::tabTo(QStringLiteral("Events"))) {
        TourGuide::press(Qt::Key_Slash);
        TourGuide::press(Qt::Key_A, Qt::ControlModifier);
        TourGuide::press(Qt::Key_Delete);
        TourGuide::type(id);
        TourGuide::press(Qt::Key_Return);
    }
}

void addStory(TourStage &stage)
{
    TrailModel &trail = stage.application().trail();
    stage.guide().add(
        {.name = QStringLiteral("trail"),
         .ready = {},
         .act = []() -> void { TourGuide::press(Qt::Key_2, Qt::ControlModifier); },
         .until = [&trail]() -> bool { return trail.rowCount() > TourStage::atLeast; },
         .missing = QStringLiteral("the trail stayed empty")});
    stage.guide().add({.name = QStringLiteral("story"),
                       .ready = {},
                       .act = [&stage]() -> void { showStory(stage.story().toString()); },
                       .until = [&stage, &trail]() -> bool {
                           return !trail.isBusy() && trail.filter().caseId == stage.story()
                               && trail.rowCount() > 2;
                       },
                       .missing = QStringLiteral("the case's story is not in the trail")});
    stage.guide().add({.name = QStringLiteral(".story.csv"),
                       .ready = {},
                       .act = inTable(Qt::Key_E),
                       .until = isWritten(stage, QStringLiteral("trail.csv")),
                       .missing = QStringLiteral("the story was not exported")});
    stage.guide().add(
        {.name = QStringLiteral(".everything"),
         .ready = {},
         .act = []() -> void { showStory({}); },
         .until = [&trail]() -> bool { return trail.rowCount() > TourStage::atLeast; },
         .missing = QStringLiteral("the whole trail did not come back")});
    stage.guide().add({.name = QStringLiteral(".trail.jsonl"),
                       .ready = {},
                       .act = inTable(Qt::Key_E, Qt::ShiftModifier),
                       .until = isWritten(stage, QStringLiteral("trail.jsonl")),
                       .missing = QStringLiteral("the trail was not exported")});
}

void addProof(TourStage &stage)
{
    const auto verdict = std::make_shared<std::optional<VerifyReport::Verdict>>();
    stage.guide().add(
        {.name = QStringLiteral(".export-menu"),
         .ready = {},
         .act = []() -> void {
             if (TourGuide::tabTo(QStringLiteral("Export"))) {
                 TourGuide::pressLater(Qt::Key_Space);
             }
         },
         .until = []() -> bool { return TourGuide::stepTo(QStringLiteral("Save checkpoint…")); },
         .missing = QStringLiteral("no checkpoint can be saved")});
    stage.guide().add({.name = QStringLiteral(".checkpoint"),
                       .ready = {},
                       .act = []() -> void { TourGuide::press(Qt::Key_Return); },
                       .until = isWritten(stage, QStringLiteral("checkpoint.note")),
                       .missing = QStringLiteral("the checkpoint was not saved")});
    stage.guide().add(
        {.name = QStringLiteral("verified"),
         .ready = {},
         .act = [&stage, verdict]() -> void {
             auto *strip = stage.application().window().findChild<VerificationStrip *>();
             QObject::connect(
                 strip, &VerificationStrip::verified, strip,
                 [verdict](const VerifyReport &report) -> void { *verdict = report.verdict; });
             inTable(Qt::Key_V, Qt::ShiftModifier)();
         },
         .until = [verdict]() -> bool { return *verdict == VerifyReport::Verdict::Ok; },
         .missing = QStringLiteral("the trail did not verify against its checkpoint")});
}

} // namespace

void addTrailChapter(TourStage &stage)
{
    addStory(stage);
    addProof(stage);
}

} // namespace countersign
