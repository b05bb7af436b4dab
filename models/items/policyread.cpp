// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policyread.h"

namespace countersign {

Result<std::optional<Policy>> readPolicyInForce(Reader &reader)
{
    const auto record = reader.policyInForce();
    if (!record) {
        return tl::unexpected<Error>(record.error());
    }
    if (record->event.isEmpty()) {
        return std::nullopt;
    }
    const auto whole = reader.policyVersion(record->version);
    if (!whole) {
        return tl::unexpected<Error>(whole.error());
    }
    return *whole ? readPolicy((*whole)->document).policy : std::nullopt;
}

Policy everythingToAPerson()
{
    static const Policy policy
        = *readPolicy(QByteArray(R"({"format":"countersign-policy/1","rules":[]})")).policy;
    return policy;
}

} // namespace countersign
