// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QDate>
#include <QString>

#include <optional>

namespace countersign {

/// Times to come as people name them, by the local calendar; in milliseconds since 1970, UTC.

/// Three hours on, at a full or half hour; nothing where that is another day.
[[nodiscard]] std::optional<qint64> laterToday(qint64 nowMs);
[[nodiscard]] qint64 tomorrowMorning(qint64 nowMs);
[[nodiscard]] qint64 nextWeek(qint64 nowMs); ///< the morning of the next Monday
/// 09:00 of that day, or when the day begins where that hour is skipped.
[[nodiscard]] qint64 morningOf(const QDate &day);
[[nodiscard]] QDate localDay(qint64 ms);

/// "later", "tomorrow", "next-week", "2026-12-01" (its morning), "2026-12-01 14:30" or with a T,
/// local, or RFC 3339 with a zone. InvalidInput where it is none of these or not to come.
[[nodiscard]] Result<qint64> timeToCome(const QString &text, qint64 nowMs);
/// "tomorrow", "next-week" or "2026-12-01": the morning of that day. InvalidInput as above.
[[nodiscard]] Result<qint64> dayToCome(const QString &text, qint64 nowMs);

} // namespace countersign
