// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QListView>

namespace countersign {

namespace {

/// Something by its name in the palette, as a person finds it who knows no key for it.
void find(TourStage &stage, const QString &step, const QString &words)
{
    const auto line = [words]() -> bool {
        const QWidget *box = QApplication::activeWindow();
        const auto *list = box != nullptr ? box->findChild<QListView *>() : nullptr;
        return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr && list != nullptr
            && list->model() != nullptr
            && list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(words);
    };
    stage.guide().add(
        {.name = QStringLiteral(".palette-") + step,
         .ready = {},
         .act = []() -> void { TourGuide::press(Qt::Key_K, Qt::ControlModifier); },
         .until = []() -> bool {
             return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr
                 && QApplication::activeWindow()->findChild<QListView *>() != nullptr;
         },
         .missing = QStringLiteral("the palette did not open")});
    stage.guide().add({.name = QStringLiteral(".palette-found-") + step,
                       .ready = {},
                       .act = [words]() -> void { TourGuide::type(words); },
                       .until = line,
                       .missing = QStringLiteral("the palette did not find “%1”").arg(words)});
}

void addDraft(TourStage &stage)
{
    PolicyModel &policy = stage.application().policy();
    stage.guide().add(
        {.name = QStringLiteral("policy-first"),
         .ready = {},
         .act = []() -> void { TourGuide::press(Qt::Key_3, Qt::ControlModifier); },
         .until = [&stage, &policy]() -> bool {
             return policy.isLoaded() && stage.application().policyPage().isVisible();
         },
         .missing = QStringLiteral("the policy page did not open")});
    find(stage, QStringLiteral("starter"), QStringLiteral("A shop's first policy"));
    stage.guide().add({.name = QStringLiteral("policy"),
                       .ready = {},
                       .act = []() -> void { TourGuide::press(Qt::Key_Return); },
                       .until = [&policy]() -> bool {
                           return policy.isDrafted() && policy.isReady() && !policy.isLooking();
                       },
                       .missing = QStringLiteral("the starter policy is no draft")});
}

void addPast(TourStage &stage)
{
    const auto panel = [&stage](const QString &name, const QString &title) -> void {
        find(stage, name, QStringLiteral("Policy: ") + title);
        stage.guide().add(
            {.name = name == QLatin1String("try") ? QStringLiteral(".policy-try")
                                                  : QStringLiteral("policy-") + name,
             .ready = {},
             .act = []() -> void { TourGuide::press(Qt::Key_Return); },
             .until = [&stage, name]() -> bool {
                 const auto *shown = stage.application().policyPage().findChild<QWidget *>(
                     QStringLiteral("policy.") + name);
                 return shown != nullptr && shown->isVisible();
             },
             .missing = QStringLiteral("“%1” did not open").arg(title)});
    };
    panel(QStringLiteral("try"), QStringLiteral("Try it"));
    stage.guide().add({.name = QStringLiteral("policy-tried"),
                       .ready = {},
                       .act = []() -> void {
                           if (TourGuide::tabTo(QStringLiteral("Start"))) {
                               TourGuide::press(Qt::Key_Space);
                           }
                       },
                       .until = [&stage]() -> bool {
                           const auto *past = stage.application().policyPanels().replay();
                           return !past->isRunning() && past->rowCount() > 0;
                       },
                       .missing = QStringLiteral("the draft was not tried on the past cases")});
    panel(QStringLiteral("risks"), QStringLiteral("Risk map"));
    panel(QStringLiteral("thresholds"), QStringLiteral("Thresholds"));
}

void addSignature(TourStage &stage)
{
    PolicyModel &policy = stage.application().policy();
    find(stage, QStringLiteral("rules"), QStringLiteral("Policy: Rules"));
    stage.guide().add({.name = QStringLiteral(".policy-rules"),
                       .ready = {},
                       .act = []() -> void { TourGuide::press(Qt::Key_Return); },
                       .until = []() -> bool { return TourGuide::tabTo(QStringLiteral("Rules")); },
                       .missing = QStringLiteral("the rules do not take the keys")});
    stage.guide().add(
        {.name = QStringLiteral("policy-sign"),
         .ready = {},
         .act = []() -> void { TourGuide::press(Qt::Key_Return, Qt::ControlModifier); },
         .until = []() -> bool {
             const auto *sheet = qobject_cast<QDialog *>(QApplication::activeWindow());
             return sheet != nullptr && sheet->findChild<QLineEdit *>() != nullptr;
         },
         .missing = QStringLiteral("nothing asked for a signature")});
    stage.guide().add({.name = QStringLiteral("policy-in-force"),
                       .ready = {},
                       .act = []() -> void {
                           TourGuide::type(QStringLiteral("Small refunds went well all year."));
                           TourGuide::press(Qt::Key_Return);
                       },
                       .until = [&policy]() -> bool {
                           return !policy.isBuiltIn() && !policy.isDrafted();
                       },
                       .missing = QStringLiteral("the signed policy is not in force")});
}

} // namespace

void addPolicyChapter(TourStage &stage)
{
    addDraft(stage);
    addPast(stage);
    addSignature(stage);
}

} // namespace countersign
