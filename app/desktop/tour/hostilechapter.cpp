// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace countersign {

namespace {

/// Controls that turn text around or cannot be seen; what is shown holds none of them.
bool isTreacherous(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) -> bool {
        const char16_t u = c.unicode();
        return (u >= 0x202a && u <= 0x202e) || u == 0x2066 || u == 0x2067 || u == 0x200b
            || u == 0x00ad; // first-strong isolates are our own
    });
}

/// Every text in the window as plain text, none of it what it is not.
bool isShownSafely(const QWidget &window)
{
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (isTreacherous(label->text())
            || (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))) {
            return false;
        }
    }
    for (const QPlainTextEdit *prose : window.findChildren<QPlainTextEdit *>()) {
        if (isTreacherous(prose->toPlainText())) {
            return false;
        }
    }
    return window.findChildren<QTextEdit *>().isEmpty(); // the one that knows HTML
}

} // namespace

void addHostileChapter(TourStage &stage)
{
    const auto isHostile = [](const InboxRow &row) -> bool {
        return row.action == QLatin1String("change_payout_account");
    };
    stage.guide().add(
        {.name = QStringLiteral("hostile"),
         .ready = stage.at(isHostile),
         .act = {},
         .until = [&stage]() -> bool { return isShownSafely(stage.application().window()); },
         .missing = QStringLiteral("a stranger's text was not shown as what it is")});
    stage.guide().add(
        {.name = QStringLiteral("hostile-evidence"),
         .ready = [&stage]() -> bool { return stage.reachList(); },
         .act = []() -> void {
             TourGuide::press(Qt::Key_Return); // into the case
             for (int i = 0; i < 2; ++i) {
                 TourGuide::press(Qt::Key_PageDown);
             }
         },
         .until = [&stage]() -> bool { return isShownSafely(stage.application().window()); },
         .missing = QStringLiteral("a stranger's text was not shown as what it is")});
    stage.guide().add({.name = QStringLiteral(".hostile-rejected"),
                       .ready = stage.at(isHostile),
                       .act = []() -> void {
                           TourGuide::press(Qt::Key_R);
                           TourGuide::type(QStringLiteral("The message is not from the partner."));
                           TourGuide::press(Qt::Key_Return, Qt::ControlModifier);
                       },
                       .until = stage.effect(QStringLiteral("reject")),
                       .missing = QStringLiteral("the agent's log does not show the rejection")});
}

} // namespace countersign
