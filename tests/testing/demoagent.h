// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/endpoint.h"
#include "domain/json.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>

namespace countersign {

/// The real countersign-demo-agent as a child process that ends with its test. The test defines
/// DEMO_AGENT.
class DemoAgentProcess
{
public:
    /// `arguments` after a port, test hooks and a log of its own. Fast effects unless told
    /// otherwise.
    bool start(const QStringList &arguments = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(DEMO_AGENT),
                        QStringList{QStringLiteral("--port"), QStringLiteral("0"),
                                    QStringLiteral("--test-hooks"),
                                    QStringLiteral("--until-stdin-closes"), QStringLiteral("--log"),
                                    logPath(), QStringLiteral("--effect-delay"),
                                    QStringLiteral("20"), QStringLiteral("--outcome-delay"),
                                    QStringLiteral("20"), QStringLiteral("--revision-delay"),
                                    QStringLiteral("20")}
                            + arguments);
        while (m_token.isEmpty()) {
            if (!m_process.canReadLine() && !m_process.waitForReadyRead(10'000)) {
                return false;
            }
            while (m_process.canReadLine()) {
                const QByteArray line = m_process.readLine().trimmed();
                if (line.startsWith("url=")) {
                    m_url = QUrl::fromEncoded(line.mid(4));
                } else if (line.startsWith("token=")) {
                    m_token = line.mid(6);
                }
            }
        }
        return true;
    }
    ~DemoAgentProcess()
    {
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished(5000);
        }
    }

    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    [[nodiscard]] Header authorization() const { return {"Authorization", "Bearer " + m_token}; }

    /// POST /v1/test/`hook`; null where it was refused.
    Json hook(const QString &hook, const Json &body = Json::object()) const
    {
        QNetworkAccessManager network;
        QNetworkRequest request(m_url.resolved(QUrl(QStringLiteral("/v1/test/") + hook)));
        request.setRawHeader("Authorization", "Bearer " + m_token);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        QNetworkReply *reply = network.post(request, toJson(body));
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        const auto json = parseJson(reply->readAll());
        return reply->error() == QNetworkReply::NoError && json ? *json : Json();
    }
    Json hook(const QString &name, const QString &key, const QString &value) const
    {
        return hook(name, Json::object({{key, Json(value)}}));
    }

    /// The lines of its log that are about `what`.
    [[nodiscard]] QList<Json> log(const QString &what) const
    {
        QList<Json> lines;
        QFile file(logPath());
        if (file.open(QIODevice::ReadOnly)) {
            while (!file.atEnd()) {
                if (const auto json = parseJson(file.readLine().trimmed());
                    json && (*json)[u"what"].toString() == what) {
                    lines.append(*json);
                }
            }
        }
        return lines;
    }
    [[nodiscard]] QByteArray wholeLog() const
    {
        QFile file(logPath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    [[nodiscard]] QString logPath() const { return m_folder.filePath(QStringLiteral("agent.log")); }

    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
    QByteArray m_token;
};

} // namespace countersign
