// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/filterfields.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace countersign {

class ActionRegistry;
class FilterChips;
class SavedFilters;

/// Above the list: the search, the order, and the filter as chips. Registers its actions
/// ("inbox.filter"…), which act by key in `place`.
class FindBar final : public QWidget
{
    Q_OBJECT
public:
    FindBar(InboxModel &model, SavedFilters &saved, ActionRegistry &actions, const QString &place,
            const EndpointName &name, QWidget *parent = nullptr);

    void focusSearch();
    void addLeading(QWidget *widget); ///< before the search
    void clearAll(); ///< all but the queue

Q_SIGNALS:
    void finished(); ///< the search was confirmed: on to the list

private:
    void registerActions(ActionRegistry &actions, const QString &place);
    void buildButtons();
    void search();
    void follow();
    void offer();
    void openOrder();
    void askName();

    InboxModel &m_model;
    SavedFilters &m_saved;
    EndpointName m_name;
    QHBoxLayout *m_top;
    QLineEdit *m_search;
    QPushButton *m_order;
    FilterChips *m_chips;
    QPushButton *m_save;
    QPushButton *m_clear;
    QTimer m_pause;
};

/// Asks for a name in a popup at `anchor`. `take` says what is wrong with it, or nothing.
void askName(QWidget *anchor, const QString &title, const QString &suggested,
             const std::function<QString(const QString &)> &take);

} // namespace countersign
