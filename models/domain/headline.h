// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"

namespace countersign {

/// One line of what would happen, for lists and notifications: "Issue refund 1250.00 EUR"; the
/// amount as the agent wrote it. Without an action, the first line of the question. Foreign text.
[[nodiscard]] QString headlineOf(const Proposal &proposal);
/// What tells this case from its like: "damaged order · order: A1 · customer: A. Pérez". Foreign
/// text, empty where nothing is known.
[[nodiscard]] QString subjectOf(const Proposal &proposal);

/// `text` as a single line of at most 200 characters without control characters; invisible and
/// bidi characters stay, to be shown as such.
[[nodiscard]] QString singleLine(const QString &text);
/// "issue_refund", "issueRefund" and "issue-refund" to "Issue refund".
[[nodiscard]] QString humanised(const QString &name);

} // namespace countersign
