// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

#include <QWidget>

#include <memory>

namespace countersign {

namespace {

QString guidance()
{
    return QStringLiteral("Offer half of it, and say why.");
}

void addApproval(TourStage &stage)
{
    stage.guide().add(
        {.name = QStringLiteral("approved"),
         .ready = stage.at(TourStage::canTake(DecisionKind::Approve)),
         .act = []() -> void { TourGuide::press(Qt::Key_A); },
         .until = stage.effect(QStringLiteral("approve")),
         .missing = QStringLiteral("the agent's log shows no effect of the approval")});
}

void addUndo(TourStage &stage)
{
    stage.guide().add(
        {.name = QStringLiteral("held"),
         .ready = stage.at(TourStage::canTake(DecisionKind::Approve)),
         .act = []() -> void { TourGuide::press(Qt::Key_A); },
         .until = [&stage]() -> bool { return stage.inState(stage.current(), CaseState::Held); },
         .missing = QStringLiteral("the approval was not held")});
    stage.guide().add(
        {.name = QStringLiteral("undone"),
         .ready = [&stage]() -> bool { return stage.reachList(); },
         .act = []() -> void { TourGuide::press(Qt::Key_Z); },
         .until = [&stage]() -> bool { return stage.inState(stage.current(), CaseState::Waiting); },
         .missing = QStringLiteral("the decision could not be taken back")});
}

void addEdit(TourStage &stage)
{
    const auto isSubmit = [](const QWidget *widget) -> bool {
        return widget->objectName() == QLatin1String("inbox.submit");
    };
    stage.guide().add({.name = QStringLiteral(".edit"),
                       .ready = stage.at([](const InboxRow &row) -> bool {
                           return row.action == QLatin1String("issue_refund")
                               && row.risk != Risk::High;
                       }),
                       .act = []() -> void { TourGuide::press(Qt::Key_E); },
                       .until = [&stage]() -> bool {
                           return stage.application()
                               .window()
                               .findChild<QWidget *>(QStringLiteral("inbox.submit"))
                               ->isVisible();
                       },
                       .missing = QStringLiteral("no refund could be edited")});
    const auto typed = std::make_shared<bool>(false);
    stage.guide().add({.name = QStringLiteral("editing"),
                       .ready = {},
                       .act = [typed]() -> void {
                           *typed = TourGuide::tabTo([](const QWidget *widget) -> bool {
                               return widget->accessibleName().contains(QLatin1String("amount"),
                                                                        Qt::CaseInsensitive);
                           });
                           TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                           TourGuide::type(QStringLiteral("480.00"));
                           TourGuide::press(Qt::Key_Tab);
                       },
                       .until = [typed]() -> bool { return *typed; },
                       .missing = QStringLiteral("the form has no amount")});
    stage.guide().add({.name = QStringLiteral("edited"),
                       .ready = {},
                       .act = [isSubmit]() -> void {
                           if (TourGuide::tabTo(isSubmit)) {
                               TourGuide::press(Qt::Key_Space);
                           }
                       },
                       .until = [&stage]() -> bool {
                           const Json line
                               = stage.effectOn(stage.current(), QStringLiteral("edit"));
                           return line[u"arguments"][u"amount"].numberText() == "480.00";
                       },
                       .missing = QStringLiteral("the agent did not act on the changed amount")});
}

void addWords(TourStage &stage, DecisionKind kind, Qt::Key key, const QString &word,
              const QString &text)
{
    stage.guide().add({.name = word + QStringLiteral("ing"),
                       .ready = stage.at(TourStage::canTake(kind)),
                       .act = [key, text]() -> void {
                           TourGuide::press(key);
                           TourGuide::type(text);
                       },
                       .until = {},
                       .missing = QStringLiteral("no case could be answered so")});
    stage.guide().add(
        {.name = word + QStringLiteral("ed"),
         .ready = {},
         .act = []() -> void { TourGuide::press(Qt::Key_Return, Qt::ControlModifier); },
         .until = stage.effect(word),
         .missing = QStringLiteral("the agent's log does not show the answer")});
}

/// The agent's answer to the guidance is a case of its own, behind the strip that says so.
void addRedraft(TourStage &stage)
{
    const auto before = std::make_shared<QSet<CaseId>>();
    InboxModel &inbox = stage.application().inbox();
    stage.guide().add(
        {.name = QStringLiteral(".redraft-taken-in"),
         .ready = [&inbox, &stage]() -> bool { return inbox.newCount() > 0 && stage.reachList(); },
         .act = [&inbox, before]() -> void {
             for (int row = 0; row < inbox.rowCount(); ++row) {
                 before->insert(inbox.rowAt(row).id);
             }
             TourGuide::press(Qt::Key_N);
         },
         .until = [&inbox]() -> bool { return inbox.newCount() == 0; },
         .missing = QStringLiteral("the agent's new proposal did not arrive")});
    stage.guide().add(
        {.name = QStringLiteral("redrafted"),
         .ready
         = stage.at([before](const InboxRow &row) -> bool { return !before->contains(row.id); }),
         .act = {},
         .until
         = [&stage]() -> bool { return stage.shown()->proposal.reasoning.contains(guidance()); },
         .missing = QStringLiteral("the new proposal does not take up the guidance")});
}

} // namespace

void addDecisionsChapter(TourStage &stage)
{
    addApproval(stage);
    addUndo(stage);
    addEdit(stage);
    addWords(stage, DecisionKind::Reject, Qt::Key_R, QStringLiteral("reject"),
             QStringLiteral("The amount does not match the invoice."));
    addWords(stage, DecisionKind::Respond, Qt::Key_S, QStringLiteral("respond"), guidance());
    addRedraft(stage);
}

} // namespace countersign
