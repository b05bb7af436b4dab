// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace countersign {

/// What `decide` on one case and on many have in common.

/// What was asked for in words, without the case.
[[nodiscard]] Result<DecisionRequest> requestedDecision(const Arguments &arguments,
                                                        const QString &kind);
/// Of --wait.
[[nodiscard]] Result<std::optional<qint64>> waitMs(const Arguments &arguments);

/// What failed inside is no refusal.
[[nodiscard]] bool isRefusal(ErrorCode code);
[[nodiscard]] Json refusalForm(const Error &error);
[[nodiscard]] Json receiptForm(const DecisionReceipt &receipt);

/// Delivers one decision and waits for its end, at most until the deadline.
[[nodiscard]] QCoro::Task<Outcome> deliverDecision(Profile &profile, DecisionId id,
                                                   qint64 deadlineMs);

/// Whether it is not just one case that is to be decided.
[[nodiscard]] bool isForMany(const Arguments &arguments);
/// Decides all cases that are named, or that a filter takes. Prints an array with an entry for
/// each; the exit code is the worst.
[[nodiscard]] QCoro::Task<Outcome> decideMany(Profile &profile, const Arguments &arguments);

} // namespace countersign
