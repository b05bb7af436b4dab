// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

#include <QAbstractButton>

#include <QAbstractItemView>

namespace countersign {

namespace {

void addRaw(TourStage &stage)
{
    stage.guide().add({.name = QStringLiteral("raw"),
                       .ready = stage.at([](const InboxRow &) -> bool { return true; }),
                       .act = []() -> void {
                           if (TourGuide::tabTo([](const QWidget *widget) -> bool {
                                   const auto *button
                                       = qobject_cast<const QAbstractButton *>(widget);
                                   return button != nullptr
                                       && button->text().contains(QLatin1String("Raw payload"));
                               })) {
                               TourGuide::press(Qt::Key_Space);
                           }
                       },
                       .until = {},
                       .missing = QStringLiteral("no case was left to look at")});
}

/// Every shown row is within the range, and some row was not before.
bool isWithin(const InboxModel &inbox, const Decimal &low, const Decimal &high)
{
    for (int row = 0; row < inbox.rowCount(); ++row) {
        const auto &confidence = inbox.rowAt(row).confidence;
        if (!confidence || *confidence < low || high < *confidence) {
            return false;
        }
    }
    return inbox.rowCount() > 0 && inbox.rowCount() < inbox.counts().queues.value(InboxQueue::Open);
}

void addConfidence(TourStage &stage)
{
    const InboxModel &inbox = stage.application().inbox();
    stage.guide().add(
        {.name = QStringLiteral("filtered-confidence"),
         .ready = [&stage]() -> bool { return stage.reachList(); },
         .act = []() -> void {
             for (const auto &[name, value] :
                  {std::pair{"Lowest confidence", "0.50"}, {"Highest confidence", "0.80"}}) {
                 if (TourGuide::tabTo(QLatin1String(name))) {
                     TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                     TourGuide::type(QLatin1String(value));
                     TourGuide::press(Qt::Key_Tab);
                 }
             }
             if (TourGuide::tabTo(QStringLiteral("Unknown"))) {
                 TourGuide::press(Qt::Key_Space);
             }
         },
         .until = [&inbox]() -> bool {
             return isWithin(inbox, *Decimal::parse(QByteArray("0.50")),
                             *Decimal::parse(QByteArray("0.80")));
         },
         .missing = QStringLiteral("the range of confidence did not narrow the list")});
}

void addCaseType(TourStage &stage)
{
    InboxModel &inbox = stage.application().inbox();
    stage.guide().add({.name = QStringLiteral("filtered-type"),
                       .ready = [&stage]() -> bool { return stage.reachList(); },
                       .act = []() -> void {
                           if (TourGuide::tabTo(QStringLiteral("Case types"))) {
                               TourGuide::press(Qt::Key_Home);
                               TourGuide::press(Qt::Key_Down);
                           }
                       },
                       .until = [&inbox]() -> bool {
                           const QString type = inbox.filter().caseTypes.value(0);
                           if (type.isEmpty() || inbox.rowCount() == 0) {
                               TourGuide::press(Qt::Key_Down); // none of that type in the range
                               return false;
                           }
                           for (int row = 0; row < inbox.rowCount(); ++row) {
                               if (inbox.rowAt(row).caseType != type) {
                                   return false;
                               }
                           }
                           return true;
                       },
                       .missing = QStringLiteral("the case type did not narrow the list")});
    stage.guide().add({.name = QStringLiteral(".all-types"),
                       .ready = {},
                       .act = []() -> void {
                           if (TourGuide::tabTo(QStringLiteral("Case types"))) {
                               TourGuide::press(Qt::Key_Home);
                           }
                           for (const char *bound : {"Lowest confidence", "Highest confidence"}) {
                               if (TourGuide::tabTo(QLatin1String(bound))) {
                                   TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                                   TourGuide::type(QLatin1String(bound[0] == 'L' ? "0" : "1"));
                                   TourGuide::press(Qt::Key_Tab);
                               }
                           }
                       },
                       .until = [&inbox]() -> bool {
                           return inbox.filter().caseTypes.isEmpty()
                               && !inbox.filter().minConfidence && !inbox.filter().maxConfidence;
                       },
                       .missing = QStringLiteral("the filter could not be taken back")});
}

void search(const QString &words)
{
    TourGuide::press(Qt::Key_Slash);
    TourGuide::press(Qt::Key_A, Qt::ControlModifier);
    if (words.isEmpty()) {
        TourGuide::press(Qt::Key_Delete);
    }
    TourGuide::type(words);
    TourGuide::press(Qt::Key_Return);
}

void addText(TourStage &stage)
{
    InboxModel &inbox = stage.application().inbox();
    const auto inList = [&stage]() -> bool {
        return stage.reachList();
    };
    stage.guide().add({.name = QStringLiteral("filtered"),
                       .ready = inList,
                       .act = []() -> void { search(QStringLiteral("deploy")); },
                       .until = [&inbox]() -> bool {
                           return inbox.filter().text == QLatin1String("deploy")
                               && inbox.rowCount() > 0;
                       },
                       .missing = QStringLiteral("the search found nothing")});
    stage.guide().add({.name = QStringLiteral("empty"),
                       .ready = inList,
                       .act = []() -> void { search(QStringLiteral("nothing is called this")); },
                       .until = [&inbox]() -> bool { return inbox.rowCount() == 0; },
                       .missing = QStringLiteral("the search found what is not there")});
    stage.guide().add({.name = QStringLiteral(".all-again"),
                       .ready = []() -> bool { return TourGuide::tabTo(QStringLiteral("Search")); },
                       .act = []() -> void {
                           TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                           TourGuide::press(Qt::Key_Delete);
                           TourGuide::press(Qt::Key_Return);
                       },
                       .until = [&inbox]() -> bool { return inbox.rowCount() > 0; },
                       .missing = QStringLiteral("the list did not come back")});
}

} // namespace

void addFilterChapter(TourStage &stage)
{
    addRaw(stage);
    addConfidence(stage);
    addCaseType(stage);
    addText(stage);
}

} // namespace countersign
