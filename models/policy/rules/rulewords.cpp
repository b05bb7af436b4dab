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

/// "4 h": the largest unit that says it exactly.
QString spanOf(qint64 ms)
{
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    return ms % day == 0      ? trPolicy("%1 d").arg(ms / day)
        : ms % hour == 0      ? trPolicy("%1 h").arg(ms / hour)
        : ms % minute == 0    ? trPolicy("%1 min").arg(ms / minute)
                              : trPolicy("%1 s").arg(ms / second);
}

QString happeningOf(const PolicyRule &rule)
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
    QString text = rule.mode ? wordOf(*rule.mode) : trPolicy("is treated as the defaults say");
    if (!bounds.isEmpty()) {
        text += QLatin1Char(' ') + bounds.join(QLatin1String(", "));
    }
    QStringList clauses{text};
    for (const PolicyCondition &condition : rule.conditions.value_or(QList<PolicyCondition>())) {
        clauses.append(sentenceOf(condition));
    }
    if (alone && rule.spotCheckRate && *rule.spotCheckRate > Decimal()) {
        clauses.append(trPolicy("spot-checked at %1").arg(rule.spotCheckRate->toString()));
    }
    return clauses.join(QLatin1String("; "));
}

QString peopleOf(const PolicyRule &rule)
{
    QStringList parts;
    if (rule.queue) {
        parts.append(trPolicy("queue %1").arg(*rule.queue));
    }
    if (rule.authority == QLatin1String("lead")) {
        parts.append(trPolicy("a lead"));
    }
    if (rule.approvers && *rule.approvers > 1) {
        parts.append(trPolicy("%1 people").arg(*rule.approvers));
    }
    return parts.join(QLatin1String(", "));
}

} // namespace

QString wordOf(PolicyMode mode)
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

QString sentenceOf(const PolicyCondition &condition)
{
    return trPolicy("where %1 %2: %3")
        .arg(condition.field, comparisonOf(condition), consequenceOf(condition));
}

QString sentenceOf(const PolicyDue &due)
{
    QStringList parts{due.businessHours ? trPolicy("%1 of business").arg(spanOf(due.afterMs))
                                        : spanOf(due.afterMs)};
    switch (due.atZero) {
    case AtZero::Wait:
        parts.append(trPolicy("then it goes on waiting"));
        break;
    case AtZero::Remind:
        parts.append(trPolicy("then somebody is reminded"));
        break;
    case AtZero::Reject:
        parts.append(trPolicy("then it is rejected"));
        break;
    case AtZero::Escalate:
        for (const PolicyStep &step : due.path) {
            parts.append(step.afterMs > 0
                             ? trPolicy("after %1 to %2").arg(spanOf(step.afterMs), step.queue)
                             : trPolicy("then to %1").arg(step.queue));
        }
        break;
    }
    return parts.join(QLatin1String(", "));
}

RuleWords wordsOf(const PolicyRule &rule)
{
    return {.cases = subjectOf(rule.match),
            .happens = happeningOf(rule),
            .people = peopleOf(rule),
            .time = rule.due ? sentenceOf(*rule.due) : QString()};
}

QString sentenceOf(const PolicyRule &rule)
{
    const RuleWords words = wordsOf(rule);
    QStringList clauses{words.cases + QLatin1Char(' ') + words.happens};
    if (!words.people.isEmpty()) {
        clauses.append(words.people);
    }
    if (!words.time.isEmpty()) {
        clauses.append(trPolicy("due after %1").arg(words.time));
    }
    return clauses.join(QLatin1String("; ")) + QLatin1Char('.');
}

} // namespace countersign
