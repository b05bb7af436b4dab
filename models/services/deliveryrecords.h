// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "services/policydesk.h"
#include "store/store.h"

namespace countersign {

/// What happens inside the transactions around a send. For Delivery.

/// Whether a stop keeps an entry from going out.
[[nodiscard]] bool isStopped(const OutboxEntry &entry, const QList<StopOrder> &stops);

/// Appends decision.sent for those of `entries` that are still due, and gives what is to go out.
/// Nothing is appended for a decision whose proposal is not the one it was made on (intake has
/// superseded it), and for none that was held past its time: decision.expired has it asked again.
[[nodiscard]] Result<QList<Dispatch>> recordSending(Transaction &transaction,
                                                    const QList<OutboxId> &entries,
                                                    const PolicyDesk *desk = nullptr);

/// Appends the end of a try and takes in what the endpoint was seen to ask.
[[nodiscard]] Result<void> recordReport(Transaction &transaction, const EndpointId &endpoint,
                                        const Dispatch &dispatch, const DeliveryReport &report,
                                        const PolicyDesk *desk = nullptr);

} // namespace countersign
