// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/evaluation.h"

#include <algorithm>

namespace countersign {

namespace {

Json orNull(const QString &text)
{
    return text.isEmpty() ? Json() : Json(text);
}

Json numberOf(const std::optional<Decimal> &value)
{
    return value ? Json::number(value->toString().toLatin1()) : Json();
}

/// By its place in policyFields().
Json fieldOf(int place, const Proposal &p, const QString &endpointName)
{
    switch (place) {
    case 0:
        return orNull(endpointName);
    case 1:
        return orNull(p.agent);
    case 2:
        return orNull(p.action);
    case 3:
        return orNull(p.caseType);
    case 4:
        return numberOf(p.confidence);
    case 5:
        return numberOf(p.impact.amount);
    case 6:
        return orNull(p.impact.currency);
    case 7:
        return p.impact.people ? Json(*p.impact.people) : Json();
    case 8:
        return Json(toWord(p.risk));
    case 9:
        return Json(toWord(p.reversibility));
    case 10:
        return orNull(p.recommendation);
    case 11:
        return orNull(p.question);
    case 12:
        return Json(qint64(p.uncertainty.size()));
    case 13:
        return Json(p.source.of);
    case 14:
        return orNull(p.reasoning);
    case 15:
        return orNull(p.impact.sentence);
    case 16:
        return Json(qint64(p.evidence.size()));
    case 17:
        return orNull(p.dialect);
    default:
        return {};
    }
}

/// Member by member along the path; nothing where it leads nowhere.
std::optional<Json> valueOf(const PolicyCondition &condition, const Proposal &proposal,
                            const QString &endpointName)
{
    if (condition.place >= 0) {
        Json field = fieldOf(condition.place, proposal, endpointName);
        return field.isNull() ? std::nullopt : std::optional<Json>(std::move(field));
    }
    const Json *value = &proposal.arguments;
    for (int i = 1; i < condition.path.size(); ++i) {
        const QString &step = condition.path[i];
        if (value->isObject() && value->contains(step)) {
            value = &(*value)[step];
        } else if (value->isArray()) {
            bool ok = false;
            const int place = step.toInt(&ok);
            if (!ok || place < 0 || place >= value->items().size()) {
                return std::nullopt;
            }
            value = &value->items()[place];
        } else {
            return std::nullopt;
        }
    }
    return *value;
}

/// Whole text against * and ?, in time linear in both but for one step back per star.
bool matchesPattern(QStringView text, QStringView pattern)
{
    qsizetype t = 0;
    qsizetype p = 0;
    qsizetype star = -1;
    qsizetype from = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            from = t;
        } else if (p < pattern.size() && (pattern[p] == u'?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*') {
        ++p;
    }
    return p == pattern.size();
}

/// Equal values; nothing where the two are of different types, as "42" and 42 are.
std::optional<bool> equal(const Json &a, const Json &b)
{
    if (a.type() != b.type()) {
        return std::nullopt;
    }
    if (a.isNumber()) {
        const auto left = Decimal::parse(a.numberText());
        const auto right = Decimal::parse(b.numberText());
        return left && right ? std::optional<bool>(*left == *right) : std::nullopt;
    }
    return a == b;
}

std::optional<bool> isAmong(const Json &value, const QList<Json> &list)
{
    bool comparable = false;
    for (const Json &item : list) {
        const auto same = equal(value, item);
        if (same == true) {
            return true;
        }
        comparable = comparable || same;
    }
    return comparable ? std::optional<bool>(false) : std::nullopt;
}

std::optional<bool> ordered(Comparison how, const Json &value, const QList<Decimal> &bounds)
{
    const auto number = value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
    if (!number) {
        return std::nullopt;
    }
    const Decimal &first = bounds.first();
    switch (how) {
    case Comparison::Less:
        return *number < first;
    case Comparison::AtMost:
        return *number <= first;
    case Comparison::Greater:
        return *number > first;
    case Comparison::AtLeast:
        return *number >= first;
    default:
        return *number >= first && *number <= bounds.last();
    }
}

std::optional<bool> negated(std::optional<bool> value)
{
    return value ? std::optional<bool>(!*value) : std::nullopt;
}

} // namespace

std::optional<bool> holds(const PolicyCondition &condition, const Proposal &proposal,
                          const QString &endpointName)
{
    const auto value = valueOf(condition, proposal, endpointName);
    const Comparison how = condition.comparison;
    if (how == Comparison::Missing || how == Comparison::Present) {
        return value.has_value() == (how == Comparison::Present);
    }
    if (!value) {
        return std::nullopt;
    }
    switch (how) {
    case Comparison::Equal:
    case Comparison::In:
        return isAmong(*value, condition.values);
    case Comparison::NotEqual:
    case Comparison::NotIn:
        return negated(isAmong(*value, condition.values));
    case Comparison::Matches:
        return value->isString() ? std::optional<bool>(
                   matchesPattern(value->toString(), condition.values.first().toString()))
                                 : std::nullopt;
    default:
        return ordered(how, *value, condition.numbers);
    }
}

} // namespace countersign
