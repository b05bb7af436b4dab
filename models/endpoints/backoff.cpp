// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/backoff.h"

#include <algorithm>

namespace countersign {

qint64 backoffMs(int attempt, double jitter)
{
    constexpr qint64 least = 1'000;
    constexpr qint64 most = 300'000;
    const qint64 base = std::min(most, least << std::clamp(attempt - 1, 0, 10));
    const double factor = 0.75 + std::clamp(jitter, 0.0, 1.0) / 2;
    return std::clamp(qint64(double(base) * factor), least, most);
}

} // namespace countersign
