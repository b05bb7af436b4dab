// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/api.h"

#include "domain/translate.h"

#include <qcoro/qcorofuture.h>

#include <QPromise>
#include <QTimer>

namespace countersign::langgraph {

namespace {

constexpr int mostPages = 50;
constexpr int runsPerPage = 100;

ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorCode::Unauthorized;
    case 404:
        return ErrorCode::NotFound;
    case 409:
    case 422:
        return ErrorCode::Conflict;
    case 410:
        return ErrorCode::Expired;
    case 429:
        return ErrorCode::RateLimited;
    default:
        return ErrorCode::Protocol;
    }
}

QString sentenceFor(int status, const QString &host)
{
    if (status == 401 || status == 403) {
        return tr("%1 does not accept our credentials (%2). Set the endpoint's secret header "
                  "again.")
            .arg(host)
            .arg(status);
    }
    if (status >= 300 && status < 400) {
        return tr("%1 sends us elsewhere (%2), which is not followed. Set the endpoint's address "
                  "to the right place.")
            .arg(host)
            .arg(status);
    }
    if (status >= 500) {
        return tr("%1 reports an error of its own (%2).").arg(host).arg(status);
    }
    return tr("%1 refused the request (%2).").arg(host).arg(status);
}

/// What the server said about it, from any of its shapes: a sentence, or JSON with one in it.
QString saidIn(const QByteArray &body)
{
    if (const auto json = parseJson(body)) {
        for (const QStringView key :
             {QStringView(u"message"), QStringView(u"detail"), QStringView(u"error")}) {
            if ((*json)[key].isString()) {
                return (*json)[key].toString();
            }
        }
    }
    return QString::fromUtf8(body);
}

/// Awaits a future that may end without a result.
QCoro::Task<Result<HttpReply>> settled(QFuture<Result<HttpReply>> future)
{
    const QFuture<void> end(future);
    co_await end;
    if (future.resultCount() == 0) {
        co_return fail(ErrorCode::Cancelled, tr("The connection was closed."));
    }
    co_return future.result();
}

} // namespace

Api::Api(const EndpointContext &context) : m_context(context) { }

void Api::close()
{
    m_closed = true;
    m_http.abortAll();
    const auto timers = m_http.findChildren<QTimer *>(QString(), Qt::FindDirectChildrenOnly);
    for (QTimer *timer : timers) {
        timer->setInterval(0);
    }
}

QString Api::redacted(const QByteArray &body) const
{
    QString text = saidIn(body).left(2000);
    for (const auto &[name, value] : m_context.secretHeaders) {
        if (!value.isEmpty()) {
            text.replace(QString::fromUtf8(value), QStringLiteral("***"));
        }
    }
    return text;
}

Answer<Json> Api::judge(const Result<HttpReply> &reply) const
{
    if (!reply) {
        return tl::unexpected<Failure>(Failure{.error = reply.error()});
    }
    const QString host = m_context.endpoint.url.authority();
    if (reply->status < 200 || reply->status >= 300) {
        const bool again = reply->status >= 500 || reply->status == 429;
        return tl::unexpected<Failure>(
            Failure{.error = {.code = codeOf(reply->status),
                              .text = sentenceFor(reply->status, host),
                              .detail = redacted(reply->body),
                              .retryable = again},
                    .status = reply->status,
                    .retryAfterMs = reply->retryAfterMs(clock().nowMs())});
    }
    if (reply->body.trimmed().isEmpty()) {
        return Json();
    }
    const auto json = parseJson(reply->body);
    if (!json) {
        return tl::unexpected<Failure>(
            Failure{.error = {.code = ErrorCode::Protocol,
                              .text = tr("%1 does not answer as a LangGraph server does: %2")
                                          .arg(host, json.error().text),
                              .detail = redacted(reply->body.left(2000))},
                    .status = reply->status});
    }
    return *json;
}

QCoro::Task<Answer<Json>> Api::call(QByteArray method, QString path, Json body)
{
    if (m_closed) {
        co_return tl::unexpected<Failure>(Failure{
            .error = {.code = ErrorCode::Cancelled, .text = tr("The connection was closed.")}});
    }
    HttpRequest request;
    request.method = method;
    QString base = m_context.endpoint.url.path();
    while (base.endsWith(u'/')) {
        base.chop(1);
    }
    request.url = m_context.endpoint.url;
    request.url.setPath(base + path.section(u'?', 0, 0));
    request.url.setQuery(path.contains(u'?') ? path.section(u'?', 1) : QString());
    request.url.setFragment(QString());
    for (const auto &[name, value] : m_context.endpoint.headers + m_context.secretHeaders) {
        // The server's own studio is let in by this header alone; it is never ours to send.
        if (name.compare("x-auth-scheme", Qt::CaseInsensitive) != 0) {
            request.headers.append({name, value});
        }
    }
    if (!body.isNull()) {
        request.body = toJson(body);
    }
    const auto reply = co_await settled(m_http.send(request));
    co_return judge(reply);
}

QCoro::Task<Answer<Json>> Api::search(Json filter)
{
    filter.set(QStringLiteral("select"), threadMembers());
    auto found = co_await call("POST", QStringLiteral("/threads/search"), filter);
    if (found && !found->isArray()) {
        co_return tl::unexpected<Failure>(
            Failure{.error = {.code = ErrorCode::Protocol,
                              .text = tr("%1 does not answer a search as a LangGraph server does.")
                                          .arg(m_context.endpoint.url.authority())}});
    }
    co_return found;
}

QCoro::Task<Answer<Json>> Api::thread(QString id)
{
    Json filter = Json::object();
    filter.set(QStringLiteral("ids"), Json::array({Json(id)}));
    filter.set(QStringLiteral("limit"), Json(1));
    const auto found = co_await search(filter);
    if (!found) {
        co_return found;
    }
    if (found->items().isEmpty()) {
        co_return tl::unexpected<Failure>(
            Failure{.error = {.code = ErrorCode::NotFound,
                              .text = tr("The thread does not exist any more.")},
                    .status = 404});
    }
    if (found->items().first()[u"thread_id"].toString() != id) {
        co_return co_await call("GET",
                                QStringLiteral("/threads/%1").arg(id)); // a server without `ids`
    }
    co_return found->items().first();
}

QCoro::Task<Answer<Json>> Api::state(QString thread)
{
    co_return co_await call("GET", QStringLiteral("/threads/%1/state?subgraphs=true").arg(thread));
}

QCoro::Task<Answer<Json>> Api::runs(QString thread)
{
    Json all = Json::array();
    for (int page = 0; page < mostPages; ++page) {
        const QString path = QStringLiteral("/threads/%1/runs?limit=%2&offset=%3")
                                 .arg(thread)
                                 .arg(runsPerPage)
                                 .arg(page * runsPerPage);
        const auto found = co_await call("GET", path);
        if (!found) {
            co_return found;
        }
        for (const Json &run : found->items()) {
            all.append(run);
        }
        if (found->items().size() < runsPerPage) {
            break;
        }
    }
    co_return all;
}

QFuture<void> Api::after(int ms)
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    const QFuture<void> future = promise->future();
    auto *timer = new QTimer(&m_http);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, promise]() -> void {
        promise->finish();
        timer->deleteLater();
    });
    timer->start(m_closed ? 0 : ms);
    return future;
}

Json threadMembers()
{
    return Json::fromStrings({QStringLiteral("thread_id"), QStringLiteral("status"),
                              QStringLiteral("created_at"), QStringLiteral("updated_at"),
                              QStringLiteral("metadata"), QStringLiteral("interrupts")});
}

} // namespace countersign::langgraph
