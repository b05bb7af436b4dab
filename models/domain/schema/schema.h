// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/json.h"

namespace countersign {

/// Whether `value` meets a JSON Schema (the validation words of draft 7 and 2020-12). Numbers are
/// compared exactly, as written. Nothing is ever loaded: a `$ref` leads into `schema` itself. Pure,
/// bounded in depth and work. InvalidInput: the value does not, with the place and the rule.
/// Protocol: the schema itself cannot be used, so nothing is known about the value.
[[nodiscard]] Result<void> validateAgainst(const Json &schema, const Json &value);

/// One place at which a value breaks a rule.
struct SchemaFault
{
    QString pointer; ///< RFC 6901; of what is missing, where it would stand; "" is the whole
    QString text; ///< what it must be, without the place: "must be at least 1."
    bool format = false; ///< only of `format`, which a server need not hold to
    friend bool operator==(const SchemaFault &, const SchemaFault &) = default;
};

/// What a schema says of a value, as a whole.
struct SchemaVerdict
{
    QList<SchemaFault> faults; ///< in the order of the value, at most `schemaFaultLimit`
    QString unusable; ///< why the schema says nothing at all, a sentence; empty where it does
    friend bool operator==(const SchemaVerdict &, const SchemaVerdict &) = default;
};

inline constexpr int schemaFaultLimit = 200;

/// Every fault rather than the first, and `format` as well. A null schema finds none.
[[nodiscard]] SchemaVerdict judgeBySchema(const Json &schema, const Json &value);

/// A fault with its place, for people: "/amount: must be at least 1."
[[nodiscard]] QString toSentence(const SchemaFault &fault);

} // namespace countersign
