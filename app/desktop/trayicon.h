// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/casewatch.h"
#include "views/window/endpointspanel.h"

#include <QMenu>
#include <QSystemTrayIcon>

class QSettings;
class QWidget;

namespace countersign {

/// The application's symbol with how many cases wait and how bad it is: the number in a disc whose
/// colour and edge say the worst. `size` in device-independent pixels.
[[nodiscard]] QPixmap trayPixmap(const InboxState &inbox, EndpointsSummary::Worst endpoints,
                                 int size, qreal ratio);

/// An extra, never needed: where the desktop has no tray nothing is shown and nothing is lost.
class TrayIcon final : public QObject
{
    Q_OBJECT
public:
    /// `window` outlives the icon; its real state decides what the menu offers.
    /// `settings` too.
    TrayIcon(QWidget &window, QSettings &settings, QObject *parent = nullptr);

    void set(const InboxState &inbox, const EndpointsSummary &endpoints);
    /// Whether the program goes on without its window: only as the person wishes, and only with a
    /// tray to come back from.
    [[nodiscard]] bool keepsRunning() const;

Q_SIGNALS:
    void inboxRequested();
    void windowWanted(bool shown);
    void quitRequested();

private:
    void refreshMenu();

    QWidget &m_window;
    QMenu m_menu;
    QAction *m_show;
    QAction *m_count;
    QAction *m_endpoints;
    QAction *m_keep;
    QSystemTrayIcon m_icon;
};

} // namespace countersign
