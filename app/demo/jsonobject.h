// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <initializer_list>
#include <utility>

namespace countersign::demo {

/// An object literal: `jsonObject({{"id", Json(id)}})`.
[[nodiscard]] inline Json jsonObject(std::initializer_list<std::pair<const char *, Json>> members)
{
    Json::Object list;
    for (const auto &[key, value] : members) {
        list.append({QString::fromLatin1(key), value});
    }
    return Json::object(std::move(list));
}

} // namespace countersign::demo
