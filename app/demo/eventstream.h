// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace countersign::demo {

/// The server-sent events: keeps the last 1,000, resumes after the id that a client names, and
/// sends "stream.reset" where it cannot.
class EventStream : public QObject
{
    Q_OBJECT
public:
    explicit EventStream(QObject *parent = nullptr);

    /// Answers on `socket` until its client leaves; with `follow` off, with what there is.
    /// `lastEventId` is empty for a client that starts now.
    void open(QTcpSocket *socket, const QByteArray &lastEventId, bool follow = true);
    [[nodiscard]] QByteArray lastId() const { return idOf(m_last); }
    QByteArray publish(const QString &type, const Json &data); ///< the event's id
    void cut(); ///< hangs up on everybody
    void setTwice(bool twice) { m_twice = twice; }
    void setSwapped(bool swapped) { m_swapped = swapped; }
    [[nodiscard]] qsizetype listeners();

private:
    struct Event
    {
        qint64 number;
        QByteArray bytes;
    };
    void send(QTcpSocket *socket, const QByteArray &bytes);
    void sendAll(const QByteArray &bytes);
    [[nodiscard]] QByteArray idOf(qint64 number) const;
    [[nodiscard]] QByteArray backlog(const QByteArray &lastEventId) const;

    QByteArray m_epoch; // ids of an earlier run are recognised as such
    QList<Event> m_events;
    qint64 m_last = 0;
    QList<QPointer<QTcpSocket>> m_sockets;
    QTimer m_heartbeat;
    bool m_twice = false;
    bool m_swapped = false;
    QByteArray m_heldBack;
};

} // namespace countersign::demo
