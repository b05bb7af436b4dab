// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/eventstreamparser.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign {

Result<QList<ServerEvent>> EventStreamParser::feed(QByteArrayView bytes)
{
    QList<ServerEvent> events;
    const char *at = bytes.begin();
    while (at != bytes.end()) {
        if (m_afterCr && *at == '\n') { // the second half of CR LF
            m_afterCr = false;
            ++at;
            continue;
        }
        m_afterCr = false;
        const char *end
            = std::find_if(at, bytes.end(), [](char c) -> bool { return c == '\r' || c == '\n'; });
        if (m_line.size() + m_data.size() + (end - at) > m_maxBytes) {
            return fail(ErrorCode::TooLarge,
                        QCoreApplication::translate(
                            "EventStreamParser",
                            "The server sent an event of more than %1 bytes; it was not read.")
                            .arg(m_maxBytes));
        }
        m_line.append(at, end - at);
        if (end == bytes.end()) {
            break;
        }
        m_afterCr = *end == '\r';
        at = end + 1;
        endLine(events);
    }
    return events;
}

void EventStreamParser::endLine(QList<ServerEvent> &events)
{
    QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_first, false) && line.startsWith("\xEF\xBB\xBF")) {
        line.remove(0, 3);
    }
    if (!line.isEmpty()) {
        const qsizetype colon = line.indexOf(':');
        if (colon != 0) { // else a comment
            const QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
            takeField(colon < 0 ? line : line.left(colon),
                      value.startsWith(' ') ? value.mid(1) : value);
        }
        return;
    }
    m_lastId = m_id;
    const QByteArray type = std::exchange(m_type, {});
    QByteArray data = std::exchange(m_data, {});
    if (!data.isEmpty()) {
        data.chop(1);
        events.append(
            {type.isEmpty() ? QStringLiteral("message") : QString::fromUtf8(type), data, m_lastId});
    }
}

void EventStreamParser::takeField(const QByteArray &name, const QByteArray &value)
{
    if (name == "event") {
        m_type = value;
    } else if (name == "data") {
        m_data += value + '\n';
    } else if (name == "id") {
        if (!value.contains('\0')) {
            m_id = value;
        }
    } else if (name == "retry") {
        const bool digits = !value.isEmpty()
            && std::all_of(value.cbegin(), value.cend(),
                           [](char c) -> bool { return c >= '0' && c <= '9'; });
        bool ok = false;
        const qint64 ms = value.toLongLong(&ok);
        if (digits && ok) {
            m_retryMs = ms;
        }
    }
}

} // namespace countersign
