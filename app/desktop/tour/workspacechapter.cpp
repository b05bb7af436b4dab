// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

#include <QApplication>

namespace countersign {

namespace {

bool isDraft(const QWidget *widget)
{
    return widget->accessibleName().startsWith(QLatin1String("Draft:"));
}

/// The reviewer's turn: a change in the text, and a comment on a passage.
void addReviewersTurn(TourStage &stage)
{
    stage.guide().add({.name = QStringLiteral("workspace"),
                       .ready = stage.at([](const InboxRow &row) -> bool {
                           return row.action == QLatin1String("send_reply");
                       }),
                       .act = []() -> void { TourGuide::press(Qt::Key_W); },
                       .until = []() -> bool {
                           const QWidget *focus = QApplication::focusWidget();
                           return focus != nullptr && isDraft(focus);
                       },
                       .missing = QStringLiteral("no case has a draft to work on")});
    stage.guide().add({.name = QStringLiteral("workspace-commented"),
                       .ready = {},
                       .act = []() -> void {
                           // "Dear …," becomes "Hello …,"; its first paragraph gets a comment.
                           TourGuide::press(Qt::Key_Home, Qt::ControlModifier);
                           TourGuide::press(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
                           TourGuide::type(QStringLiteral("Hello "));
                           TourGuide::press(Qt::Key_Down);
                           TourGuide::press(Qt::Key_Down);
                           TourGuide::press(Qt::Key_Home);
                           TourGuide::press(Qt::Key_Down, Qt::ShiftModifier);
                           TourGuide::press(Qt::Key_Down, Qt::ShiftModifier);
                           TourGuide::press(Qt::Key_End, Qt::ShiftModifier);
                           TourGuide::press(Qt::Key_M, Qt::ControlModifier);
                           TourGuide::type(QStringLiteral("Too long, shorten it."));
                           TourGuide::press(Qt::Key_Return);
                       },
                       .until = [&stage]() -> bool {
                           return stage.application().window().findChild<QWidget *>(
                                      QStringLiteral("workspace.comment"))
                               != nullptr;
                       },
                       .missing = QStringLiteral("the comment was not taken")});
    stage.guide().add(
        {.name = QStringLiteral(".workspace-sent-back"),
         .ready = {},
         .act = []() -> void {
             TourGuide::press(Qt::Key_Return, Qt::ControlModifier);
             TourGuide::type(QStringLiteral("Offer half of it, and say why."));
             TourGuide::press(Qt::Key_Return, Qt::ControlModifier);
         },
         .until = [&stage]() -> bool {
             return stage.effectOn(stage.current(), QStringLiteral("respond")).isObject();
         },
         .missing = QStringLiteral("the agent's log does not show that it came back")});
}

/// What the agent made of it, against what it had; and its own words reach whom they are for.
void addAgentsTurn(TourStage &stage)
{
    InboxModel &inbox = stage.application().inbox();
    stage.guide().add(
        {.name = QStringLiteral(".workspace-taken-in"),
         .ready = [&inbox, &stage]() -> bool { return inbox.newCount() > 0 && stage.reachList(); },
         .act = []() -> void { TourGuide::press(Qt::Key_N); },
         .until = [&inbox]() -> bool { return inbox.newCount() == 0; },
         .missing = QStringLiteral("the agent's next revision did not arrive")});
    const auto isReply = [](const InboxRow &row) -> bool {
        return row.action == QLatin1String("send_reply");
    };
    stage.guide().add({.name = QStringLiteral("workspace-revised"),
                       .ready = [&stage, at = stage.at(isReply)]() -> bool {
                           const auto &artifact
                               = stage.shown() ? stage.shown()->proposal.artifact : std::nullopt;
                           return at() && artifact && artifact->revision == 2;
                       },
                       .act = []() -> void { TourGuide::press(Qt::Key_W); },
                       .until = [&stage]() -> bool {
                           const auto &revisions = stage.application().detail().revisions();
                           const QString text = revisions.size() == 3
                               ? revisions.last().artifact.content.toString()
                               : QString();
                           return text.startsWith(QLatin1String("Hello "))
                               && text.contains(QLatin1String("The reason: "))
                               && !text.contains(QLatin1String("of course"));
                       },
                       .missing = QStringLiteral("the agent did not follow what it was told")});
    stage.guide().add({.name = QStringLiteral(".workspace-approved"),
                       .ready = [&stage]() -> bool { return stage.reach(stage.current()); },
                       .act = []() -> void { TourGuide::press(Qt::Key_A); },
                       .until = [&stage]() -> bool {
                           const Json line
                               = stage.effectOn(stage.current(), QStringLiteral("approve"));
                           return line[u"artifact"].toString().startsWith(QLatin1String("Hello "));
                       },
                       .missing = QStringLiteral("the agent did not send what was approved")});
}

} // namespace

void addWorkspaceChapter(TourStage &stage)
{
    addReviewersTurn(stage);
    addAgentsTurn(stage);
}

} // namespace countersign
