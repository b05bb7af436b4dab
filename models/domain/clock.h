// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

#include <optional>

namespace countersign {

/// The only source of time. Thread-safe. Tests inject their own.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    /// Milliseconds since 1970-01-01T00:00:00Z; may jump.
    [[nodiscard]] virtual qint64 nowMs() const = 0;
    /// Milliseconds on a clock that never goes back, also counting sleep; only differences mean
    /// anything.
    [[nodiscard]] virtual qint64 monotonicMs() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] qint64 monotonicMs() const override;
};

/// "2026-11-20T14:46:49.123Z", the one written form of a time.
[[nodiscard]] QString isoTime(qint64 ms);
/// An RFC 3339 time with its zone to milliseconds; nothing if it is not one.
[[nodiscard]] std::optional<qint64> parseIsoTime(const QString &text);

} // namespace countersign
