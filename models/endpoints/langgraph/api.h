// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "endpoints/agentendpoint.h"
#include "endpoints/httpclient.h"

#include <qcoro/qcorotask.h>

namespace countersign::langgraph {

struct Failure
{
    Error error;
    int status = 0; ///< HTTP; 0 where there was no whole reply
    std::optional<qint64> retryAfterMs = {};
};

template <class T> using Answer = tl::expected<T, Failure>;

/// The calls of an Agent Server that a supervisor needs. Every call ends, at the latest by its
/// deadline; after close() at once, as Cancelled. Whoever awaits a call keeps the object alive (a
/// shared_ptr in the coroutine's frame).
class Api
{
public:
    explicit Api(const EndpointContext &context);

    void close();
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }
    [[nodiscard]] const Endpoint &endpoint() const { return m_context.endpoint; }

    /// `body` is sent where it is not null.
    [[nodiscard]] QCoro::Task<Answer<Json>> call(QByteArray method, QString path, Json body = {});
    [[nodiscard]] QCoro::Task<Answer<Json>> search(Json filter);
    /// One entry as a search gives it; NotFound where the thread is gone.
    [[nodiscard]] QCoro::Task<Answer<Json>> thread(QString id);
    [[nodiscard]] QCoro::Task<Answer<Json>> state(QString thread);
    /// All runs of a thread, an array in the server's order.
    [[nodiscard]] QCoro::Task<Answer<Json>> runs(QString thread);

    /// Ends after `ms`, or when the connection is closed.
    [[nodiscard]] QFuture<void> after(int ms);

private:
    [[nodiscard]] Answer<Json> judge(const Result<HttpReply> &reply) const;
    [[nodiscard]] QString redacted(const QByteArray &body) const;

    EndpointContext m_context;
    HttpClient m_http;
    bool m_closed = false;
};

/// The members that a search is asked for.
[[nodiscard]] Json threadMembers();

} // namespace countersign::langgraph
