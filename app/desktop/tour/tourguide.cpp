// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/tourguide.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QTest>
#include <QWidget>
#include <QWindow>

namespace countersign {

namespace {

constexpr int pollMs = 40;
constexpr int longestRound = 400; ///< widgets in one round of Tab

} // namespace

TourGuide::TourGuide(const QString &directory, QObject *parent)
    : QObject(parent),
      m_directory(directory)
{
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &TourGuide::look);
}

void TourGuide::start()
{
    m_since.start();
    m_poll.start();
}

void TourGuide::look()
{
    if (m_at == m_steps.size()) {
        m_poll.stop();
        Q_EMIT finished();
        return;
    }
    const TourStep &step = m_steps.at(m_at);
    if (m_since.elapsed() > step.deadlineMs) {
        m_poll.stop();
        takePicture(QStringLiteral("failed-") + step.name);
        Q_EMIT failed(QStringLiteral("%1: %2").arg(step.name, step.missing));
        return;
    }
    if (QGuiApplication::focusWindow() == nullptr && m_window != nullptr) {
        m_window->activateWindow(); // no window manager gives the keys back when a dialog goes
        return;
    }
    if (!m_acted) {
        if (step.ready && !step.ready()) {
            return;
        }
        m_acted = true;
        if (step.act) {
            step.act();
        }
        return; // what it caused is seen at the next look
    }
    if (step.until && !step.until()) {
        m_settled = false;
        return;
    }
    if (!std::exchange(m_settled, true)) {
        return; // what came last is laid out at the next look
    }
    if (!step.name.startsWith(u'.')) {
        takePicture(step.name);
    }
    ++m_at;
    m_acted = false;
    m_settled = false;
    m_since.restart();
}

void TourGuide::takePicture(const QString &name)
{
    if (m_window != nullptr) {
        const QString file
            = QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
        QPixmap picture = m_window->grab();
        QPainter painter(&picture);
        for (QWidget *sheet : QApplication::topLevelWidgets()) {
            if (qobject_cast<QDialog *>(sheet) != nullptr && sheet->isVisible()) {
                painter.drawPixmap(sheet->mapToGlobal(QPoint()) - m_window->mapToGlobal(QPoint()),
                                   sheet->grab());
            }
        }
        painter.end();
        picture.save(QDir(m_directory).filePath(file));
    }
}

void TourGuide::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    // Through the window system's door, so that shortcuts act as they do for a person.
    if (QWindow *window = QGuiApplication::focusWindow()) {
        QTest::keyClick(window, key, modifiers);
    }
}

void TourGuide::pressLater(Qt::Key key)
{
    QTimer::singleShot(0, qApp, [key]() -> void { press(key); });
}

bool TourGuide::stepTo(const QString &entry)
{
    const auto *menu = qobject_cast<const QMenu *>(QApplication::activePopupWidget());
    if (menu == nullptr) {
        return false;
    }
    const QAction *current = menu->activeAction();
    if (current != nullptr && current->text().remove(u'&') == entry) {
        return true;
    }
    press(Qt::Key_Down);
    return false;
}

void TourGuide::type(const QString &text)
{
    QWindow *window = QGuiApplication::focusWindow();
    for (const QChar c : text) {
        if (window != nullptr) {
            QTest::keyClick(window, c.toLatin1());
        }
    }
}

bool TourGuide::tabTo(const std::function<bool(const QWidget *)> &wanted)
{
    for (int i = 0; i < longestRound; ++i) {
        const QWidget *now = QApplication::focusWidget();
        if (now != nullptr && wanted(now)) {
            return true;
        }
        press(Qt::Key_Tab);
    }
    return false;
}

bool TourGuide::tabTo(const QString &name)
{
    return tabTo([&name](const QWidget *widget) -> bool {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        return widget->accessibleName() == name || (button != nullptr && button->text() == name);
    });
}

} // namespace countersign
