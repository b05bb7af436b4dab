// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/eventstream.h"

#include "domain/trust.h"

namespace countersign::demo {

namespace {

constexpr qsizetype keptEvents = 1000;
constexpr qint64 maxBacklog = 4 * 1024 * 1024;
constexpr int heartbeatMs = 15'000;

} // namespace

EventStream::EventStream(QObject *parent) : QObject(parent), m_epoch(randomBytes(6).toHex())
{
    m_heartbeat.setInterval(heartbeatMs);
    connect(&m_heartbeat, &QTimer::timeout, this,
            [this]() -> void { sendAll(": still here\n\n"); });
    m_heartbeat.start();
}

QByteArray EventStream::idOf(qint64 number) const
{
    return m_epoch + '-' + QByteArray::number(number);
}

void EventStream::open(QTcpSocket *socket, const QByteArray &lastEventId, bool follow)
{
    send(socket,
         "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
         "Connection: close\r\n\r\nretry: 1000\n\n"
             + backlog(lastEventId));
    if (follow) {
        m_sockets.append(socket);
    } else {
        socket->disconnectFromHost();
    }
}

QByteArray EventStream::backlog(const QByteArray &lastEventId) const
{
    if (lastEventId.isEmpty()) {
        return {};
    }
    const bool ours = lastEventId.startsWith(m_epoch + '-');
    const qint64 seen = lastEventId.mid(m_epoch.size() + 1).toLongLong();
    const qint64 oldest = m_events.isEmpty() ? m_last + 1 : m_events.first().number;
    if (!ours || seen > m_last || seen + 1 < oldest) {
        return "id: " + idOf(m_last) + "\nevent: stream.reset\ndata: {}\n\n";
    }
    QByteArray bytes;
    for (const Event &event : m_events) {
        if (event.number > seen) {
            bytes += event.bytes;
        }
    }
    return bytes;
}

QByteArray EventStream::publish(const QString &type, const Json &data)
{
    const QByteArray id = idOf(++m_last);
    const QByteArray bytes
        = "id: " + id + "\nevent: " + type.toUtf8() + "\ndata: " + toJson(data) + "\n\n";
    m_events.append({m_last, bytes});
    if (m_events.size() > keptEvents) {
        m_events.removeFirst();
    }
    if (m_swapped && m_heldBack.isEmpty()) {
        m_heldBack = bytes;
        return id;
    }
    sendAll(bytes + (m_twice ? bytes : QByteArray()) + m_heldBack);
    m_heldBack.clear();
    return id;
}

void EventStream::cut()
{
    for (const auto &socket : std::exchange(m_sockets, {})) {
        if (socket) {
            socket->abort();
        }
    }
}

qsizetype EventStream::listeners()
{
    m_sockets.removeIf([](const QPointer<QTcpSocket> &socket) {
        return !socket || socket->state() != QAbstractSocket::ConnectedState;
    });
    return m_sockets.size();
}

void EventStream::sendAll(const QByteArray &bytes)
{
    if (listeners() > 0) {
        const auto sockets = m_sockets;
        for (const auto &socket : sockets) {
            send(socket, bytes);
        }
    }
}

void EventStream::send(QTcpSocket *socket, const QByteArray &bytes)
{
    if (!socket || socket->state() != QAbstractSocket::ConnectedState) {
        return;
    }
    if (socket->bytesToWrite() > maxBacklog) {
        socket->abort(); // it does not read; it will resume
        return;
    }
    socket->write(bytes);
}

} // namespace countersign::demo
