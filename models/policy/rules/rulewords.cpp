// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policydiff.h"
#include "policy/rules/policyreader.h"

namespace countersign {

namespace {

QString subjectOf(const PolicyMatch &match)
{
    QStringList parts{match.action.isEmpty() ? trPolicy("Any action") : match.action};
    if (!match.caseType.isEmpty()) {
        parts.append(trPolicy("for %1").arg(match.caseType));
    }
    if (!match.agent.isEmpty()) {
        parts.append(trPolicy("by %1").arg(match.agent));
    }
    if (match.risk) {
        parts.append(trPolicy("at %1 risk").arg(toWord(*match.risk)));
    }
    return parts.join(QLatin1Char(' '));
}

QString modeOf(PolicyMode mode)
{
    switch (mode) {
    case PolicyMode::Approve:
        return trPolicy("waits for a person");
    case PolicyMode::Review:
        return trPolicy("acts, a person looks before the result is used");
    case PolicyMode::Autonomous:
        return trPolicy("goes by itself");
    case PolicyMode::Block:
        return trPolicy("is not allowed");
    }
    return {};
}

QString valuesOf(const PolicyCondition &condition)
{
    QStringList values;
    for (const Json &value : condition.values) {
        values.append(value.isString() ? QStringLiteral("“%1”").arg(value.toString())
                                       : QString::fromUtf8(toJson(value)));
    }
    return values.join(QLatin1String(", "));
}

QString comparisonOf(const PolicyCondition &condition)
{
    const QString values = valuesOf(condition);
    switch (condition.comparison) {
    case Comparison::Equal:
        return trPolicy("is %1").arg(values);
    case Comparison::NotEqual:
        return trPolicy("is not %1").arg(values);
    case Comparison::Less:
        return trPolicy("is below %1").arg(values);
    case Comparison::AtMost:
        return trPolicy("is at most %1").arg(values);
    case Comparison::Greater:
        return trPolicy("is above %1").arg(values);
    case Comparison::AtLeast:
        return trPolicy("is at least %1").arg(values);
    case Comparison::In:
        return trPolicy("is one of %1").arg(values);
    case Comparison::NotIn:
        return trPolicy("is none of %1").arg(values);
    case Comparison::Between:
        return trPolicy("is within %1").arg(values);
    case Comparison::Missing:
        return trPolicy("is missing");
    case Comparison::Present:
        return trPolicy("is there");
    case Comparison::Matches:
        return trPolicy("reads %1").arg(values);
    }
    return {};
}

QString consequenceOf(const PolicyCondition &condition)
{
    switch (condition.then) {
    case Disposition::Block:
        return trPolicy("not allowed");
    case Disposition::Escalate:
        return trPolicy("to %1").arg(condition.queue);
    case Disposition::Review:
        return trPolicy("a person looks before the result is used");
    default:
        return trPolicy("a person");
    }
}

} // namespace

QString sentenceOf(const PolicyRule &rule)
{
    QStringList bounds;
    const bool alone = rule.mode == PolicyMode::Autonomous || rule.mode == PolicyMode::Review;
    if (alone && rule.minConfidence && *rule.minConfidence > Decimal()) {
        bounds.append(trPolicy("from confidence %1").arg(rule.minConfidence->toString()));
    }
    if (alone && rule.limits) {
        for (auto it = rule.limits->cbegin(); it != rule.limits->cend(); ++it) {
            bounds.append(trPolicy("up to %1 %2").arg(it->toString(), it.key()));
        }
    }
    QString text = subjectOf(rule.match) + QLatin1Char(' ')
        + (rule.mode ? modeOf(*rule.mode) : trPolicy("is treated as the defaults say"));
    if (!bounds.isEmpty()) {
        text += QLatin1Char(' ') + bounds.join(QLatin1String(", "));
    }
    QStringList clauses{text};
    for (const PolicyCondition &condition : rule.conditions.value_or(QList<PolicyCondition>())) {
        clauses.append(
            trPolicy("where %1 %2: %3")
                .arg(condition.field, comparisonOf(condition), consequenceOf(condition)));
    }
    if (rule.queue) {
        clauses.append(trPolicy("queue %1").arg(*rule.queue));
    }
    return clauses.join(QLatin1String("; ")) + QLatin1Char('.');
}

} // namespace countersign
