// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

namespace countersign {

void addAppearanceChapter(TourStage &stage)
{
    const auto choose = [&stage](const QString &name, const QString &look, bool dark) -> void {
        stage.guide().add(
            {.name = u'.' + name + QStringLiteral("-menu"),
             .ready = {},
             .act = []() -> void {
                 if (TourGuide::tabTo(QStringLiteral("More"))) {
                     TourGuide::pressLater(Qt::Key_Space);
                 }
             },
             .until = []() -> bool { return TourGuide::stepTo(QStringLiteral("Appearance")); },
             .missing = QStringLiteral("the menu has no appearance")});
        stage.guide().add({.name = u'.' + name + QStringLiteral("-entry"),
                           .ready = {},
                           .act = []() -> void { TourGuide::press(Qt::Key_Right); },
                           .until = [look]() -> bool { return TourGuide::stepTo(look); },
                           .missing = QStringLiteral("the menu has no such appearance")});
        stage.guide().add({.name = name,
                           .ready = {},
                           .act = []() -> void { TourGuide::press(Qt::Key_Return); },
                           .until = [&stage, dark]() -> bool {
                               const QPalette palette = stage.application().window().palette();
                               return (palette.window().color().lightness() < 128) == dark;
                           },
                           .missing = QStringLiteral("the window did not change its colours")});
    };
    choose(QStringLiteral("dark"), QStringLiteral("Dark colours"), true);
    choose(QStringLiteral(".light"), QStringLiteral("Light colours"), false);
}

} // namespace countersign
