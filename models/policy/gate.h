// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/batchrule.h"
#include "domain/proposal.h"

namespace countersign {

/// What policy says of a proposal, and why.
struct Gate
{
    Disposition disposition = Disposition::Approve;
    QString queue;
    QStringList reasons; ///< whole sentences, never empty
    QString policy; ///< the version that said so: "policy v1"
};

/// The built-in policy: every action waits for a person. Pure.
[[nodiscard]] Gate gate(const Proposal &proposal);

/// The same policy on batches: what may do great harm is looked at one by one.
[[nodiscard]] BatchRule batchRule();

} // namespace countersign
