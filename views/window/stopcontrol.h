// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/oversightport.h"

#include <QDialog>

class QAction;
class QLineEdit;

namespace countersign {

class ActionRegistry;
class MessageBar;
class Rail;

/// Stop and its end, in the window: an entry at the rail's foot, a key, and a bar for as long as
/// anything is stopped. Stopping asks nothing; going on asks why.
class StopControl final : public QObject
{
    Q_OBJECT
public:
    StopControl(StopPort &stops, ActionRegistry &actions, Rail &rail, MessageBar &messages,
                const PersonId &person, QWidget *window);

private:
    void stopEverything();
    void askToResume();
    void resume(const QString &reason);
    void follow();
    [[nodiscard]] QString sentence(const QList<StopOrder> &orders) const;

    StopPort &m_stops;
    Rail &m_rail;
    MessageBar &m_messages;
    PersonId m_person;
    QWidget *m_window;
    QAction *m_stop;
    QAction *m_resume;
    QString m_said; ///< what the bar shows
};

/// Asks in words why it may go on.
class ResumeSheet final : public QDialog
{
    Q_OBJECT
public:
    ResumeSheet(const QString &stopped, QWidget *parent);

Q_SIGNALS:
    void given(const QString &reason);

private:
    QLineEdit *m_reason;
};

} // namespace countersign
