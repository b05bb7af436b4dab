// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QWidget>

class QListWidget;

namespace countersign {

class ActionRegistry;
class MessageBar;
class PlainLabel;
class SavedFilters;

/// The saved filters with how many cases each finds. Registers what can be done with the one that
/// is chosen ("inbox.renamesaved"…); its keys act in the list.
class SavedPane final : public QWidget
{
    Q_OBJECT
public:
    SavedPane(InboxModel &model, SavedFilters &saved, ActionRegistry &actions, MessageBar &messages,
              QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const countersign::InboxFilter &filter);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void registerActions();
    void rebuild();
    void recount();
    void follow(); ///< marks the one that is shown
    void openMenu(const QPoint &at);
    void rename();
    void setToShown();
    void remove();
    void shift(int by);

    InboxModel &m_model;
    SavedFilters &m_saved;
    ActionRegistry &m_actions;
    MessageBar &m_messages;
    QListWidget *m_list;
    PlainLabel *m_none;
};

} // namespace countersign
