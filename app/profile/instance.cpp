// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/profile/instance.h"

#include "domain/continued.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "domain/trust.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QtEndian>

#include <sys/stat.h>
#include <unistd.h>

namespace countersign {

namespace {

constexpr qsizetype longest = 24 * 1024 * 1024;
constexpr int patienceMs = 5'000; ///< for a connection, and for a request to arrive
constexpr qsizetype longestPath = 100; ///< of a socket; Linux takes 107

/// In the profile's folder; where its path is too long for a socket, in a folder of the user's own.
Result<QString> socketPath(const QString &directory)
{
    const QString canonical = QFileInfo(directory).canonicalFilePath();
    const QString path = canonical + QStringLiteral("/countersign.sock");
    if (path.toLocal8Bit().size() <= longestPath) {
        return path;
    }
    const QString folder = QStringLiteral("%1/countersign-%2").arg(QDir::tempPath()).arg(getuid());
    const QByteArray name = folder.toLocal8Bit();
    mkdir(name.constData(), 0700);
    struct stat info
    {
    };
    if (lstat(name.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != getuid()
        || (info.st_mode & 077) != 0) {
        return fail(ErrorCode::Storage,
                    tr("The folder %1 is not yours alone; remove it.").arg(folder));
    }
    return QStringLiteral("%1/%2").arg(
        folder, QString::fromLatin1(sha256(canonical.toUtf8()).toHex().left(16)));
}

Json packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray unpacked(const Json &json)
{
    return QByteArray::fromBase64(json.toString().toLatin1());
}

QByteArray framed(const Json &json)
{
    const QByteArray body = toJson(json);
    QByteArray size(4, '\0');
    qToBigEndian(quint32(body.size()), size.data());
    return size + body;
}

/// The first whole message in `buffer`; nothing while it is incomplete.
Result<std::optional<Json>> takeMessage(const QByteArray &buffer)
{
    if (buffer.size() < 4) {
        return std::nullopt;
    }
    const qsizetype size = qFromBigEndian<quint32>(buffer.constData());
    if (size > longest) {
        return fail(ErrorCode::TooLarge, tr("The message is too large."));
    }
    if (buffer.size() < size + 4) {
        return std::nullopt;
    }
    auto json = parseJson(buffer.mid(4, size), {.bytes = longest});
    if (!json) {
        return tl::unexpected<Error>(json.error());
    }
    return std::move(*json);
}

Json toMessage(const InstanceRequest &request)
{
    Json files = Json::object();
    for (auto it = request.files.cbegin(); it != request.files.cend(); ++it) {
        files.set(it.key(), packed(it.value()));
    }
    return Json::object({{QStringLiteral("raise"), Json(request.raise)},
                         {QStringLiteral("token"), packed(request.activationToken)},
                         {QStringLiteral("arguments"), Json::fromStrings(request.arguments)},
                         {QStringLiteral("input"), packed(request.input)},
                         {QStringLiteral("files"), files}});
}

InstanceRequest toRequest(const Json &json)
{
    InstanceRequest request{.raise = json[u"raise"].toBool(),
                            .activationToken = unpacked(json[u"token"]),
                            .arguments = json[u"arguments"].toStrings(),
                            .input = unpacked(json[u"input"])};
    for (const auto &[name, bytes] : json[u"files"].members()) {
        request.files.insert(name, unpacked(bytes));
    }
    return request;
}

Json toMessage(const InstanceReply &reply)
{
    return Json::object({{QStringLiteral("code"), Json(reply.code)},
                         {QStringLiteral("out"), packed(reply.out)},
                         {QStringLiteral("err"), packed(reply.err)}});
}

} // namespace

InstanceServer::InstanceServer(Run run, QObject *parent) : QObject(parent), m_run(std::move(run))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this]() -> void {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            accept(socket);
        }
    });
}

Result<void> InstanceServer::listen(const QString &directory)
{
    const auto path = socketPath(directory);
    if (!path) {
        return tl::unexpected<Error>(path.error());
    }
    QLocalServer::removeServer(*path);
    if (!m_server.listen(*path)) {
        return fail(
            ErrorCode::Storage,
            tr("No socket can be opened for the command line: %1.").arg(m_server.errorString()));
    }
    return {};
}

void InstanceServer::accept(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    auto buffer = std::make_shared<QByteArray>();
    connect(socket, &QLocalSocket::readyRead, this, [this, socket, buffer]() -> void {
        buffer->append(socket->readAll());
        const auto message = takeMessage(*buffer);
        if (!message) {
            socket->abort();
        } else if (*message) {
            socket->disconnect(this); // one request a connection
            const InstanceRequest request = toRequest(**message);
            if (request.raise) {
                Q_EMIT raiseRequested(request.activationToken);
                answer(socket, framed(toMessage(InstanceReply())));
                return;
            }
            (void)continued(m_run(request), socket,
                            [this, socket](const InstanceReply &reply) -> void {
                                answer(socket, framed(toMessage(reply)));
                            });
        }
    });
}

void InstanceServer::answer(QLocalSocket *socket, const QByteArray &message)
{
    socket->write(message);
    socket->disconnectFromServer(); // once all is written
}

Result<InstanceReply> askInstance(const QString &directory, const InstanceRequest &request)
{
    const auto nobody = [&]() -> tl::unexpected<Error> {
        return fail(ErrorCode::Unreachable,
                    tr("Another process holds the profile %1 and does not answer; close it, or try "
                       "again when it is done.")
                        .arg(directory));
    };
    const auto path = socketPath(directory);
    if (!path) {
        return tl::unexpected<Error>(path.error());
    }
    const auto lost = [&]() -> tl::unexpected<Error> {
        return fail(ErrorCode::OutcomeUnknown,
                    tr("The process that holds the profile %1 went away; look whether it was done "
                       "before you try again.")
                        .arg(directory));
    };
    QLocalSocket socket;
    socket.connectToServer(*path);
    if (!socket.waitForConnected(patienceMs)) {
        return nobody();
    }
    socket.write(framed(toMessage(request)));
    while (socket.bytesToWrite() > 0) {
        if (!socket.waitForBytesWritten(patienceMs)) {
            return lost();
        }
    }
    QByteArray buffer;
    while (true) {
        buffer += socket.readAll();
        const auto message = takeMessage(buffer);
        if (!message) {
            return tl::unexpected<Error>(message.error());
        }
        if (*message) {
            return InstanceReply{.code = int((**message)[u"code"].toInteger(1)),
                                 .out = unpacked((**message)[u"out"]),
                                 .err = unpacked((**message)[u"err"])};
        }
        if (!socket.waitForReadyRead(-1) && socket.bytesAvailable() == 0) {
            return lost();
        }
    }
}

} // namespace countersign
