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

Json fieldOf(const QString &name, const Proposal &p, const QString &endpointName)
{
    if (name == u"confidence") {
        return numberOf(p.confidence);
    }
    if (name == u"amount") {
        return numberOf(p.impact.amount);
    }
    if (name == u"people") {
        return p.impact.people ? Json(*p.impact.people) : Json();
    }
    if (name == u"uncertainty") {
        return Json(qint64(p.uncertainty.size()));
    }
    if (name == u"parts") {
        return Json(p.source.of);
    }
    if (name == u"risk") {
        return Json(toWord(p.risk));
    }
    if (name == u"reversibility") {
        return Json(toWord(p.reversibility));
    }
    const QString text = name == u"endpoint" ? endpointName
        : name == u"agent"                   ? p.agent
        : name == u"action"                  ? p.action
        : name == u"case_type"               ? p.caseType
        : name == u"currency"                ? p.impact.currency
        : name == u"recommendation"          ? p.recommendation
                                             : p.question;
    return orNull(text);
}

/// Member by member along the path; nothing where it leads nowhere.
std::optional<Json> valueOf(const PolicyCondition &condition, const Proposal &proposal,
                            const QString &endpointName)
{
    if (condition.path.first() != u"arguments") {
        const Json field = fieldOf(condition.path.first(), proposal, endpointName);
        return field.isNull() ? std::nullopt : std::optional<Json>(field);
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

std::optional<bool> ordered(Comparison how, const Json &value, const QList<Json> &bounds)
{
    const auto number = value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
    if (!number) {
        return std::nullopt;
    }
    const Decimal first = *Decimal::parse(bounds.first().numberText());
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
        return *number >= first && *number <= *Decimal::parse(bounds.last().numberText());
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
        return ordered(how, *value, condition.values);
    }
}

} // namespace countersign
