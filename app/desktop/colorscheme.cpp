// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/colorscheme.h"

#include <QApplication>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QWindow>

namespace countersign {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString schemeKey = QStringLiteral("color-scheme");

/// Read() of the first version answers with a variant within a variant.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value;
}

} // namespace

ColorScheme::ColorScheme(const QDBusConnection &bus, Appearance appearance, QObject *parent)
    : QObject(parent),
      m_appearance(appearance)
{
    readPalette();
    qApp->installEventFilter(this);
    QDBusConnection connection = bus;
    connection.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                       SLOT(onSettingChanged(QDBusMessage)));
    QDBusMessage read
        = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    read << group << schemeKey;
    auto *watcher = new QDBusPendingCallWatcher(connection.asyncCall(read), this);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, this,
                     [this](QDBusPendingCallWatcher *done) -> void {
                         const QDBusPendingReply<QDBusVariant> reply = *done;
                         if (reply.isValid()) {
                             takePortal(reply.value().variant());
                         }
                         done->deleteLater();
                     });
}

void ColorScheme::onSettingChanged(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    if (arguments.value(0) == group && arguments.value(1) == schemeKey) {
        takePortal(arguments.value(2));
    }
}

void ColorScheme::takePortal(const QVariant &value)
{
    const uint preference = unwrapped(value).toUInt();
    const style::Scheme before = scheme();
    m_portal.reset();
    if (preference == 1) {
        m_portal = style::Scheme::Dark;
    } else if (preference == 2) {
        m_portal = style::Scheme::Light;
    }
    if (scheme() != before) {
        Q_EMIT changed();
    }
}

void ColorScheme::readPalette()
{
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette()); // the desktop's own
    m_palette = style::schemeOf(QApplication::palette());
    QApplication::setPalette(ours);
}

bool ColorScheme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && qobject_cast<QWindow *>(watched) != nullptr) {
        const style::Scheme before = scheme();
        readPalette();
        if (scheme() != before) {
            Q_EMIT changed();
        }
    }
    return QObject::eventFilter(watched, event);
}

void ColorScheme::setAppearance(Appearance appearance)
{
    const style::Scheme before = scheme();
    m_appearance = appearance;
    if (scheme() != before) {
        Q_EMIT changed();
    }
}

style::Scheme ColorScheme::scheme() const
{
    switch (m_appearance) {
    case Appearance::Light:
        return style::Scheme::Light;
    case Appearance::Dark:
        return style::Scheme::Dark;
    case Appearance::System:
        return m_portal.value_or(m_palette);
    }
    Q_UNREACHABLE();
}

} // namespace countersign
