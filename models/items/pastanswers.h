// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/edithabits.h"
#include "store/reader.h"

namespace countersign {

/// What this person approved lately, with or without changes, of what is like `subject`: the same
/// endpoint, agent, action and case type. Newest first, no more than editHabits() looks at. On the
/// thread of the reader.
[[nodiscard]] Result<QList<PastAnswer>> pastAnswers(Reader &reader, const Case &subject,
                                                    const PersonId &person);

} // namespace countersign
