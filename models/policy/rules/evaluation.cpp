// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/evaluation.h"

#include <algorithm>

namespace countersign {

namespace {

using Code = PolicyReason::Code;

int severity(Disposition value)
{
    return int(value); // the vocabulary's order is from free to strict
}

Disposition dispositionOf(const PolicyRule &rule)
{
    switch (*rule.mode) {
    case PolicyMode::Approve:
        return Disposition::Approve;
    case PolicyMode::Review:
        return Disposition::Review;
    case PolicyMode::Autonomous:
        return *rule.spotCheckRate > Decimal() ? Disposition::SpotCheck : Disposition::AutoApprove;
    case PolicyMode::Block:
        return Disposition::Block;
    }
    return Disposition::Approve;
}

/// The rule with what it leaves open taken from the defaults.
PolicyRule settled(const PolicyRule &rule, const PolicyRule &defaults)
{
    PolicyRule whole = rule;
    const auto fill = [](auto &mine, const auto &theirs) -> void {
        if (!mine) {
            mine = theirs;
        }
    };
    fill(whole.mode, defaults.mode);
    fill(whole.minConfidence, defaults.minConfidence);
    fill(whole.limits, defaults.limits);
    fill(whole.worstReversibility, defaults.worstReversibility);
    fill(whole.conditions, defaults.conditions);
    fill(whole.queue, defaults.queue);
    fill(whole.authority, defaults.authority);
    fill(whole.approvers, defaults.approvers);
    fill(whole.due, defaults.due);
    fill(whole.undoMs, defaults.undoMs);
    fill(whole.batch, defaults.batch);
    fill(whole.typedReason, defaults.typedReason);
    fill(whole.spotCheckRate, defaults.spotCheckRate);
    fill(whole.rungCap, defaults.rungCap);
    return whole;
}

/// Collects what was looked at and keeps the strictest.
class Judge
{
public:
    explicit Judge(Evaluation &evaluation) : m_evaluation(evaluation) { }

    void say(Code code, Disposition to, const QString &left = {}, const QString &right = {},
             const QString &text = {}, const QString &queue = {})
    {
        m_evaluation.reasons.append({code, to, left, right, text});
        if (isStricter(to, m_evaluation.disposition)) {
            m_evaluation.disposition = to;
            if (!queue.isEmpty()) {
                m_evaluation.queue = queue;
            }
        }
    }
    /// Something that a rule wants and the case has.
    void pass(Code code, const QString &left, const QString &right)
    {
        m_evaluation.reasons.append({code, Disposition::AutoApprove, left, right, {}});
    }

private:
    Evaluation &m_evaluation;
};

void judgeConfidence(Judge &judge, const PolicyRule &rule, const Proposal &p)
{
    static const Decimal zero;
    static const Decimal one = *Decimal::parse(QByteArray("1"));
    const QString bar = rule.minConfidence->toString();
    if (!p.confidence) {
        judge.say(Code::ConfidenceMissing, Disposition::Approve);
    } else if (*p.confidence < zero || *p.confidence > one) {
        judge.say(Code::ConfidenceInvalid, Disposition::Approve, p.confidence->toString());
    } else if (*p.confidence < *rule.minConfidence) {
        judge.say(Code::ConfidenceLow, Disposition::Approve, p.confidence->toString(), bar);
    } else {
        judge.pass(Code::ConfidenceEnough, p.confidence->toString(), bar);
    }
}

void judgeAmount(Judge &judge, const PolicyRule &rule, const Proposal &p)
{
    if (rule.limits->isEmpty()) {
        return;
    }
    if (!p.impact.amount) {
        judge.say(Code::AmountMissing, Disposition::Approve);
        return;
    }
    const QString written = p.impact.amount->toString();
    const QString amount = written + QLatin1Char(' ') + p.impact.currency;
    const auto limit = rule.limits->constFind(p.impact.currency);
    if (limit == rule.limits->cend()) {
        judge.say(Code::CurrencyUnknown, Disposition::Approve, p.impact.currency);
        return;
    }
    const auto size
        = Decimal::parse(written.startsWith(QLatin1Char('-')) ? written.mid(1) : written);
    const QString bar = limit->toString() + QLatin1Char(' ') + p.impact.currency;
    if (!size || *size > *limit) {
        judge.say(Code::AmountAbove, Disposition::Approve, amount, bar);
    } else {
        judge.pass(Code::AmountWithin, amount, bar);
    }
}

void judgeHarm(Judge &judge, const PolicyRule &rule, const Proposal &p)
{
    if (p.risk == Risk::Unknown) {
        judge.say(Code::RiskUnknown, Disposition::Approve);
    }
    if (p.reversibility == Reversibility::Unknown) {
        judge.say(Code::ReversibilityUnknown, Disposition::Approve);
    } else if (int(p.reversibility) > int(*rule.worstReversibility)) {
        judge.say(Code::NotReversible, Disposition::Approve, toWord(p.reversibility),
                  toWord(*rule.worstReversibility));
    }
}

void judgeConditions(Judge &judge, const PolicyRule &rule, const Proposal &p,
                     const QString &endpointName)
{
    for (const PolicyCondition &condition : std::as_const(*rule.conditions)) {
        const auto held = holds(condition, p, endpointName);
        QStringList values;
        for (const Json &value : condition.values) {
            values.append(value.isString() ? value.toString() : QString::fromUtf8(toJson(value)));
        }
        if (!held) {
            // Never more than a person: what cannot be judged must not block either.
            judge.say(Code::ConditionUnclear, Disposition::Approve, condition.field);
        } else if (*held) {
            judge.say(Code::Condition, condition.then, condition.field,
                      toWord(condition.comparison) + QLatin1Char(' ')
                          + values.join(QLatin1String(", ")),
                      condition.reason, condition.queue);
        }
    }
}

} // namespace

bool isStricter(Disposition a, Disposition b)
{
    return severity(a) > severity(b);
}

PolicyEvaluator::PolicyEvaluator(Policy policy)
    : m_policy(std::move(policy)),
      m_index(m_policy.rules)
{
    for (const PolicyRule &rule : std::as_const(m_policy.rules)) {
        m_settled.append(settled(rule, m_policy.defaults));
    }
}

qint64 PolicyEvaluator::longestBatchHoldMs() const
{
    qint64 longest = 0;
    for (const PolicyRule &rule : m_settled) {
        if (*rule.batch) {
            longest = std::max(longest, rule.undoMs.value_or(0));
        }
    }
    return longest;
}

Evaluation PolicyEvaluator::unreadable(const QString &why)
{
    Evaluation evaluation;
    evaluation.reasons.append({Code::Unreadable, Disposition::Approve, {}, {}, why});
    return evaluation;
}

Evaluation PolicyEvaluator::evaluate(const Proposal &proposal, const QString &endpointName,
                                     const EvaluationContext &context) const
{
    PolicyMatch subject;
    subject.agent = proposal.agent;
    subject.action = proposal.action;
    subject.caseType = proposal.caseType;
    subject.risk = proposal.risk == Risk::Unknown ? Risk::High : proposal.risk;
    const int place = m_index.find(subject);
    const PolicyRule &rule = place < 0 ? m_policy.defaults : m_settled[place];

    Evaluation evaluation;
    evaluation.disposition = dispositionOf(rule);
    evaluation.rule = rule.id;
    evaluation.queue = *rule.queue;
    evaluation.authority = *rule.authority;
    evaluation.approvers = *rule.approvers;
    evaluation.due = rule.due;
    evaluation.undoMs = rule.undoMs;
    evaluation.batch = *rule.batch;
    evaluation.typedReason = *rule.typedReason;
    evaluation.spotCheckRate = *rule.spotCheckRate;
    evaluation.rungCap = *rule.rungCap;

    Judge judge(evaluation);
    judge.say(place < 0 ? Code::NoRule : Code::Mode, evaluation.disposition, toWord(*rule.mode));
    if (!context.clockTrusted) {
        judge.say(Code::ClockJumped, Disposition::Approve);
    }
    if (proposal.trouble) {
        judge.say(Code::Trouble, Disposition::Approve);
    }
    judgeConfidence(judge, rule, proposal);
    judgeAmount(judge, rule, proposal);
    judgeHarm(judge, rule, proposal);
    judgeConditions(judge, rule, proposal, endpointName);
    std::stable_partition(evaluation.reasons.begin(), evaluation.reasons.end(),
                          [](const PolicyReason &reason) -> bool { return reason.raises(); });
    return evaluation;
}

} // namespace countersign
