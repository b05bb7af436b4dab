// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/intakerules.h"

namespace countersign {

/// Takes in what endpoints were seen to ask. The same again changes nothing. Observations are taken
/// in the order of the calls, in jobs of at most 200 actions, so that decisions need not wait for a
/// flood.
class Intake
{
public:
    explicit Intake(Store &store);

    [[nodiscard]] QFuture<Result<IntakeSummary>> take(const EndpointId &endpoint,
                                                      const Observation &observation);

private:
    Store &m_store;
};

} // namespace countersign
