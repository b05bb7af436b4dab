// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

namespace countersign {

/// One place at which two values differ.
struct JsonChange
{
    QString path; ///< "customer.address"; empty for the whole
    std::optional<Json> before; ///< nothing where it was not there
    std::optional<Json> after;
};

/// Every difference, objects member by member, arrays and scalars whole. Numbers by their written
/// form.
[[nodiscard]] QList<JsonChange> jsonChanges(const Json &before, const Json &after);
/// A value on one line for people: text bare, all else as JSON.
[[nodiscard]] QString jsonText(const Json &value);

} // namespace countersign
