// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"
#include "domain/words.h"

namespace countersign::langgraph {

/// One action of a question.
struct AskedPart
{
    QString action;
    Json arguments = Json::object();
    Json schema; ///< of the arguments
    QString question;
    AllowedDecisions allowed;
    Json request; ///< the part alone, as the agent wrote it
    QStringList marks;
};

/// An interrupt, understood.
struct Asked
{
    QString dialect;
    QList<AskedPart> parts;
    Json answerSchema; ///< of a free answer
    bool rejectCancelsSiblings = false;
};

/// `interrupt` as the server lists it: {id, value, response_schema?}.
[[nodiscard]] Asked understand(const Json &interrupt);

/// The first of `keys` that `object` has; null for none.
[[nodiscard]] const Json &oneOf(const Json &object, std::initializer_list<QStringView> keys);
/// The JSON Schema that the whole answer must meet; null for none.
[[nodiscard]] const Json &responseSchema(const Json &interrupt);

} // namespace countersign::langgraph
