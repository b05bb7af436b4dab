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
    /// `desk` (where given, it outlives this) says what policy makes of each; without one all of it
    /// waits for a person.
    explicit Intake(Store &store, const PolicyDesk *desk = nullptr);

    [[nodiscard]] QFuture<Result<IntakeSummary>> take(const EndpointId &endpoint,
                                                      const Observation &observation);

private:
    Store &m_store;
    const PolicyDesk *m_desk;
};

} // namespace countersign
