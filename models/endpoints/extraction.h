// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/endpoint.h"
#include "domain/proposal.h"

namespace countersign {

/// What extraction pointers lead into. Pure.
struct ExtractionInput
{
    Json value; ///< the question's payload
    Json values; ///< the thread's state
    Json metadata; ///< the thread's metadata
    Json action; ///< this part alone: the action request as the endpoint sent it
};

/// Fills `proposal` by the rules of `endpoint`. What cannot be used (a confidence of 1.4, a risk of
/// "huge") stays unknown and leaves a mark that says so.
void extract(const Endpoint &endpoint, const ExtractionInput &input, Proposal &proposal);

/// "FIELD=POINTER" or "FIELD=:constant" from the command line, merged into `rules` (a pointer and a
/// constant for one field go together: the constant is the fallback). InvalidInput names the fault.
[[nodiscard]] Result<void> addExtractionRule(const QString &written,
                                             QMap<QString, ExtractionRule> &rules);

} // namespace countersign
