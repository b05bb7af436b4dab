// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/actionregistry.h"

#include "views/style/icons.h"

#include <QWidget>

namespace countersign {

namespace {

/// Types a character in a text field: no modifier but Shift, and not a function key.
bool isBareCharacter(const QKeySequence &keys)
{
    const QKeyCombination first = keys[0];
    return first.key() < Qt::Key_Escape
        && (first.keyboardModifiers() & ~Qt::ShiftModifier) == Qt::NoModifier;
}

bool meet(const ActionSpec &a, const ActionSpec &b)
{
    return a.place == b.place || a.place.isEmpty() || b.place.isEmpty();
}

} // namespace

ActionRegistry::ActionRegistry(QObject *parent) : QObject(parent) { }

QAction *ActionRegistry::add(const ActionSpec &spec)
{
    Q_ASSERT(!m_actions.contains(spec.id));
    auto *action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.keys);
    action->setAutoRepeat(false);
    action->setShortcutContext(spec.place.isEmpty() ? Qt::WindowShortcut : Qt::WidgetShortcut);
    if (!spec.symbol.isEmpty()) {
        action->setIcon(style::symbol(spec.symbol));
    }
    m_specs.append(spec);
    m_actions.insert(spec.id, action);
    if (QWidget *widget = m_places.value(spec.place)) {
        widget->addAction(action);
    }
    return action;
}

QAction *ActionRegistry::action(const QString &id) const
{
    return m_actions.value(id);
}

void ActionRegistry::attach(const QString &place, QWidget *widget)
{
    m_places.insert(place, widget);
    connect(widget, &QObject::destroyed, this, [this, place]() -> void { m_places.remove(place); });
    for (const ActionSpec &spec : std::as_const(m_specs)) {
        if (spec.place == place) {
            widget->addAction(m_actions.value(spec.id));
        }
    }
}

QStringList ActionRegistry::conflicts() const
{
    QStringList found;
    for (qsizetype i = 0; i < m_specs.size(); ++i) {
        const ActionSpec &a = m_specs[i];
        for (const QKeySequence &keys : a.keys) {
            if (a.place.isEmpty() && isBareCharacter(keys)) {
                found.append(QStringLiteral("%1 takes the bare key %2 everywhere")
                                 .arg(a.id, keys.toString()));
            }
            for (qsizetype j = i + 1; j < m_specs.size(); ++j) {
                if (meet(a, m_specs[j]) && m_specs[j].keys.contains(keys)) {
                    found.append(QStringLiteral("%1 and %2 both take %3")
                                     .arg(a.id, m_specs[j].id, keys.toString()));
                }
            }
        }
    }
    return found;
}

QString ActionRegistry::keyText(const QAction *action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

} // namespace countersign
