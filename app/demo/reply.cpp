// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/reply.h"

#include <QPointer>
#include <QTcpSocket>

namespace countersign::demo {

namespace {

QByteArray reason(int status)
{
    static const QHash<int, QByteArray> reasons{
        {200, "OK"},        {400, "Bad Request"}, {401, "Unauthorized"},
        {403, "Forbidden"}, {404, "Not Found"},   {405, "Method Not Allowed"},
        {409, "Conflict"},  {410, "Gone"},        {500, "Internal Server Error"}};
    return reasons.value(status, "Unknown");
}

QByteArray message(int status, const QByteArray &type, const QByteArray &body)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status)
        + "\r\nContent-Type: " + type + "\r\nCache-Control: no-store\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n";
    if (status == 401) {
        head += "WWW-Authenticate: Bearer\r\n";
    }
    if (status == 500) {
        head += "Retry-After: 1\r\n";
    }
    return head + "\r\n" + body;
}

void write(QTcpSocket *socket, const QByteArray &bytes)
{
    if (socket && socket->state() == QAbstractSocket::ConnectedState) {
        socket->write(bytes);
    }
}

QByteArray bytesOf(const Answer &answer)
{
    return message(answer.status, "application/json", toJson(answer.body));
}

} // namespace

void reply(QTcpSocket *socket, const Answer &answer)
{
    write(socket, bytesOf(answer));
}

void replySlowly(QTcpSocket *socket, const Answer &answer)
{
    auto *timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket,
                     [socket, rest = bytesOf(answer), timer]() mutable -> void {
                         write(socket, rest.left(1));
                         rest.remove(0, 1);
                         if (rest.isEmpty()) {
                             timer->deleteLater();
                         }
                     });
    timer->start(1000);
}

void replyMalformed(QTcpSocket *socket, const Answer &answer, int turn)
{
    const QByteArray json = toJson(answer.body);
    switch (turn % 4) {
    case 0:
        write(socket, message(200, "application/json", json.left(json.size() / 2)));
        break;
    case 1:
        write(socket,
              message(200, "text/html",
                      "<html><body><h1>Welcome to the guest network</h1></body></html>"));
        break;
    case 2:
        write(socket,
              message(200, "application/json", "{\"id\":\"a\",\"id\":\"b\"," + json.mid(1)));
        break;
    default:
        write(socket,
              message(200, "application/json", QByteArray(json).replace("\"id\"", "\"id\xff\"")));
    }
}

void replyHuge(QTcpSocket *socket)
{
    write(socket, message(200, "application/json", QByteArray(64 * 1024 * 1024, ' ') + "{}"));
}

} // namespace countersign::demo
