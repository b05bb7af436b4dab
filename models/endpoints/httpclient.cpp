// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/httpclient.h"

#include <QDateTime>
#include <QLocale>
#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <cstring>

namespace countersign {

namespace {

constexpr int connectDeadlineMs = 5'000;

QString hostOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

/// Network-layer failures. HTTP error statuses also come as errors, but with a reply that was read whole; 400 is
/// ProtocolInvalidOperationError there.
bool isReply(const QNetworkReply &reply, int status)
{
    const QNetworkReply::NetworkError error = reply.error();
    if (error == QNetworkReply::NoError) {
        return status > 0;
    }
    if (error == QNetworkReply::ContentReSendError) {
        return status == 307 || status == 308; // Qt rewinds the body for them, whatever the redirect policy
    }
    return status >= 400 && error >= QNetworkReply::ContentAccessDenied && error != QNetworkReply::ProtocolFailure;
}

/// A body that can be read once. Qt 6.4 silently sends a POST again where the server drops the connection before the
/// first byte of its answer, unless the body cannot be rewound.
class BodyOnce : public QIODevice
{
public:
    BodyOnce(const QByteArray &body, QObject *parent)
        : QIODevice(parent)
        , m_body(body)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_body.size(); }
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min(most, m_body.size() - m_at);
        if (count <= 0) {
            return -1;
        }
        std::memcpy(data, m_body.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_body;
    qint64 m_at = 0;
};

/// One request on its way. Child of its reply.
class Exchange : public QObject
{
public:
    Exchange(QNetworkReply *reply, const HttpRequest &request);

    [[nodiscard]] QFuture<Result<HttpReply>> future() { return m_promise.future(); }

private:
    enum class End {
        ByPeer,
        Deadline,
        NoConnection,
        TooLarge
    };

    void read();
    void end(End why);
    void finish();
    [[nodiscard]] Error failure() const;

    QNetworkReply *m_reply;
    QPromise<Result<HttpReply>> m_promise;
    QByteArray m_body;
    QTimer m_deadline;
    QTimer m_connecting;
    qsizetype m_maxBytes;
    int m_deadlineMs;
    End m_end = End::ByPeer;
    bool m_sent = false;
    bool m_safe;
};

Exchange::Exchange(QNetworkReply *reply, const HttpRequest &request)
    : QObject(reply)
    , m_reply(reply)
    , m_maxBytes(request.maxBytes)
    , m_deadlineMs(request.deadlineMs)
    , m_safe(request.method == "GET" || request.method == "HEAD")
{
    m_promise.start();
    m_deadline.setSingleShot(true);
    m_connecting.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this]() -> void { end(End::Deadline); });
    connect(&m_connecting, &QTimer::timeout, this, [this]() -> void { end(End::NoConnection); });
    connect(reply, &QNetworkReply::socketStartedConnecting, this,
            [this]() -> void { m_connecting.start(connectDeadlineMs); });
    connect(reply, &QNetworkReply::requestSent, this, [this]() -> void {
        m_sent = true;
        m_connecting.stop();
    });
    connect(reply, &QNetworkReply::readyRead, this, &Exchange::read);
    connect(reply, &QNetworkReply::finished, this, &Exchange::finish);
    m_deadline.start(request.deadlineMs);
}

void Exchange::read()
{
    // Counts what comes out of the decompressor, so a small body that unfolds is caught as well.
    m_body += m_reply->read(m_maxBytes + 1 - m_body.size());
    if (m_body.size() > m_maxBytes) {
        end(End::TooLarge);
    }
}

void Exchange::end(End why)
{
    m_end = why;
    m_reply->abort();
}

void Exchange::finish()
{
    m_deadline.stop();
    m_connecting.stop();
    if (m_end == End::ByPeer && m_reply->isOpen()) {
        m_body += m_reply->read(m_maxBytes + 1 - m_body.size());
        m_end = m_body.size() > m_maxBytes ? End::TooLarge : m_end;
    }
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_end == End::ByPeer && isReply(*m_reply, status)) {
        m_promise.addResult(HttpReply{.status = status, .headers = m_reply->rawHeaderPairs(), .body = m_body});
    } else {
        m_promise.addResult(tl::unexpected<Error>(failure()));
    }
    m_promise.finish();
    m_reply->deleteLater();
}

Error Exchange::failure() const
{
    const QString host = hostOf(m_reply->url());
    if (m_end == End::TooLarge) {
        return {.code = ErrorCode::TooLarge,
                .text = HttpClient::tr("%1 answered with more than %2 bytes, which is not read.").arg(host).arg(m_maxBytes)};
    }
    if (m_end == End::ByPeer && m_reply->error() == QNetworkReply::OperationCanceledError) {
        return {.code = ErrorCode::Cancelled, .text = HttpClient::tr("The request to %1 was cancelled.").arg(host)};
    }
    QString text;
    switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        text = HttpClient::tr("%1 refuses connections. Check that the server runs and that the port is right.").arg(host);
        break;
    case QNetworkReply::HostNotFoundError:
        text = HttpClient::tr("The host %1 is not known. Check the address and the network.").arg(host);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        text = HttpClient::tr("%1 could not prove who it is (TLS). Nothing was sent.").arg(host);
        break;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        text = HttpClient::tr("%1 closed the connection before its answer was complete.").arg(host);
        break;
    default:
        text = m_end == End::NoConnection ? HttpClient::tr("%1 did not take a connection in time.").arg(host)
            : m_end == End::Deadline
            ? HttpClient::tr("%1 did not answer completely within %2 ms.").arg(host).arg(m_deadlineMs)
            : HttpClient::tr("The connection to %1 failed.").arg(host);
    }
    const bool nothingSent = !m_sent || m_end == End::NoConnection
        || m_reply->error() == QNetworkReply::ConnectionRefusedError
        || m_reply->error() == QNetworkReply::HostNotFoundError
        || m_reply->error() == QNetworkReply::SslHandshakeFailedError;
    return {.code = m_safe || nothingSent ? ErrorCode::Unreachable : ErrorCode::OutcomeUnknown,
            .text = text,
            .detail = m_end == End::ByPeer ? m_reply->errorString() : QString(),
            .retryable = true};
}

bool isHeaderText(const QByteArray &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](char c) -> bool { return c == '\t' || uchar(c) >= 0x20; });
}

Result<QNetworkRequest> build(const HttpRequest &request)
{
    const auto refuse = [](const QString &text) { return fail(ErrorCode::InvalidInput, text); };
    if ((request.url.scheme() != QLatin1String("http") && request.url.scheme() != QLatin1String("https"))
        || request.url.host().isEmpty()) {
        return refuse(HttpClient::tr("The address of an endpoint begins with http:// or https:// and names a host."));
    }
    if (!request.url.userInfo().isEmpty()) {
        return refuse(HttpClient::tr("An address must not hold a name or a password; set a header instead."));
    }
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Qt 6.4.2 reads hostile HTTP/2 headers badly.
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Countersign/" COUNTERSIGN_VERSION));
    if (!request.body.isEmpty()) {
        out.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    }
    for (const auto &[name, value] : request.headers) {
        if (name.isEmpty() || !isHeaderText(name) || !isHeaderText(value)) {
            return refuse(HttpClient::tr("The value of header “%1” holds a line break or a control character.")
                              .arg(QString::fromLatin1(name.simplified())));
        }
        out.setRawHeader(name, value);
    }
    return out;
}

} // namespace

QByteArray HttpReply::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

std::optional<qint64> HttpReply::retryAfterMs(qint64 nowMs) const
{
    constexpr qint64 day = 86'400'000;
    const QByteArray text = header("Retry-After").trimmed();
    bool ok = false;
    const qint64 seconds = text.toLongLong(&ok);
    if (ok) {
        return std::clamp<qint64>(seconds, 0, day / 1000) * 1000;
    }
    QDateTime at = QLocale::c().toDateTime(QString::fromLatin1(text),
                                           QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!at.isValid()) {
        return std::nullopt;
    }
    at.setTimeSpec(Qt::UTC);
    return std::clamp<qint64>(at.toMSecsSinceEpoch() - nowMs, 0, day);
}

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

QFuture<Result<HttpReply>> HttpClient::send(const HttpRequest &request)
{
    const Result<QNetworkRequest> built = build(request);
    if (!built) {
        return QtFuture::makeReadyFuture(Result<HttpReply>(tl::unexpected<Error>(built.error())));
    }
    QNetworkReply *reply = nullptr;
    if (request.method == "GET") {
        reply = m_network.get(*built);
    } else {
        auto *body = new BodyOnce(request.body, this);
        reply = m_network.sendCustomRequest(*built, request.method, body);
        connect(reply, &QObject::destroyed, body, &QObject::deleteLater);
    }
    return (new Exchange(reply, request))->future();
}

void HttpClient::abortAll()
{
    const auto replies = m_network.findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    for (QNetworkReply *reply : replies) {
        reply->abort();
    }
}

} // namespace countersign
