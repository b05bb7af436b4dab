// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/trayicon.h"

#include "app/desktop/xtray.h"
#include "views/style/icons.h"

#include <QApplication>
#include <QPainter>
#include <QSettings>
#include <QWidget>

namespace countersign {

namespace {

constexpr int mostShown = 99;
const QString keepKey = QStringLiteral("tray/keep_running");

style::Role roleOf(InboxState::Worst worst)
{
    switch (worst) {
    case InboxState::Worst::Calm:
        return style::Role::Muted;
    case InboxState::Worst::Waiting:
        return style::Role::Info;
    case InboxState::Worst::HighRisk:
        return style::Role::Caution;
    case InboxState::Worst::Trouble:
        return style::Role::Reject;
    }
    Q_UNREACHABLE();
}

QString countText(int waiting)
{
    return waiting > mostShown ? QStringLiteral("99+") : QString::number(waiting);
}

} // namespace

QPixmap trayPixmap(const InboxState &inbox, EndpointsSummary::Worst endpoints, int size,
                   qreal ratio)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QApplication::windowIcon().paint(&painter, 0, 0, size, size);
    const bool failing = endpoints == EndpointsSummary::Worst::Failing;
    if (inbox.waiting == 0 && !failing) {
        return pixmap;
    }
    // Panels are light or dark and do not say which: white on the dark form of the role reads on
    // both.
    const auto worst = failing ? InboxState::Worst::Trouble : inbox.worst;
    const QColor ground = style::color(roleOf(worst), style::Scheme::Light);
    const QString text = inbox.waiting == 0 ? QStringLiteral("!") : countText(inbox.waiting);
    QFont font = QApplication::font();
    font.setBold(true);
    font.setPixelSize(qMax(7, size * (text.size() > 2 ? 9 : 12) / 22));
    const int height = size * 14 / 22;
    const int width = qMax(height, QFontMetrics(font).horizontalAdvance(text) + size / 6);
    const QRectF badge(size - qMin(width, size), size - height, qMin(width, size), height);
    painter.setPen(QPen(Qt::white, 1));
    painter.setBrush(ground);
    if (worst == InboxState::Worst::Trouble) {
        painter.drawRect(badge.adjusted(0.5, 0.5, -0.5, -0.5)); // the shape says it without colour
    } else {
        painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0, height / 2.0);
    }
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, text);
    return pixmap;
}

TrayIcon::TrayIcon(QWidget &window, QSettings &settings, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_show(m_menu.addAction(QString())),
      m_count(m_menu.addAction(QString())),
      m_endpoints(m_menu.addAction(QString())),
      m_keep(m_menu.addAction(tr("Keep running when the window is closed")))
{
    m_endpoints->setEnabled(false);
    m_keep->setCheckable(true);
    m_keep->setChecked(settings.value(keepKey, true).toBool());
    connect(m_keep, &QAction::toggled, this,
            [&settings](bool keep) -> void { settings.setValue(keepKey, keep); });
    m_menu.addSeparator();
    QAction *quit = m_menu.addAction(tr("Quit"));
    connect(quit, &QAction::triggered, this, &TrayIcon::quitRequested);
    connect(m_count, &QAction::triggered, this, &TrayIcon::inboxRequested);
    connect(m_show, &QAction::triggered, this,
            [this]() -> void { Q_EMIT windowWanted(!m_window.isVisible()); });
    connect(&m_menu, &QMenu::aboutToShow, this, &TrayIcon::refreshMenu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) -> void {
                if (reason == QSystemTrayIcon::Trigger) {
                    Q_EMIT windowWanted(true);
                }
            });
    m_icon.setContextMenu(&m_menu);
    set({}, {});
    m_icon.show(); // waits by itself for a tray that comes later
}

void TrayIcon::set(const InboxState &inbox, const EndpointsSummary &endpoints)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48}) {
        for (const qreal ratio : {1.0, 2.0}) {
            icon.addPixmap(trayPixmap(inbox, endpoints.worst, size, ratio));
        }
    }
    m_icon.setIcon(icon);
    const QString count = inbox.waiting == 0 ? tr("Nothing waits for you")
        : inbox.waiting == 1                 ? tr("1 case waits for you")
                                             : tr("%1 cases wait for you").arg(inbox.waiting);
    m_count->setText(count);
    m_endpoints->setText(tr("Endpoints: %1").arg(endpoints.word));
    m_icon.setToolTip(QStringLiteral("Countersign · ") + count);
    refreshMenu();
}

void TrayIcon::refreshMenu()
{
    m_show->setText(m_window.isVisible() ? tr("Hide the window") : tr("Show the window"));
}

bool TrayIcon::keepsRunning() const
{
    // Only an icon that an X tray took in has a place on the screen.
    return m_keep->isChecked() && m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable()
        && (!m_icon.geometry().isValid() || hasXTray());
}

} // namespace countersign
