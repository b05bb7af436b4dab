// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktopnotifier.h"

#include "domain/displaytext.h"
#include "views/words.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace countersign {

namespace {

const QString notificationService = QStringLiteral("org.freedesktop.Notifications");
const QString notificationPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr qsizetype longestLine = 160;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(notificationService, notificationPath, notificationService, method);
}

QString line(const QString &foreign)
{
    return displayText(foreign, {.singleLine = true, .maxLength = longestLine}).text;
}

uchar urgencyOf(Risk risk)
{
    // Never critical: that would break through the person's do-not-disturb.
    return risk == Risk::Low ? 0 : 1;
}

} // namespace

DesktopNotifier::DesktopNotifier(const QDBusConnection &bus, QObject *parent)
    : QObject(parent),
      m_bus(bus),
      m_watcher(notificationService, bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    m_burst.setSingleShot(true);
    m_burst.setInterval(burstMs);
    connect(&m_burst, &QTimer::timeout, this, &DesktopNotifier::flush);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, [this]() -> void {
        m_shown.clear(); // another server, other numbers
        m_tokens.clear();
        m_summarised = 0;
        askCapabilities();
    });
    // QDBusConnection takes no function pointers for signals.
    m_bus.connect(notificationService, notificationPath, notificationService, QStringLiteral("ActionInvoked"), this,
                  SLOT(onActionInvoked(uint, QString)));
    m_bus.connect(notificationService, notificationPath, notificationService, QStringLiteral("ActivationToken"), this,
                  SLOT(onActivationToken(uint, QString)));
    m_bus.connect(notificationService, notificationPath, notificationService, QStringLiteral("NotificationClosed"), this,
                  SLOT(onClosed(uint, uint)));
    askCapabilities();
}

void DesktopNotifier::ask(const QDBusMessage &message, const Answered &answered)
{
    ++m_calls;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, answered](QDBusPendingCallWatcher *done) -> void {
                --m_calls;
                if (answered && !done->isError()) { // without a notificationService there is nothing to say
                    answered(*done);
                }
                done->deleteLater();
            });
}

void DesktopNotifier::askCapabilities()
{
    ask(call(QStringLiteral("GetCapabilities")),
        [this](const QDBusPendingCallWatcher &done) -> void {
            const QDBusPendingReply<QStringList> reply = done;
            m_markup = reply.value().contains(QLatin1String("body-markup"));
        });
}

void DesktopNotifier::tell(const QList<CaseRow> &rows, const QString &why)
{
    for (const CaseRow &row : rows) {
        m_waiting.append({row, why});
    }
    m_burst.start();
}

void DesktopNotifier::withdraw(const CaseId &id)
{
    m_waiting.removeIf([&](const News &news) -> bool { return news.row.id == id; });
    const auto it = m_shown.constFind(id);
    if (it == m_shown.cend()) {
        m_gone.insert(id);
        return;
    }
    QDBusMessage message = call(QStringLiteral("CloseNotification"));
    message << *it;
    ask(message);
    m_shown.erase(it);
}

void DesktopNotifier::flush()
{
    const QList<News> rows = std::exchange(m_waiting, {});
    m_gone.clear();
    if (rows.size() + m_shown.size() > mostAtOnce) {
        m_summarised += int(rows.size());
        const bool bad = std::any_of(rows.begin(), rows.end(), [](const News &news) -> bool {
            return news.row.risk != Risk::Low;
        });
        send({},
             {tr("%1 new cases wait for you").arg(m_summarised),
              escaped(line(rows.last().row.headline)), bad ? Risk::Medium : Risk::Low});
        return;
    }
    for (const News &news : rows) {
        send(news.row.id, textOf(news));
    }
}

DesktopNotifier::Text DesktopNotifier::textOf(const News &news) const
{
    const CaseRow &row = news.row;
    QStringList parts;
    for (const QString &part :
         {news.why, words::of(row.risk), line(row.subject), line(row.agent)}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    return {line(row.headline), escaped(parts.join(QStringLiteral(" · "))), row.risk};
}

QString DesktopNotifier::escaped(const QString &text) const
{
    return m_markup ? text.toHtmlEscaped() : text;
}

void DesktopNotifier::send(const CaseId &id, const Text &text)
{
    const QVariantMap hints{
        {QStringLiteral("desktop-entry"), QStringLiteral("org.countersign.Countersign")},
        {QStringLiteral("urgency"), QVariant::fromValue(urgencyOf(text.risk))},
        {QStringLiteral("category"), QStringLiteral("x-countersign.case")}};
    QDBusMessage message = call(QStringLiteral("Notify"));
    message << QStringLiteral("Countersign") << m_shown.value(id, 0)
            << QStringLiteral("org.countersign.Countersign") << text.summary << text.body
            << QStringList{QStringLiteral("default"), tr("Open")} << hints << -1;
    ask(message, [this, id](const QDBusPendingCallWatcher &done) -> void {
        const QDBusPendingReply<uint> reply = done;
        if (reply.isValid()) {
            sent(id, reply.value());
        }
    });
}

void DesktopNotifier::sent(const CaseId &id, uint number)
{
    m_shown.insert(id, number);
    if (m_gone.contains(id)) {
        withdraw(id);
    }
}

void DesktopNotifier::onActivationToken(uint id, const QString &token)
{
    if (m_shown.key(id, CaseId()) != CaseId() || m_shown.value({}, 0) == id) {
        m_tokens.insert(id, token.toUtf8());
    }
}

void DesktopNotifier::onActionInvoked(uint id, const QString &action)
{
    // The bus tells everybody about everybody's notifications: only ours count.
    const auto it = std::find(m_shown.cbegin(), m_shown.cend(), id);
    if (it != m_shown.cend() && action == QLatin1String("default")) {
        Q_EMIT chosen(it.key(), m_tokens.take(id));
    }
}

void DesktopNotifier::onClosed(uint id, uint)
{
    const auto it = std::find(m_shown.begin(), m_shown.end(), id);
    if (it == m_shown.end()) {
        return;
    }
    if (it.key().isEmpty()) {
        m_summarised = 0;
    }
    m_shown.erase(it);
    m_tokens.remove(id);
}

} // namespace countersign
