// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/httpclient.h"

#include <QFile>
#include <QTest>

namespace countersign {

/// The running LangGraph server of tests/agents/langgraph, as any other client sees it. Calls block
/// with the event loop running. Its address stands in the file that COUNTERSIGN_LANGGRAPH names.
class LangGraphServer
{
public:
    LangGraphServer()
    {
        QFile file(qEnvironmentVariable("COUNTERSIGN_LANGGRAPH"));
        if (!file.open(QIODevice::ReadOnly)) {
            qFatal(
                "No LangGraph server: COUNTERSIGN_LANGGRAPH must name the file with its address.");
        }
        m_url = QUrl(QString::fromUtf8(file.readAll().trimmed()));
    }

    [[nodiscard]] const QUrl &url() const { return m_url; }

    Json call(const QByteArray &method, const QString &path, const Json &body = {},
              int *status = nullptr)
    {
        HttpRequest request;
        request.method = method;
        request.url = m_url;
        request.url.setPath(path.section(u'?', 0, 0));
        request.url.setQuery(path.section(u'?', 1));
        request.body = body.isNull() ? QByteArray() : toJson(body);
        const auto future = m_http.send(request);
        if (!QTest::qWaitFor([&future]() -> bool { return future.isFinished(); }, 30'000)
            || !future.result()) {
            qFatal("%s %s failed", method.constData(), qPrintable(path));
        }
        if (status != nullptr) {
            *status = future.result()->status;
        }
        const auto json = parseJson(future.result()->body.trimmed());
        return json ? *json : Json(QString::fromUtf8(future.result()->body));
    }

    /// A new thread on which `graph` has run to its question.
    QString ask(const QString &graph, const QByteArray &input = "{}")
    {
        const QString id
            = call("POST", QStringLiteral("/threads"), Json::object())[u"thread_id"].toString();
        m_threads.append(id);
        askOn(id, graph, input);
        return id;
    }
    void askOn(const QString &thread, const QString &graph, const QByteArray &input)
    {
        call("POST", QStringLiteral("/threads/%1/runs/wait").arg(thread),
             Json::object({{QStringLiteral("assistant_id"), Json(graph)},
                           {QStringLiteral("input"), *parseJson(input)}}));
    }
    Json thread(const QString &id) { return call("GET", QStringLiteral("/threads/%1").arg(id)); }
    Json state(const QString &id)
    {
        return call("GET", QStringLiteral("/threads/%1/state?subgraphs=true").arg(id));
    }
    /// Those of the threads asked for here that are in this status.
    QStringList inStatus(const QString &word)
    {
        QStringList found;
        for (const QString &id : std::as_const(m_threads)) {
            if (status(id) == word) {
                found.append(id);
            }
        }
        return found;
    }
    QByteArray effects(const QString &id) { return toJson(thread(id)[u"values"][u"effects"]); }
    QString status(const QString &id) { return thread(id)[u"status"].toString(); }
    QString interrupt(const QString &id)
    {
        return state(id)[u"tasks"]
            .items()
            .value(0)[u"interrupts"]
            .items()
            .value(0)[u"id"]
            .toString();
    }
    /// Another client's answer, by the id of the first open question. With `wait` the run has ended
    /// on return.
    Json answerAs(const QString &name, const QString &id, const QByteArray &answer,
                  bool wait = true)
    {
        const Json resume = Json::object({{interrupt(id), *parseJson(answer)}});
        return call(
            "POST",
            QStringLiteral("/threads/%1/runs%2")
                .arg(id, wait ? QStringLiteral("/wait") : QString()),
            Json::object(
                {{QStringLiteral("assistant_id"), thread(id)[u"metadata"][u"assistant_id"]},
                 {QStringLiteral("command"), Json::object({{QStringLiteral("resume"), resume}})},
                 {QStringLiteral("metadata"),
                  Json::object({{QStringLiteral("reviewer"), Json(name)}})}}));
    }
    Json runs(const QString &id)
    {
        return call("GET", QStringLiteral("/threads/%1/runs?limit=100").arg(id));
    }

private:
    QUrl m_url;
    QStringList m_threads;
    HttpClient m_http;
};

} // namespace countersign
