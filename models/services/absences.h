// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/people.h"

namespace countersign {

/// What happens inside the transactions of People. For it.

/// By name (whatever its case) or id; NotFound.
[[nodiscard]] Result<Person> personNamed(Transaction &transaction, const QString &whom);

[[nodiscard]] Result<Person> recordAuthority(Transaction &transaction, const QString &whom,
                                             const QStringList &roles, const QStringList &limits,
                                             const PersonId &by);
[[nodiscard]] Result<AbsenceReceipt> recordAbsence(Transaction &transaction, const Absence &absence,
                                                   const PersonId &by);

} // namespace countersign
