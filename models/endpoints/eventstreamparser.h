// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace countersign {

struct ServerEvent
{
    QString type; ///< "message" where the server names none
    QByteArray data; ///< UTF-8 as sent, lines joined by LF
    QByteArray id = {}; ///< what to resume after; of an earlier event where it has none itself
    friend bool operator==(const ServerEvent &, const ServerEvent &) = default;
};

/// Server-sent events as the HTML standard reads them, from bytes in pieces of any size. Pure. An
/// event ends with its empty line: what a cut stream leaves behind is dropped, and its id with it.
class EventStreamParser
{
public:
    explicit EventStreamParser(qsizetype maxEventBytes = 8 * 1024 * 1024)
        : m_maxBytes(maxEventBytes)
    {
    }

    /// The events that `bytes` complete. TooLarge where a line or an event outgrows the bound; the
    /// parser is of no more use then.
    [[nodiscard]] Result<QList<ServerEvent>> feed(QByteArrayView bytes);
    /// For Last-Event-ID: of the last complete event, kept from one to the next.
    [[nodiscard]] const QByteArray &lastEventId() const { return m_lastId; }
    [[nodiscard]] std::optional<qint64> retryMs() const { return m_retryMs; }

private:
    void endLine(QList<ServerEvent> &events);
    void takeField(const QByteArray &name, const QByteArray &value);

    qsizetype m_maxBytes;
    QByteArray m_line;
    QByteArray m_type;
    QByteArray m_data; // each line with its LF
    QByteArray m_id; // not yet that of a complete event
    QByteArray m_lastId;
    std::optional<qint64> m_retryMs;
    bool m_first = true; // a BOM may stand before the first line
    bool m_afterCr = false;
};

} // namespace countersign
