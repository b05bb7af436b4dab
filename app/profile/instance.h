// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QFuture>
#include <QHash>
#include <QLocalServer>

#include <functional>

namespace countersign {

/// What a second process wants of the one that holds the profile.
struct InstanceRequest
{
    bool raise = false; ///< show the window; else run a command
    QByteArray activationToken; ///< with raise: of the desktop, empty where there is none
    QStringList arguments; ///< of countersignctl, without its own name
    QByteArray input; ///< its standard input, where it reads one
    QHash<QString, QByteArray> files; ///< the files it names, by name
};

struct InstanceReply
{
    int code = 0;
    QByteArray out;
    QByteArray err;
};

/// The local socket of a profile: only its owner may connect. Listen after the profile was opened
/// for writing: its lock makes a socket that is still there a left-over. Requests and replies are
/// bounded to 24 MiB.
class InstanceServer final : public QObject
{
    Q_OBJECT
public:
    using Run = std::function<QFuture<InstanceReply>(const InstanceRequest &request)>;

    /// `run` runs commands; raise requests go to raiseRequested().
    explicit InstanceServer(Run run, QObject *parent = nullptr);

    [[nodiscard]] Result<void> listen(const QString &directory);

Q_SIGNALS:
    void raiseRequested(const QByteArray &activationToken);

private:
    void accept(QLocalSocket *socket);
    void answer(QLocalSocket *socket, const QByteArray &message);

    QLocalServer m_server;
    Run m_run;
};

/// Asks the process that holds the profile, and waits for its answer; blocking. Unreachable where
/// nobody listens, OutcomeUnknown where the
/// answer was lost.
[[nodiscard]] Result<InstanceReply> askInstance(const QString &directory,
                                                const InstanceRequest &request);

} // namespace countersign
