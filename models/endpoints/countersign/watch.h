// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/countersign/api.h"
#include "endpoints/eventstreamparser.h"

#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

namespace countersign::native {

/// Keeps one event stream open: resumes where it was cut, waits longer after each failure, and
/// takes a stream that has gone silent for a dead one.
class Watch : public QObject
{
    Q_OBJECT
public:
    Watch(Api &api, QObject *parent);

    void start();
    void stop();
    void forget() { m_resumeAt.clear(); } ///< what came cannot be trusted: start afresh next time

Q_SIGNALS:
    void
    opened(bool resumed); ///< resumed: the server will tell what was missed, or say that it cannot
    void came(const countersign::ServerEvent &event);
    void lost(const countersign::Error &error); ///< tries again by itself

private:
    void connectNow();
    void takeHead();
    void takeBytes();
    void end(const Error &error);
    [[nodiscard]] Error failure() const;

    Api &m_api;
    QPointer<QNetworkReply> m_reply;
    std::optional<EventStreamParser> m_parser;
    QByteArray m_resumeAt;
    QTimer m_silence;
    QTimer m_again;
    int m_failures = 0;
    bool m_open = false;
    bool m_running = false;
};

} // namespace countersign::native
