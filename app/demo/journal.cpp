// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/journal.h"

#include "domain/clock.h"

namespace countersign::demo {

Result<void> Journal::open(const QString &path)
{
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered)) {
        return fail(
            ErrorCode::InvalidInput,
            QStringLiteral("The log %1 cannot be written: %2.").arg(path, m_file.errorString()));
    }
    return {};
}

void Journal::write(const QString &what, Json entry)
{
    if (!m_file.isOpen()) {
        return;
    }
    Json line = jsonObject({{"at", Json(isoTime(SystemClock().nowMs()))}, {"what", Json(what)}});
    for (const auto &[key, value] : entry.members()) {
        line.set(key, value);
    }
    m_file.write(toJson(line) + '\n');
}

} // namespace countersign::demo
