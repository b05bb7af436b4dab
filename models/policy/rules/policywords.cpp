// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policy.h"

#include <array>

namespace countersign {

namespace {

template <class Enum, size_t Count> using Table = std::array<std::pair<Enum, const char *>, Count>;

constexpr Table<PolicyMode, 4> modes{{{PolicyMode::Approve, "approve"},
                                      {PolicyMode::Review, "review"},
                                      {PolicyMode::Autonomous, "autonomous"},
                                      {PolicyMode::Block, "block"}}};
constexpr Table<AtZero, 4> atZeros{{{AtZero::Wait, "wait"},
                                    {AtZero::Remind, "remind"},
                                    {AtZero::Escalate, "escalate"},
                                    {AtZero::Reject, "reject"}}};
constexpr Table<Comparison, 12> comparisons{{{Comparison::Equal, "eq"},
                                             {Comparison::NotEqual, "ne"},
                                             {Comparison::Less, "lt"},
                                             {Comparison::AtMost, "le"},
                                             {Comparison::Greater, "gt"},
                                             {Comparison::AtLeast, "ge"},
                                             {Comparison::In, "in"},
                                             {Comparison::NotIn, "not_in"},
                                             {Comparison::Between, "between"},
                                             {Comparison::Missing, "missing"},
                                             {Comparison::Present, "present"},
                                             {Comparison::Matches, "matches"}}};

template <class Enum, size_t Count> QString wordOf(const Table<Enum, Count> &table, Enum value)
{
    for (const auto &[member, word] : table) {
        if (member == value) {
            return QString::fromLatin1(word);
        }
    }
    return {};
}

template <class Enum, size_t Count>
std::optional<Enum> memberOf(const Table<Enum, Count> &table, const QString &wanted)
{
    for (const auto &[member, word] : table) {
        if (wanted == QLatin1String(word)) {
            return member;
        }
    }
    return std::nullopt;
}

} // namespace

QString toWord(PolicyMode value)
{
    return wordOf(modes, value);
}
QString toWord(AtZero value)
{
    return wordOf(atZeros, value);
}
QString toWord(Comparison value)
{
    return wordOf(comparisons, value);
}
template <> std::optional<PolicyMode> fromWord(const QString &word)
{
    return memberOf(modes, word);
}
template <> std::optional<AtZero> fromWord(const QString &word)
{
    return memberOf(atZeros, word);
}
template <> std::optional<Comparison> fromWord(const QString &word)
{
    return memberOf(comparisons, word);
}

} // namespace countersign
