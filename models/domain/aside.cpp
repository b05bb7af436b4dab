// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/aside.h"

#include <array>
#include <utility>

namespace countersign {

namespace {

constexpr std::array<std::pair<Back, const char *>, 6> table{{
    {Back::Time, "time"},
    {Back::Changed, "changed"},
    {Back::Updated, "updated"},
    {Back::Comment, "comment"},
    {Back::Effect, "effect"},
    {Back::Part, "part"},
}};

} // namespace

QString toWord(Back value)
{
    for (const auto &[known, text] : table) {
        if (known == value) {
            return QString::fromLatin1(text);
        }
    }
    Q_UNREACHABLE();
}

std::optional<Back> backFromWord(const QString &word)
{
    for (const auto &[value, text] : table) {
        if (word == QLatin1String(text)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace countersign
