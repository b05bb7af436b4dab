// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

namespace countersign {

inline constexpr qsizetype longestName = 80;
/// 1 to longestName printable characters without white space around them.
[[nodiscard]] bool isUsableName(const QString &name);

/// Who may decide. Every person has a key of their own; enrolling one is a signed event.
class People
{
public:
    People(Store &store, KeyRing &keys);

    /// InvalidInput where the name is taken or cannot be printed, or the role is none of reviewer,
    /// lead, auditor.
    [[nodiscard]] QFuture<Result<Person>> add(const QString &name, const QString &role,
                                              const PersonId &by);

private:
    Store &m_store;
    KeyRing &m_keys;
};

} // namespace countersign
