// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/agent.h"
#include "app/demo/eventstream.h"
#include "app/demo/fault.h"

#include <QAbstractHttpServer>

class QUrlQuery;

namespace countersign::demo {

/// countersign/1 over HTTP: loopback only, bearer token, Host and Origin checked. Answers are
/// written to the socket itself: QHttpServerResponder of 6.4 crashes when its client has left
/// meanwhile.
class Server : public QAbstractHttpServer
{
    Q_OBJECT
public:
    Server(DemoAgent *agent, Journal *journal, const QByteArray &token, QObject *parent = nullptr);

    /// The port, 0 where it cannot be had. `port` 0 takes any.
    [[nodiscard]] quint16 start(quint16 port);
    void setFault(const Fault &fault);
    void enableTestHooks() { m_testHooks = true; }

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    struct Call
    {
        QByteArray method;
        QStringList path; ///< after /v1
        QString pathText;
        QUrl url;
        QByteArray body;
        QByteArray checkpoint;
        QString reviewer;
        QByteArray lastEventId;
        bool isDecision = false;
    };

    [[nodiscard]] std::optional<Answer> refuse(const QHttpServerRequest &request) const;
    [[nodiscard]] static Call readCall(const QHttpServerRequest &request);
    void serve(const Call &call, QTcpSocket *socket);
    [[nodiscard]] Answer route(const Call &call);
    [[nodiscard]] Answer listCases(const QUrlQuery &query);
    [[nodiscard]] Answer testHook(const Call &call);
    void log(const Call &call, int status, const QString &fault);

    DemoAgent *m_agent;
    Journal *m_journal;
    QByteArray m_token;
    QStringList m_hosts;
    EventStream m_events;
    Fault m_fault;
    int m_malformed = 0;
    bool m_testHooks = false;
};

} // namespace countersign::demo
