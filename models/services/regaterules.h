// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/policydesk.h"

namespace countersign {

/// What another policy, or the end of a stop, makes of cases that wait already. For Regating.

/// What policy says now of a waiting part of a question, where that is something else than before.
struct NewGate
{
    Case subject;
    Gate gate;
};

/// Of every waiting part of the question that `any` belongs to. A part that a person has in hand
/// stays with people, whatever policy says; one that is decided is left alone.
[[nodiscard]] Result<QList<NewGate>> newGates(Reader &reader, const PolicyDesk &desk,
                                              const PolicyStanding &standing, const CaseId &any,
                                              qint64 nowMs);

/// Records it, and lets policy decide what goes by itself now. `byPeople`: nothing does. How many
/// cases it is.
[[nodiscard]] Result<int> recordNewGates(Transaction &transaction, const PolicyDesk &desk,
                                         const PolicyStanding &standing, const CaseId &any,
                                         bool byPeople);

} // namespace countersign
