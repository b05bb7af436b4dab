// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/endpoint.h"
#include "domain/review.h"
#include "store/store.h"

namespace countersign {

/// Cases whose right answer is known, written by a lead. JSON lines, each
///   {"case": {…}, "right": ["reject", …], "why": "a sentence for afterwards"}
/// where the case is that of countersign/1 (OpenAPI: Case) without id, state, digest and parts.

struct KnownLine
{
    Proposal proposal;
    KnownAnswer known;
};

struct KnownFile
{
    QList<KnownLine> lines;
    QStringList bad; ///< "Line 3: …", a sentence each
};

/// Strict: what is unknown, missing or of the wrong kind makes a bad line, and so do answers that
/// the case does not allow. Empty lines are none. Pure.
[[nodiscard]] KnownFile readKnownFile(const QByteArray &bytes, const Endpoint &endpoint);

/// Adds them for an endpoint, from where they are mixed in at the known-answer rate; those that are
/// there already are left out. How many were added. NotAllowed for all but leads and the owner.
[[nodiscard]] Result<int> recordKnownFile(Transaction &transaction, const EndpointId &endpoint,
                                          const QList<KnownLine> &lines, const PersonId &person);

} // namespace countersign
