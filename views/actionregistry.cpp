// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/actionregistry.h"

#include "views/style/icons.h"

#include <QSettings>
#include <QWidget>

#include <algorithm>

namespace countersign {

namespace {

/// A letter, digit or space without a modifier but Shift.
bool isBareLetter(const QKeySequence &keys)
{
    const QKeyCombination first = keys[0];
    return first.key() < Qt::Key_Escape
        && (first.keyboardModifiers() & ~Qt::ShiftModifier) == Qt::NoModifier
        && (QChar(first.key()).isLetterOrNumber() || first.key() == Qt::Key_Space);
}

/// What moves about, confirms and leaves, in every window.
bool isReserved(const QKeySequence &keys)
{
    const QKeyCombination first = keys[0];
    switch (first.key()) {
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return true;
    case Qt::Key_Space:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        return (first.keyboardModifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
            == Qt::NoModifier;
    default:
        return false;
    }
}

QString settingOf(const QString &id)
{
    return QStringLiteral("keys/") + id;
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
    action->setShortcuts(kept(spec));
    action->setAutoRepeat(false);
    action->setShortcutContext(spec.place.isEmpty() ? Qt::WindowShortcut
                                   : spec.within    ? Qt::WidgetWithChildrenShortcut
                                                    : Qt::WidgetShortcut);
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
        for (const QKeySequence &keys : action(a.id)->shortcuts()) {
            if (a.place.isEmpty() && isBareLetter(keys)) {
                found.append(QStringLiteral("%1 takes the bare key %2 everywhere")
                                 .arg(a.id, keys.toString()));
            }
            for (qsizetype j = i + 1; j < m_specs.size(); ++j) {
                if (meet(a, m_specs[j]) && action(m_specs[j].id)->shortcuts().contains(keys)) {
                    found.append(QStringLiteral("%1 and %2 both take %3")
                                     .arg(a.id, m_specs[j].id, keys.toString()));
                }
            }
        }
    }
    return found;
}

const ActionSpec *ActionRegistry::specOf(const QString &id) const
{
    const auto found = std::find_if(m_specs.begin(), m_specs.end(),
                                    [&](const ActionSpec &spec) -> bool { return spec.id == id; });
    return found == m_specs.end() ? nullptr : &*found;
}

QList<QKeySequence> ActionRegistry::kept(const ActionSpec &spec) const
{
    if (m_settings == nullptr || !m_settings->contains(settingOf(spec.id))) {
        return spec.keys;
    }
    QList<QKeySequence> keys;
    for (const QString &text : m_settings->value(settingOf(spec.id)).toStringList()) {
        if (const QKeySequence one = QKeySequence::fromString(text); !one.isEmpty()) {
            keys.append(one);
        }
    }
    return keys;
}

void ActionRegistry::remember(QSettings &settings)
{
    m_settings = &settings;
    for (const ActionSpec &spec : std::as_const(m_specs)) {
        action(spec.id)->setShortcuts(kept(spec));
    }
}

void ActionRegistry::setKeys(const QString &id, const QList<QKeySequence> &keys)
{
    action(id)->setShortcuts(keys);
    if (m_settings == nullptr) {
        return;
    }
    if (!isChanged(id)) {
        m_settings->remove(settingOf(id));
        return;
    }
    QStringList texts;
    for (const QKeySequence &one : keys) {
        texts.append(one.toString());
    }
    m_settings->setValue(settingOf(id), texts);
}

void ActionRegistry::resetKeys(const QString &id)
{
    setKeys(id, specOf(id)->keys);
}

void ActionRegistry::resetAllKeys()
{
    for (const ActionSpec &spec : std::as_const(m_specs)) {
        setKeys(spec.id, spec.keys);
    }
    if (m_settings != nullptr) {
        m_settings->remove(QStringLiteral("keys")); // also of actions that are no more
    }
}

bool ActionRegistry::isChanged(const QString &id) const
{
    return action(id)->shortcuts() != specOf(id)->keys;
}

QStringList ActionRegistry::takenBy(const QString &id, const QKeySequence &keys) const
{
    QStringList ids;
    for (const ActionSpec &other : m_specs) {
        if (other.id != id && meet(*specOf(id), other)
            && action(other.id)->shortcuts().contains(keys)) {
            ids.append(other.id);
        }
    }
    return ids;
}

QString ActionRegistry::refusal(const QString &id, const QKeySequence &keys) const
{
    const QString text = keys.toString(QKeySequence::NativeText);
    if (isReserved(keys)) {
        return tr("%1 moves about, confirms or leaves in every window; it keeps its meaning.")
            .arg(text);
    }
    if (specOf(id)->place.isEmpty() && isBareLetter(keys)) {
        return tr("This action acts in the whole window, where %1 alone would get in the way of "
                  "the page. Add Ctrl or Alt.")
            .arg(text);
    }
    return {};
}

QString ActionRegistry::keyText(const QAction *action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

} // namespace countersign
