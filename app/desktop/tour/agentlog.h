// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QFile>

namespace countersign {

/// What the demo agent itself wrote down: the outside view of every effect.
class AgentLog
{
public:
    explicit AgentLog(const QString &path) : m_file(path) { }

    /// The lines whose member `what` is so, with what was appended since the last call.
    [[nodiscard]] QList<Json> lines(const QString &what)
    {
        if (m_file.isOpen() || m_file.open(QIODevice::ReadOnly)) {
            while (true) {
                const qint64 start = m_file.pos();
                const QByteArray line = m_file.readLine();
                if (!line.endsWith('\n')) {
                    m_file.seek(start); // not written to its end yet
                    break;
                }
                m_lines.append(parseJson(line.trimmed()).value_or(Json()));
            }
        }
        QList<Json> found;
        for (const Json &line : m_lines) {
            if (line[u"what"].toString() == what) {
                found.append(line);
            }
        }
        return found;
    }
    /// The effect of one decision, null while there is none.
    [[nodiscard]] Json effectOf(const QString &decision)
    {
        for (const Json &line : lines(QStringLiteral("effect"))) {
            if (line[u"decision"].toString() == decision) {
                return line;
            }
        }
        return {};
    }

private:
    QFile m_file;
    QList<Json> m_lines;
};

} // namespace countersign
