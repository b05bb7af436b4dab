// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"
#include "views/messagebar.h"

namespace countersign {

void addInboxChapter(TourStage &stage)
{
    InboxModel &inbox = stage.application().inbox();
    stage.guide().add({.name = QStringLiteral(".notice"),
                       .ready = {},
                       .act = {},
                       .until = [&stage]() -> bool {
                           MessageBar &messages = stage.application().window().messages();
                           const bool said = messages.isShowing(QStringLiteral("profile"));
                           if (said && TourGuide::tabTo(QStringLiteral("Close"))) {
                               TourGuide::press(Qt::Key_Space);
                           }
                           return !said;
                       },
                       .missing = QStringLiteral("what is said at the start cannot be closed")});
    stage.guide().add({.name = QStringLiteral("inbox"),
                       .ready = {},
                       .act = {},
                       .until = [&inbox, &stage]() -> bool {
                           return inbox.rowCount() + inbox.newCount() >= TourStage::atLeast
                               && stage.shown();
                       },
                       .missing = QStringLiteral("the inbox did not fill from the demo agent")});
    stage.guide().add(
        {.name = QStringLiteral(".take-in"),
         .ready = [&stage]() -> bool { return stage.reachList(); },
         .act = []() -> void { TourGuide::press(Qt::Key_N); },
         .until = [&inbox]() -> bool { return inbox.rowCount() >= TourStage::atLeast; },
         .missing = QStringLiteral("what was new was not taken in")});
    stage.guide().add({.name = QStringLiteral("case"),
                       .ready = stage.at([](const InboxRow &row) -> bool {
                           return row.action == QLatin1String("issue_refund")
                               && row.risk != Risk::High;
                       }),
                       .act = {},
                       .until = {},
                       .missing = QStringLiteral("no refund came onto the screen")});
}

} // namespace countersign
