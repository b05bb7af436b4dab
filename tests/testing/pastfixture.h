// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/past.h"
#include "policy/rules/policy.h"
#include "testing/storefixture.h"

namespace countersign {

/// A profile with a believable past: so many cases over 60 days.
struct PastFixture
{
    static constexpr qint64 dayMs = 86'400'000;
    StoreFixture base;
    PastMaker maker{20261128};

    void open(qint64 cases)
    {
        if (const auto error = base.open()) {
            qFatal("%s", qPrintable(error->text));
        }
        (void)base.write<EventRecord>(
            [](Transaction &tx) -> Result<EventRecord> { return PastMaker::endpoint(tx); });
        const int pieces = 30;
        const auto filled = maker.fill(*base.store, 0, cases, int(cases / pieces) + 1,
                                       [this](qint64) { base.clock.advance(2 * dayMs); });
        if (!filled) {
            qFatal("%s", qPrintable(filled.error().text));
        }
    }
};

[[nodiscard]] inline Policy policyFrom(const QByteArray &rules)
{
    const PolicyReading reading
        = readPolicy(R"({"format":"countersign-policy/1","rules":[)" + rules + "]}");
    if (!reading.policy) {
        qFatal("%s", qPrintable(reading.faults.first().text));
    }
    return *reading.policy;
}

} // namespace countersign
