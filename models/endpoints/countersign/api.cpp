// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/api.h"

#include "domain/translate.h"
#include "endpoints/countersign/codec.h"

#include <QHostAddress>
#include <QNetworkReply>

namespace countersign::native {

namespace {

constexpr qsizetype maxForeign = 300;

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

} // namespace

Api::Api(const EndpointContext &context, const Timing &timing)
    : m_context(context),
      m_timing(timing)
{
}

Result<QUrl> Api::urlFor(const QByteArray &path) const
{
    const QUrl base = m_context.endpoint.url;
    if (base.scheme() == u"http" && !isLoopback(base.host())) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 is reached without encryption. Beyond this machine the address must "
                       "begin with https://.")
                        .arg(base.host()));
    }
    QByteArray text
        = base.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    while (text.endsWith('/')) {
        text.chop(1);
    }
    return QUrl::fromEncoded(text + path, QUrl::StrictMode);
}

QFuture<Result<HttpReply>> Api::send(HttpRequest request, const QByteArray &path)
{
    const auto url = urlFor(path);
    if (!url) {
        return QtFuture::makeReadyFuture(Result<HttpReply>(tl::unexpected<Error>(url.error())));
    }
    request.url = *url;
    request.headers = m_context.endpoint.headers + m_context.secretHeaders + request.headers;
    request.deadlineMs = m_timing.deadlineMs;
    return m_client.send(request);
}

QFuture<Result<HttpReply>> Api::get(const QByteArray &path)
{
    return send({.method = "GET", .headers = {{"Accept", "application/json"}}}, path);
}

QFuture<Result<HttpReply>> Api::post(const QByteArray &path, const QByteArray &body,
                                     const QList<Header> &headers)
{
    return send({.method = "POST", .headers = headers, .body = body}, path);
}

QFuture<Result<HttpReply>> Api::put(const QByteArray &path, const QByteArray &body)
{
    return send({.method = "PUT", .headers = {{"Content-Type", "application/json"}}, .body = body},
                path);
}

QFuture<Result<HttpReply>> Api::events(const QByteArray &lastEventId, qsizetype maxBytes)
{
    return send({.method = "GET",
                 .headers = {{"Accept", "text/event-stream"}, {"Last-Event-ID", lastEventId}},
                 .maxBytes = maxBytes},
                "/v1/events?follow=false");
}

QNetworkReply *Api::openStream(const QByteArray &lastEventId)
{
    const auto url = urlFor("/v1/events");
    if (!url) {
        return nullptr;
    }
    // No transfer timeout: it would end a stream that has nothing to tell. The watch listens for
    // the heartbeat.
    QNetworkRequest request(*url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    for (const auto &[name, value] : m_context.endpoint.headers + m_context.secretHeaders) {
        request.setRawHeader(name, value);
    }
    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Accept-Encoding", "identity");
    if (!lastEventId.isEmpty()) {
        request.setRawHeader("Last-Event-ID", lastEventId);
    }
    return m_client.network().get(request);
}

Result<Json> Api::read(const Result<HttpReply> &reply)
{
    if (!reply) {
        return tl::unexpected<Error>(reply.error());
    }
    if (reply->status != 200) {
        return tl::unexpected<Error>(refusal(*reply));
    }
    auto json = parseJson(reply->body);
    if (!json) {
        return fail(ErrorCode::Protocol,
                    tr("The server answered something that is not countersign/1. Check the "
                       "address, and whether something "
                       "stands between."),
                    json.error().text, true);
    }
    return json;
}

Error Api::refusal(const HttpReply &reply)
{
    const QString said = readRefusal(reply.body).message.left(maxForeign);
    const int status = reply.status;
    if (status == 401 || status == 403) {
        return {ErrorCode::Unauthorized,
                tr("The server refuses the credentials (%1). Give this endpoint another token.")
                    .arg(status),
                said, true};
    }
    if (status == 404) {
        return {ErrorCode::NotFound, tr("The server does not know it (404)."), said};
    }
    if (status == 429) {
        return {ErrorCode::RateLimited, tr("The server asks for fewer requests (429)."), said,
                true};
    }
    if (status >= 300 && status < 400) {
        return {ErrorCode::Protocol,
                tr("The server points to another address (%1: %2). Countersign does not follow; "
                   "correct the endpoint's address.")
                    .arg(status)
                    .arg(QUrl::fromEncoded(reply.header("Location")).host()),
                said, true};
    }
    if (status >= 500) {
        return {ErrorCode::Unreachable, tr("The server is in trouble itself (%1).").arg(status),
                said, true};
    }
    return {ErrorCode::Protocol, tr("The server refused (%1).").arg(status), said};
}

} // namespace countersign::native
