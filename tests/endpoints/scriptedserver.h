// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace countersign {

/// A loopback HTTP/1.1 server that does what its script says with every request, also what no server should.
class ScriptedServer
{
public:
    struct Request
    {
        QByteArray head; ///< request line and headers
        QByteArray body;
        [[nodiscard]] QByteArray target() const { return head.split(' ').value(1); }
        [[nodiscard]] QByteArray method() const { return head.split(' ').value(0); }
    };
    using Script = std::function<void(const Request &, QTcpSocket *)>;

    explicit ScriptedServer(Script script)
        : m_script(std::move(script))
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this]() -> void {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket]() -> void { read(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("no loopback port");
        }
    }

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
    }
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }

    static void reply(QTcpSocket *socket, const QByteArray &status, const QByteArray &body,
                      const QByteArray &headers = {})
    {
        socket->write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: "
                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        buffer += socket->readAll();
        while (true) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            const QByteArray head = buffer.left(end);
            const qsizetype at = head.toLower().indexOf("content-length:");
            const qsizetype length = at < 0 ? 0 : head.mid(at + 15).split('\r').first().trimmed().toLongLong();
            if (buffer.size() < end + 4 + length) {
                return;
            }
            m_requests.append({.head = head, .body = buffer.mid(end + 4, length)});
            buffer.remove(0, end + 4 + length);
            const Request request = m_requests.last();
            m_script(request, socket);
        }
    }

    Script m_script;
    QList<Request> m_requests;
    QMap<QTcpSocket *, QByteArray> m_buffers;
    QTcpServer m_server;
};

} // namespace countersign
