// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// Why `text` is not written in one of JSON Schema's formats ("date", "date-time", "time",
/// "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid",
/// "json-pointer", "regex"): "must be a date like 2026-11-28." Empty where it is, or the format is
/// another.
[[nodiscard]] QString formatFault(const QString &format, const QString &text);
/// An example of it for people, "2026-11-28"; empty where there is none.
[[nodiscard]] QString formatExample(const QString &format);

} // namespace countersign
