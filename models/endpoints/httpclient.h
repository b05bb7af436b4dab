// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/endpoint.h"
#include "domain/error.h"

#include <QFuture>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

namespace countersign {

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url = {};
    QList<Header> headers = {};
    QByteArray body = {};
    int deadlineMs = 30'000; ///< absolute: from the call to the last byte
    qsizetype maxBytes = 8 * 1024 * 1024;
};

struct HttpReply
{
    int status = 0;
    QList<Header> headers = {};
    QByteArray body = {};

    [[nodiscard]] QByteArray header(QByteArrayView name) const; ///< any case; the first
    [[nodiscard]] std::optional<qint64>
    retryAfterMs(qint64 nowMs) const; ///< Retry-After, both forms
};

/// HTTP as a supervisor needs it: no redirect is followed (a 3xx is a reply like any other),
/// absolute deadlines, bounded bodies, no cookies, no cache, plain http only to loopback unless
/// `url` was configured so. Any HTTP status is a value; errors are Unreachable (nothing was sent),
/// OutcomeUnknown (it may have arrived), TooLarge, Cancelled. Error texts name host and cause,
/// never a header's value. Lives on the GUI thread.
class HttpClient : public QObject
{
    Q_OBJECT
public:
    explicit HttpClient(QObject *parent = nullptr);

    [[nodiscard]] QFuture<Result<HttpReply>> send(const HttpRequest &request);
    void abortAll(); ///< every open request ends Cancelled

    [[nodiscard]] QNetworkAccessManager &network() { return m_network; }

private:
    QNetworkAccessManager m_network;
};

} // namespace countersign
