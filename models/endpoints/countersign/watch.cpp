// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/watch.h"

#include "endpoints/backoff.h"

#include <QRandomGenerator>

namespace countersign::native {

Watch::Watch(Api &api, QObject *parent)
    : QObject(parent),
      m_api(api),
      m_resumeAt(api.context().resumeAt)
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(api.timing().silenceMs);
    connect(&m_silence, &QTimer::timeout, this, [this]() -> void {
        end({ErrorCode::Unreachable,
             tr("The server's event stream went silent. Connecting again."),
             {},
             true});
    });
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Watch::connectNow);
}

void Watch::start()
{
    if (!m_running) {
        m_running = true;
        m_failures = 0;
        connectNow();
    }
}

void Watch::stop()
{
    m_running = false;
    m_again.stop();
    m_silence.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply.clear();
    }
}

void Watch::connectNow()
{
    m_open = false;
    m_parser.emplace();
    m_reply = m_api.openStream(m_resumeAt);
    if (!m_reply) {
        end({ErrorCode::InvalidInput,
             tr("The address is not encrypted. Beyond this machine it must begin with https://."),
             {},
             false});
        return;
    }
    m_silence.start();
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Watch::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Watch::takeBytes);
    connect(m_reply, &QNetworkReply::finished, this, [this]() -> void { end(failure()); });
}

void Watch::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_open || status == 0) {
        return;
    }
    const QByteArray type = m_reply->rawHeader("Content-Type");
    if (status == 200 && !type.startsWith("text/event-stream")) {
        end({ErrorCode::Protocol,
             tr("The server's events are not an event stream. Check the address."),
             QString::fromLatin1(type.left(100)), true});
        return;
    }
    if (status == 200) {
        m_open = true;
        Q_EMIT opened(!m_resumeAt.isEmpty());
    }
}

void Watch::takeBytes()
{
    m_silence.start();
    takeHead();
    if (!m_open || !m_reply) {
        return; // the body of a refusal says nothing that its status does not
    }
    const QByteArray bytes = m_reply->readAll();
    const auto events = m_parser->feed(bytes);
    if (!events) {
        forget();
        end(events.error());
        return;
    }
    if (!bytes.isEmpty()) {
        m_failures = 0;
    }
    for (const ServerEvent &event : *events) {
        Q_EMIT came(event);
    }
    if (!m_parser->lastEventId().isEmpty()) {
        m_resumeAt = m_parser->lastEventId();
    }
}

Error Watch::failure() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 0 && status != 200) {
        return Api::refusal(
            {.status = status, .headers = {{"Location", m_reply->rawHeader("Location")}}});
    }
    return {ErrorCode::Unreachable,
            (m_open ? tr("The server at %1 closed its event stream. Connecting again.")
                    : tr("The server at %1 cannot be reached. Is it running?"))
                .arg(m_reply->url().host()),
            m_reply->errorString(), true};
}

void Watch::end(const Error &error)
{
    m_silence.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply.clear();
    }
    if (!m_running) {
        return;
    }
    ++m_failures;
    const double jitter = QRandomGenerator::global()->generateDouble();
    const qint64 wait = qMin<qint64>(backoffMs(m_failures, jitter), m_api.timing().maxBackoffMs);
    m_again.start(int(double(wait) * m_api.timing().backoffScale));
    Q_EMIT lost(error);
}

} // namespace countersign::native
