// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/keyfield.h"

#include <QKeyEvent>

namespace countersign {

namespace {

bool isModifier(int key)
{
    switch (key) {
    case 0:
    case Qt::Key_unknown:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
        return true;
    default:
        return false;
    }
}

} // namespace

KeyField::KeyField(QWidget *parent) : QLineEdit(parent)
{
    setReadOnly(true);
    setPlaceholderText(tr("Press the new keys"));
    setAccessibleName(placeholderText());
}

bool KeyField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // whatever it is a shortcut of, here it is only keys
        return true;
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        Q_EMIT givenUp();
        return;
    }
    if (isModifier(event->key()) || event->isAutoRepeat()) {
        return;
    }
    Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const QString text = event->text();
    // "?" is "?" whatever other key and Shift it takes on this keyboard.
    if (!text.isEmpty() && text.at(0).isPrint() && !text.at(0).isLetter()) {
        modifiers &= ~Qt::ShiftModifier;
    }
    Q_EMIT struck(QKeySequence(QKeyCombination(modifiers, Qt::Key(event->key()))));
}

} // namespace countersign
