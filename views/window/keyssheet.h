// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QKeySequence>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace countersign {

class ActionRegistry;
class KeyField;

/// Every action with its keys, by group, and the place to change them: Enter on an action, then the
/// new keys. What another action has is said, and can be swapped. Open it with open().
class KeysSheet final : public QDialog
{
    Q_OBJECT
public:
    explicit KeysSheet(ActionRegistry &actions, QWidget *parent = nullptr);

private:
    void build();
    void fill();
    void label(QTreeWidgetItem *item);
    void labelAll();
    [[nodiscard]] QString chosen() const; ///< the action's id; empty on a heading
    [[nodiscard]] QString nameOf(const QString &id) const;
    void follow();
    void change();
    void take(const QKeySequence &keys);
    void assign(const QString &id, const QKeySequence &keys);
    void swap();
    void reset();
    void resetAll();
    void done(const QString &sentence);
    void say(const QString &sentence, bool bad = false);

    ActionRegistry &m_actions;
    QTreeWidget *m_tree;
    KeyField *m_field;
    QLabel *m_said;
    QPushButton *m_change;
    QPushButton *m_swap;
    QPushButton *m_reset;
    QPushButton *m_resetAll;
    QKeySequence m_wanted; ///< taken by another action
};

} // namespace countersign
