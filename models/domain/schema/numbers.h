// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <compare>
#include <optional>

/// Exact arithmetic on JSON numbers as they are written, whatever their exponent; none of it
/// allocates more than the written form.
namespace countersign::jsonnumber {

/// `a` and `b` are JSON numbers.
[[nodiscard]] std::strong_ordering compare(const QByteArray &a, const QByteArray &b);
/// Whether `a` is a whole multiple of `b`; nothing where `b` is not above 0 or has more than 17
/// digits.
[[nodiscard]] std::optional<bool> isMultiple(const QByteArray &a, const QByteArray &b);
[[nodiscard]] bool isWhole(const QByteArray &a);

/// Equal as JSON Schema means it: 1 and 1.0 are one value, members have no order.
[[nodiscard]] bool same(const Json &a, const Json &b);
/// One text for all values that are the same().
[[nodiscard]] QByteArray sameKey(const Json &value);

} // namespace countersign::jsonnumber
