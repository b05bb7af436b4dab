// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/oversightport.h"
#include "services/ports.h"
#include "views/window/palettesource.h"

#include <QDialog>

class QAction;
class QLineEdit;
class QMenu;

namespace countersign {

class ActionRegistry;
class MessageBar;
class Palette;
class Rail;

/// Stop and its end, in the window: an entry at the rail's foot, a key, and a bar for as long as
/// anything is stopped. Stopping asks nothing; going on asks why.
class StopControl final : public QObject
{
    Q_OBJECT
public:
    StopControl(StopPort &stops, const EndpointPort &endpoints, ActionRegistry &actions, Rail &rail,
                MessageBar &messages, const PersonId &person, QWidget *window);

    /// To stop each endpoint, and to let go on each that is stopped: in the palette, and as a menu
    /// that is made anew each time it opens.
    void offer(QMenu &menu, Palette &palette);
    void stop(const StopScope &scope); ///< at once, without asking

private:
    /// That very stop, or all of them.
    void askToResume(const std::optional<StopScope> &scope);
    void resume(const QList<StopOrder> &orders, const QString &reason);
    void follow();
    void fillMenu();
    [[nodiscard]] QList<PaletteEntry> entries();
    [[nodiscard]] bool isStopped(const StopScope &scope) const;
    [[nodiscard]] QString nameOf(const StopScope &scope) const;
    [[nodiscard]] QString sentence(const QList<StopOrder> &orders) const;

    StopPort &m_stops;
    const EndpointPort &m_endpoints;
    Rail &m_rail;
    MessageBar &m_messages;
    PersonId m_person;
    QWidget *m_window;
    QAction *m_stop;
    QAction *m_resume;
    QMenu *m_menu;
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
