// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

#include <atomic>

namespace countersign {

/// A clock that stands still until it is told otherwise. Thread-safe.
class FakeClock final : public Clock
{
public:
    static constexpr qint64 start = 1'795'000'000'000; ///< 2026-11-18T10:26:40.000Z

    explicit FakeClock(qint64 nowMs = start) : m_now(nowMs) { }
    [[nodiscard]] qint64 nowMs() const override { return m_now; }
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonic; }

    /// Time passes: both clocks go on.
    void advance(qint64 ms)
    {
        m_now += ms;
        m_monotonic += ms;
    }
    /// The wall clock is set, perhaps back; the monotonic one does not notice.
    void jumpTo(qint64 nowMs) { m_now = nowMs; }

private:
    std::atomic<qint64> m_now;
    std::atomic<qint64> m_monotonic = 1'000'000;
};

} // namespace countersign
