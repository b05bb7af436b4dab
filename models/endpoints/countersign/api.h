// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "endpoints/httpclient.h"

namespace countersign::native {

/// How long things may take, in milliseconds. Tests shorten them.
struct Timing
{
    int deadlineMs = 30'000; ///< of each request
    int silenceMs = 45'000; ///< of the event stream, whose server says something every 15 s
    int maxBackoffMs = 30'000; ///< between tries of the event stream
    double backoffScale = 1.0;
};

/// The requests of countersign/1 to one server. https, or http to loopback.
class Api
{
public:
    Api(const EndpointContext &context, const Timing &timing);

    /// `path` after the configured address, encoded: "/v1/cases?state=waiting".
    [[nodiscard]] QFuture<Result<HttpReply>> get(const QByteArray &path);
    [[nodiscard]] QFuture<Result<HttpReply>> post(const QByteArray &path, const QByteArray &body,
                                                  const QList<Header> &headers);
    [[nodiscard]] QFuture<Result<HttpReply>> put(const QByteArray &path, const QByteArray &body);
    /// The events after that one, as far as they have happened.
    [[nodiscard]] QFuture<Result<HttpReply>> events(const QByteArray &lastEventId,
                                                    qsizetype maxBytes);
    /// The event stream, or null where the address may not be used.
    [[nodiscard]] QNetworkReply *openStream(const QByteArray &lastEventId);

    /// The JSON of a 200, else an error whose sentence says what happened and what to do.
    [[nodiscard]] static Result<Json> read(const Result<HttpReply> &reply);
    [[nodiscard]] static Error refusal(const HttpReply &reply);

    [[nodiscard]] const EndpointContext &context() const { return m_context; }
    [[nodiscard]] const Timing &timing() const { return m_timing; }

private:
    [[nodiscard]] Result<QUrl> urlFor(const QByteArray &path) const;
    [[nodiscard]] QFuture<Result<HttpReply>> send(HttpRequest request, const QByteArray &path);

    EndpointContext m_context;
    Timing m_timing;
    HttpClient m_client;
};

} // namespace countersign::native
