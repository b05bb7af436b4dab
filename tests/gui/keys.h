// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QTest>

namespace countersign {

/// What a screen reader calls a widget.
[[nodiscard]] inline QString spokenName(QWidget *widget)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
    return face != nullptr ? face->text(QAccessible::Name) : QString();
}

/// Words without the marks that keep a foreign text's direction to itself.
[[nodiscard]] inline QString bare(QString words)
{
    return words.remove(QChar(0x2068)).remove(QChar(0x2069));
}

/// Presses Tab until the control of that name has the focus; false where none has it. (A combo box
/// is spoken of by its choice, and named by what it is about.)
[[nodiscard]] inline bool tabTo(const QString &name)
{
    for (int round = 0; round < 200; ++round) {
        QWidget *focused = QApplication::focusWidget();
        if (focused == nullptr) {
            return false;
        }
        if (spokenName(focused) == name || focused->accessibleName() == name) {
            return true;
        }
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    return false;
}

/// The visible button with these words; null where there is none.
[[nodiscard]] inline QAbstractButton *findButton(const QWidget &within, const QString &words)
{
    for (auto *button : within.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == words) {
            return button;
        }
    }
    return nullptr;
}

/// Whether a label in sight contains `words`.
[[nodiscard]] inline bool isSaid(const QWidget &within, const QString &words)
{
    for (const auto *label : within.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(words)) {
            return true;
        }
    }
    return false;
}

} // namespace countersign
