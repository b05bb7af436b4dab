// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

namespace countersign {

/// One place at which two values differ.
struct JsonChange
{
    QString pointer; ///< RFC 6901, "/customer/address"; empty for the whole
    std::optional<Json> before; ///< nothing where it was not there
    std::optional<Json> after;
    friend bool operator==(const JsonChange &, const JsonChange &) = default;
};

/// Every difference, by place: objects member by member, arrays item by item after what they have
/// in common at both ends. An index is that of the side that has the item. Numbers by their written
/// form.
[[nodiscard]] QList<JsonChange> jsonChanges(const Json &before, const Json &after);
/// A value on one line for people: text bare, all else as JSON.
[[nodiscard]] QString jsonText(const Json &value);

/// The way that an RFC 6901 pointer goes; none for "".
[[nodiscard]] QStringList pointerTokens(const QString &pointer);
/// One step further.
[[nodiscard]] QString pointerTo(const QString &base, const QString &token);
[[nodiscard]] QString pointerTo(const QString &base, qsizetype index);
/// Whether `pointer` leads to `base` or into it.
[[nodiscard]] bool isWithin(const QString &pointer, const QString &base);

} // namespace countersign
