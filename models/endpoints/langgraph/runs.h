// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/langgraph/api.h"

/// What runs and answers to them mean for a delivery. Pure.
namespace countersign::langgraph {

[[nodiscard]] QString threadOf(const Dispatch &dispatch);
[[nodiscard]] QString questionOf(const Dispatch &dispatch);

[[nodiscard]] DeliveryReport reportOf(const Dispatch &dispatch, DeliveryReport::Outcome outcome,
                                      const Failure &failure);
[[nodiscard]] Failure busyFailure();
/// What a failed POST of an answer means; nothing where the thread was busy.
[[nodiscard]] std::optional<DeliveryReport::Outcome> outcomeOf(const Failure &failure);

/// Open, and the same in every part as when it was decided.
[[nodiscard]] bool isStillAsked(const Dispatch &dispatch, const QList<Proposal> &now);
/// What a run of ours says about itself: decision_id, decision_ids, reviewer.
[[nodiscard]] Json runMetadata(const QList<Dispatch> &dispatches);
/// The dispatches that `run` carries.
[[nodiscard]] QList<Dispatch> namedIn(const Json &run, const QList<Dispatch> &dispatches);
[[nodiscard]] bool isUnderWay(const Json &run);
[[nodiscard]] Json receiptOf(const Json &run);
/// What the agent said when it failed.
[[nodiscard]] QString errorOf(const Json &state);

/// How an answer of ours ended: from its run, all runs of the thread, and the thread after it.
[[nodiscard]] DeliveryReport judge(const Dispatch &dispatch, const Json &run, const Json &runs,
                                   const Json &thread, const Json &state);
/// Why an answer is not sent: who was first, or what stands in its place (`now`).
[[nodiscard]] DeliveryReport lostReport(const Dispatch &dispatch, const QList<Proposal> &now,
                                        const Json &runs, const Json &thread);

} // namespace countersign::langgraph
