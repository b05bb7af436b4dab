// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"

namespace countersign {

/// What rows are ordered by, each in the direction in which one works.
enum class InboxColumn
{
    Due, ///< soonest first, none last
    Risk, ///< worst first
    Age, ///< oldest first
    Amount, ///< largest first, none last
    Confidence, ///< lowest first, unknown before
    CaseType, ///< texts: A to Z
    Action,
    Agent,
    Endpoint, ///< by name
    Queue
};
inline constexpr InboxColumn allInboxColumns[]
    = {InboxColumn::Due,        InboxColumn::Risk,     InboxColumn::Age,    InboxColumn::Amount,
       InboxColumn::Confidence, InboxColumn::CaseType, InboxColumn::Action, InboxColumn::Agent,
       InboxColumn::Endpoint,   InboxColumn::Queue};

/// Groups stand A to Z, or by time; what is alone in its group stands in one group at the end.
enum class InboxGroup
{
    None,
    CaseType,
    Action,
    Queue,
    Due
};
inline constexpr InboxGroup allInboxGroups[] = {
    InboxGroup::None, InboxGroup::CaseType, InboxGroup::Action, InboxGroup::Queue, InboxGroup::Due};

struct InboxSortKey
{
    InboxColumn column = InboxColumn::Due;
    bool reversed = false;
    friend bool operator==(const InboxSortKey &, const InboxSortKey &) = default;
};

/// How the list is arranged. Rows that all keys leave equal stand by age, then by id. With the keys
/// that it begins with, parts of one question stand together, in their order, where the first of
/// them would.
struct InboxOrder
{
    InboxGroup group = InboxGroup::None;
    QList<InboxSortKey> keys{{InboxColumn::Due}, {InboxColumn::Risk}, {InboxColumn::Age}};
    friend bool operator==(const InboxOrder &, const InboxOrder &) = default;
};

/// For settings and the command line: "-amount,due" (a minus reverses), "case_type".
[[nodiscard]] QString toWord(InboxColumn column);
[[nodiscard]] QString toWord(InboxGroup group);
[[nodiscard]] QString toWords(const QList<InboxSortKey> &keys);
/// Nothing where a word is unknown or twice.
[[nodiscard]] std::optional<QList<InboxSortKey>> inboxKeysFromWords(const QString &words);
[[nodiscard]] InboxGroup inboxGroupFromWord(const QString &word); ///< None where unknown

/// When a case is due, as headings tell it.
enum class DueBand
{
    Overdue,
    Hour, ///< within one
    Today, ///< until midnight, local time
    Tomorrow,
    Week, ///< within seven days
    Later,
    None
};
inline constexpr int dueBandCount = 7;

/// The bands as they lie at one moment.
class DueBands
{
public:
    explicit DueBands(qint64 nowMs);
    [[nodiscard]] DueBand of(const std::optional<qint64> &dueMs) const;

private:
    qint64 m_from[dueBandCount - 1]; // where each band begins
};

/// How texts stand: case decides only between what is else the same.
[[nodiscard]] bool isTextBefore(const QString &a, const QString &b);
/// Whether `a` stands before `b`, groups and parts aside. The plain form of what InboxModel does at
/// speed.
[[nodiscard]] bool isBefore(const QList<InboxSortKey> &keys, const InboxRow &a, const InboxRow &b);

} // namespace countersign
