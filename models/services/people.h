// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

namespace countersign {

inline constexpr qsizetype longestName = 80;
/// 1 to longestName printable characters without white space around them.
[[nodiscard]] bool isUsableName(const QString &name);

/// That somebody is not there for a while, or is back.
struct Absence
{
    QString whom; ///< a name or an id
    std::optional<qint64> untilMs; ///< to come, within a year; nothing: back
    QString delegate; ///< a name or an id; empty: nobody acts for them
    QString note; ///< for whoever gets their cases
};

struct AbsenceReceipt
{
    Person person;
    int handedOver = 0; ///< waiting cases that went to the delegate
    int left = 0; ///< that did not: too many at once
};

/// Who may decide. Every person has a key of their own; enrolling one is a signed event.
class People
{
public:
    People(Store &store, KeyRing &keys);

    /// InvalidInput where the name is taken or cannot be printed, or the role is none of reviewer,
    /// lead, auditor.
    [[nodiscard]] QFuture<Result<Person>> add(const QString &name, const QString &role,
                                              const PersonId &by);

    /// What `whom` (a name or an id) may decide, instead of what was said before: roles beside
    /// their own, and by currency the largest amount they may approve ("1000 EUR"); none: no limit.
    /// By leads. Errors: NotFound, NotAllowed, InvalidInput.
    [[nodiscard]] QFuture<Result<Person>> setAuthority(const QString &whom,
                                                       const QStringList &roles,
                                                       const QStringList &limits,
                                                       const PersonId &by);
    /// By the person or a lead. What waits for them goes to their delegate with a note.
    [[nodiscard]] QFuture<Result<AbsenceReceipt>> setAbsence(const Absence &absence,
                                                             const PersonId &by);

private:
    Store &m_store;
    KeyRing &m_keys;
};

} // namespace countersign
