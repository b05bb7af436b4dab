// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace countersign {

/// Stands between an endpoint and a real HTTP server on loopback, and fails on demand. Keeps what
/// was sent through it.
class FaultProxy
{
public:
    enum class Fault
    {
        None,
        DropReplies, ///< requests arrive, answers to `where` are thrown away and the connection is
                     ///< closed
        DropRequests, ///< requests are read and thrown away, and the connection is closed
        HalfReplies, ///< the first 200 bytes of an answer, then the connection is closed
    };

    explicit FaultProxy(const QUrl &server) : m_server(server)
    {
        QObject::connect(&m_listener, &QTcpServer::newConnection, &m_listener, [this]() -> void {
            while (QTcpSocket *client = m_listener.nextPendingConnection()) {
                join(client);
            }
        });
        listen();
    }

    [[nodiscard]] QUrl url() const
    {
        QUrl url = m_server;
        url.setPort(m_port);
        return url;
    }
    /// A fault for the requests whose first line contains `where`.
    void setFault(Fault fault, const QByteArray &where = {})
    {
        m_fault = fault;
        m_where = where;
    }
    void goDown()
    {
        m_listener.close();
        const auto open = m_listener.findChildren<QTcpSocket *>();
        for (QTcpSocket *socket : open) {
            socket->abort();
        }
    }
    void comeUp() { listen(); }
    [[nodiscard]] const QByteArray &sent() const { return m_sent; }
    [[nodiscard]] int requests(const QByteArray &line) const { return int(m_sent.count(line)); }

private:
    void listen()
    {
        if (!m_listener.listen(QHostAddress::LocalHost, m_port)) {
            qFatal("no loopback port");
        }
        m_port = m_listener.serverPort();
    }

    void join(QTcpSocket *client)
    {
        auto *server = new QTcpSocket(client);
        server->connectToHost(m_server.host(), quint16(m_server.port()));
        QObject::connect(client, &QTcpSocket::readyRead, server, [this, client, server]() -> void {
            const QByteArray bytes = client->readAll();
            m_sent += bytes;
            const QByteArray line = bytes.left(bytes.indexOf('\r'));
            if (line.contains(" HTTP/1.1")) {
                client->setProperty("bad", m_fault != Fault::None && line.contains(m_where));
            }
            if (m_fault == Fault::DropRequests && client->property("bad").toBool()) {
                client->disconnectFromHost();
                return;
            }
            // Written before it is connected, Qt 6.4 may lose it.
            if (server->state() == QAbstractSocket::ConnectedState) {
                server->write(bytes);
            } else {
                server->setProperty("waiting", server->property("waiting").toByteArray() + bytes);
            }
        });
        QObject::connect(server, &QTcpSocket::connected, server, [server]() -> void {
            server->write(server->property("waiting").toByteArray());
        });
        QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server]() -> void {
            const QByteArray bytes = server->readAll();
            if (!client->property("bad").toBool()) {
                client->write(bytes);
                return;
            }
            if (m_fault == Fault::HalfReplies) {
                client->write(bytes.left(200));
            }
            client->disconnectFromHost();
        });
        QObject::connect(server, &QTcpSocket::disconnected, client,
                         &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    QUrl m_server;
    QTcpServer m_listener;
    quint16 m_port = 0;
    Fault m_fault = Fault::None;
    QByteArray m_where;
    QByteArray m_sent;
};

} // namespace countersign
