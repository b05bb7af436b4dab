// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/words.h"

namespace countersign {

/// What policy says of deciding many cases in one act.
struct BatchRule
{
    Risk worst = Risk::Low; ///< cases of a worse risk are decided one by one
    QString sentence; ///< says so, for people
    QString policy; ///< the version that says so: "policy v1"

    [[nodiscard]] bool takes(Risk risk) const { return risk <= worst; } // unknown is the worst
};

} // namespace countersign
