// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <optional>

namespace countersign {

/// JSON that we wrote ourselves: already bounded when it came in.
inline Json stored(const QByteArray &bytes)
{
    return parseJson(bytes, {.depth = 1024, .bytes = bytes.size()}).value_or(Json());
}

template <class T> Result<std::optional<T>> firstOf(Result<QList<T>> list)
{
    if (!list) {
        return tl::unexpected<Error>(list.error());
    }
    return list->isEmpty() ? std::nullopt : std::optional<T>(std::move(list->first()));
}

} // namespace countersign
