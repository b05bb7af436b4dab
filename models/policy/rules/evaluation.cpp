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

} // namespace

/// Collects what was looked at and keeps the strictest.
class PolicyEvaluator::Judge
{
public:
    /// Without `speaks`, only the disposition is kept.
    Judge(Evaluation &evaluation, const Settled &settled, const Proposal &proposal, bool speaks)
        : m_evaluation(evaluation),
          m_settled(settled),
          m_proposal(proposal),
          m_speaks(speaks)
    {
        m_evaluation.disposition = settled.disposition;
        if (speaks) {
            m_evaluation.reasons.reserve(mostUsual);
        }
    }

    void say(Code code, Disposition to, const QString &left = {}, const QString &right = {},
             const QString &text = {}, const QString &queue = {})
    {
        if (m_speaks) {
            PolicyReason reason{code, to, left, right, text};
            (reason.raises() ? m_evaluation.reasons : m_passed).append(std::move(reason));
        }
        const bool stricter = isStricter(to, m_evaluation.disposition);
        const bool first = to == m_evaluation.disposition && !m_routed;
        if (stricter) {
            m_evaluation.disposition = to;
        }
        if ((stricter || first) && !queue.isEmpty()) {
            m_evaluation.queue = queue; // of those that lead to the same, the first
            m_routed = true;
        }
    }
    void all(bool isDefault, const QString &endpointName, const EvaluationContext &context);

private:
    void confidence();
    void amount();
    void harm();
    void conditions(const QString &endpointName);

    static constexpr int mostUsual = 6;
    Evaluation &m_evaluation;
    const Settled &m_settled;
    const Proposal &m_proposal;
    bool m_speaks;
    bool m_routed = false; ///< a condition named the queue
    QList<PolicyReason> m_passed; ///< something that the rule wants and the case has
};

void PolicyEvaluator::Judge::all(bool isDefault, const QString &endpointName,
                                 const EvaluationContext &context)
{
    say(isDefault ? Code::NoRule : Code::Mode, m_settled.disposition, m_settled.mode);
    if (!context.clockTrusted) {
        say(Code::ClockJumped, Disposition::Approve);
    }
    if (m_proposal.trouble) {
        say(Code::Trouble, Disposition::Approve);
    }
    confidence();
    amount();
    harm();
    conditions(endpointName);
    m_evaluation.reasons += m_passed;
}

void PolicyEvaluator::Judge::confidence()
{
    static const Decimal zero;
    static const Decimal one = *Decimal::parse(QByteArray("1"));
    const auto &given = m_proposal.confidence;
    if (!given) {
        say(Code::ConfidenceMissing, Disposition::Approve);
    } else if (*given < zero || *given > one) {
        say(Code::ConfidenceInvalid, Disposition::Approve, given->toString());
    } else if (*given < *m_settled.rule.minConfidence) {
        say(Code::ConfidenceLow, Disposition::Approve, given->toString(), m_settled.bar);
    } else {
        say(Code::ConfidenceEnough, Disposition::AutoApprove, given->toString(), m_settled.bar);
    }
}

void PolicyEvaluator::Judge::amount()
{
    const Impact &impact = m_proposal.impact;
    const auto &limits = *m_settled.rule.limits;
    if (limits.isEmpty()) {
        return;
    }
    if (!impact.amount) {
        say(Code::AmountMissing, Disposition::Approve);
        return;
    }
    const auto limit = limits.constFind(impact.currency);
    if (limit == limits.cend()) {
        say(Code::CurrencyUnknown, Disposition::Approve, impact.currency);
        return;
    }
    const QString written = impact.amount->toString();
    const bool negative = written.startsWith(QLatin1Char('-')); // its size is what counts
    const auto size = negative ? Decimal::parse(written.mid(1)) : impact.amount;
    const QString amount = written + QLatin1Char(' ') + impact.currency;
    const QString bar = m_settled.limits.value(impact.currency);
    if (!size || *size > *limit) {
        say(Code::AmountAbove, Disposition::Approve, amount, bar);
    } else {
        say(Code::AmountWithin, Disposition::AutoApprove, amount, bar);
    }
}

void PolicyEvaluator::Judge::harm()
{
    const Reversibility worst = *m_settled.rule.worstReversibility;
    if (m_proposal.risk == Risk::Unknown) {
        say(Code::RiskUnknown, Disposition::Approve);
    }
    if (m_proposal.reversibility == Reversibility::Unknown) {
        say(Code::ReversibilityUnknown, Disposition::Approve);
    } else if (int(m_proposal.reversibility) > int(worst)) {
        say(Code::NotReversible, Disposition::Approve, toWord(m_proposal.reversibility),
            toWord(worst));
    }
}

void PolicyEvaluator::Judge::conditions(const QString &endpointName)
{
    for (const PolicyCondition &condition : std::as_const(*m_settled.rule.conditions)) {
        const auto held = holds(condition, m_proposal, endpointName);
        if (!held) {
            // Never more than a person: what cannot be judged must not block either.
            say(Code::ConditionUnclear, Disposition::Approve, condition.field);
        } else if (*held) {
            QStringList values;
            for (const Json &value : m_speaks ? condition.values : QList<Json>()) {
                values.append(value.isString() ? value.toString()
                                               : QString::fromUtf8(toJson(value)));
            }
            say(Code::Condition, condition.then, condition.field,
                toWord(condition.comparison) + QLatin1Char(' ') + values.join(QLatin1String(", ")),
                condition.reason, condition.queue);
        }
    }
}

bool isStricter(Disposition a, Disposition b)
{
    return severity(a) > severity(b);
}

PolicyEvaluator::PolicyEvaluator(Policy policy)
    : m_policy(std::move(policy)),
      m_index(m_policy.rules),
      m_defaults(settled(m_policy.defaults, m_policy.defaults))
{
    m_defaults.ownDue = false;
    for (const PolicyRule &rule : std::as_const(m_policy.rules)) {
        m_settled.append(settled(rule, m_policy.defaults));
    }
}

PolicyEvaluator::Settled PolicyEvaluator::settled(const PolicyRule &rule,
                                                  const PolicyRule &defaults)
{
    Settled made{.rule = rule};
    PolicyRule &whole = made.rule;
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
    made.ownDue = rule.due.has_value();
    made.disposition = dispositionOf(whole);
    made.mode = toWord(*whole.mode);
    made.bar = whole.minConfidence->toString();
    for (auto it = whole.limits->cbegin(); it != whole.limits->cend(); ++it) {
        made.limits.insert(it.key(), it->toString() + QLatin1Char(' ') + it.key());
    }
    return made;
}

qint64 PolicyEvaluator::longestBatchHoldMs() const
{
    qint64 longest = 0;
    for (const Settled &settled : m_settled) {
        if (*settled.rule.batch) {
            longest = std::max(longest, settled.rule.undoMs.value_or(0));
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

int PolicyEvaluator::placeOf(const Proposal &proposal) const
{
    PolicyMatch subject;
    subject.agent = proposal.agent;
    subject.action = proposal.action;
    subject.caseType = proposal.caseType;
    subject.risk = proposal.risk == Risk::Unknown ? Risk::High : proposal.risk;
    return m_index.find(subject);
}

Evaluation PolicyEvaluator::evaluate(const Proposal &proposal, const QString &endpointName,
                                     const EvaluationContext &context) const
{
    const int place = placeOf(proposal);
    const Settled &settled = place < 0 ? m_defaults : m_settled[place];
    const PolicyRule &rule = settled.rule;

    Evaluation evaluation;
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

    Judge(evaluation, settled, proposal, true).all(place < 0, endpointName, context);
    const PolicyQueue *queue = settled.ownDue ? nullptr : m_policy.queue(evaluation.queue);
    if (queue && queue->due) {
        evaluation.due = queue->due;
    }
    return evaluation;
}

Disposition PolicyEvaluator::disposition(const Proposal &proposal, const QString &endpointName,
                                         const EvaluationContext &context) const
{
    const int place = placeOf(proposal);
    Evaluation evaluation;
    Judge(evaluation, place < 0 ? m_defaults : m_settled[place], proposal, false)
        .all(place < 0, endpointName, context);
    return evaluation.disposition;
}

} // namespace countersign
