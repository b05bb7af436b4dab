// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QStringList>

class QSettings;
class QWidget;

namespace countersign {

/// What an action is before it acts.
struct ActionSpec
{
    QString id; ///< stable, "inbox.approve"
    QString text; ///< translated, as on buttons
    QList<QKeySequence> keys; ///< the first is the one that is shown
    QString place; ///< where its keys act: "" the whole window, else a name given to attach(),
                   ///< "inbox.list"
    QString symbol = {}; ///< file name in resources/icons, empty for none
    QString group = {}; ///< heading on the keys sheet
    bool anywhere = false; ///< the palette may run it while its place is out of sight; the page is
                           ///< shown first. Not for what acts on the case or row that is in sight
    bool within = false; ///< its keys act while anything inside its place has the focus, too
    QString alias = {}; ///< translated; other words by which the palette finds it
};

/// Every action of the windows, once: feeds buttons, menus, the keys sheet and the palette. Keys
/// can be changed by the person; `keys` of a spec are those it came with. Keys never repeat while
/// held down. An action with a place acts by key only while the widget attached there has the
/// focus, so that single letters are safe; its buttons act anywhere.
class ActionRegistry final : public QObject
{
    Q_OBJECT
public:
    explicit ActionRegistry(QObject *parent = nullptr);

    /// The registry owns the action. An id is added once. Not null.
    QAction *add(const ActionSpec &spec);
    /// Null where there is none of that id.
    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] const QList<ActionSpec> &all() const { return m_specs; } ///< in the order added

    /// Makes the keys of `place` act on `widget`, also those added later. "": `widget` is the
    /// window.
    void attach(const QString &place, QWidget *widget);

    /// The widget a place was attached to; null where there is none.
    [[nodiscard]] QWidget *widgetOf(const QString &place) const { return m_places.value(place); }

    /// Keys that the person changed are read from here, also for actions that are added later, and
    /// kept here (group "keys"). `settings` outlives the registry.
    void remember(QSettings &settings);
    /// Effective at once; emits the action's changed(). The same as its own keys: nothing is kept.
    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    void resetKeys(const QString &id);
    void resetAllKeys();
    [[nodiscard]] bool isChanged(const QString &id) const;
    /// The ids of the other actions that would answer to `keys` where this one does.
    [[nodiscard]] QStringList takenBy(const QString &id, const QKeySequence &keys) const;
    /// Why this action cannot have these keys at all, a sentence; empty where it can.
    [[nodiscard]] QString refusal(const QString &id, const QKeySequence &keys) const;

    /// One sentence for each pair of actions whose keys collide (same place, or one of them
    /// window-wide) and for each window-wide key that is a bare letter, digit or space. (A mark
    /// such as "?" may be one: text fields take it first.) Empty when all is well.
    [[nodiscard]] QStringList conflicts() const;

    /// "Ctrl+1", "A", "?"; empty without keys.
    [[nodiscard]] static QString keyText(const QAction *action);

private:
    [[nodiscard]] const ActionSpec *specOf(const QString &id) const;
    [[nodiscard]] QList<QKeySequence> kept(const ActionSpec &spec) const;

    QSettings *m_settings = nullptr;
    QList<ActionSpec> m_specs;
    QHash<QString, QAction *> m_actions;
    QHash<QString, QWidget *> m_places;
};

} // namespace countersign
