// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QStringList>

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
};

/// Every action of the windows, once: feeds buttons, menus, the keys sheet and later the palette.
/// Keys never repeat while held down. An action with a place acts by key only while the widget
/// attached there has the focus, so that single letters are safe; its buttons act anywhere.
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

    /// One sentence for each pair of actions whose keys collide (same place, or one of them
    /// window-wide) and for each window-wide key that is a bare character. Empty when all is well.
    [[nodiscard]] QStringList conflicts() const;

    /// "Ctrl+1", "A", "?"; empty without keys.
    [[nodiscard]] static QString keyText(const QAction *action);

private:
    QList<ActionSpec> m_specs;
    QHash<QString, QAction *> m_actions;
    QHash<QString, QWidget *> m_places;
};

} // namespace countersign
