// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/proposal.h"
#include "policy/rules/policyindex.h"

namespace countersign {

/// One thing that policy looked at, kept as data with the case; sentenceOf() words it.
struct PolicyReason
{
    enum class Code
    {
        Mode, ///< what the rule says where nothing speaks against it
        NoRule, ///< no rule speaks of this action
        ConfidenceMissing,
        ConfidenceInvalid, ///< not within 0..1
        ConfidenceLow,
        ConfidenceEnough,
        AmountMissing,
        CurrencyUnknown, ///< the rule has no limit in it
        AmountAbove,
        AmountWithin,
        NotReversible,
        ReversibilityUnknown,
        RiskUnknown,
        Condition, ///< one holds
        ConditionUnclear, ///< one cannot be judged: another type, or the field is missing
        Trouble, ///< the case cannot be answered as it is
        ClockJumped,
        Unreadable ///< the policy itself
    };
    Code code = Code::Mode;
    Disposition to = Disposition::Approve; ///< what it leads to at least
    QString left; ///< what the case has: "0.71", "600 EUR"
    QString right; ///< what it is held against: "0.80"
    QString text; ///< the author's own sentence, where there is one

    [[nodiscard]] bool raises() const; ///< speaks for a person rather than for acting alone
    [[nodiscard]] Json toJson() const;
    friend bool operator==(const PolicyReason &, const PolicyReason &) = default;
};
[[nodiscard]] QString sentenceOf(const PolicyReason &reason);

struct Evaluation
{
    Disposition disposition = Disposition::Approve;
    QString rule; ///< its id; empty where the defaults decided
    QString queue;
    QString authority;
    int approvers = 1;
    std::optional<PolicyDue> due;
    std::optional<qint64> undoMs; ///< nothing: by risk, as ever
    bool batch = false;
    bool typedReason = false;
    Decimal spotCheckRate; ///< of what acts by itself
    QString rungCap;
    QList<PolicyReason> reasons; ///< never empty; what raised it first, then what it passed

    /// "Why am I asked?": the sentences of what raised it; where nothing did, of everything:
    /// "Why was this automatic?"
    [[nodiscard]] QStringList sentences() const;
};

/// What the world is like while policy is asked.
struct EvaluationContext
{
    bool clockTrusted = true; ///< false after the clock jumped, until a person has looked
};

/// Answers for one policy. Pure and deterministic: equal proposals, equal answers. It fails to the
/// person: whatever is missing, out of range or of another type than it should be can only make the
/// answer stricter. Copies are cheap; reentrant.
class PolicyEvaluator
{
public:
    explicit PolicyEvaluator(Policy policy);
    /// Nothing passes: `why` is the sentence.
    [[nodiscard]] static Evaluation unreadable(const QString &why);

    [[nodiscard]] Evaluation evaluate(const Proposal &proposal, const QString &endpointName,
                                      const EvaluationContext &context = {}) const;
    /// The disposition of evaluate() alone, for walks over millions.
    [[nodiscard]] Disposition disposition(const Proposal &proposal, const QString &endpointName,
                                          const EvaluationContext &context = {}) const;
    [[nodiscard]] const Policy &policy() const { return m_policy; }
    /// The longest undo window of what may be decided in a batch; 0 where no rule names one.
    [[nodiscard]] qint64 longestBatchHoldMs() const;

private:
    /// A rule with what it leaves open filled in, and the words that every reason needs.
    struct Settled
    {
        PolicyRule rule;
        bool ownDue = false; ///< rather than what the defaults say
        Disposition disposition = Disposition::Approve;
        QString mode;
        QString bar; ///< of confidence
        QMap<QString, QString> limits; ///< "500 EUR", by currency
    };
    class Judge;
    [[nodiscard]] static Settled settled(const PolicyRule &rule, const PolicyRule &defaults);
    [[nodiscard]] int placeOf(const Proposal &proposal) const; ///< of its rule; -1: the defaults

    Policy m_policy;
    PolicyIndex m_index;
    Settled m_defaults;
    QList<Settled> m_settled;
};

/// auto-approve < spot-check < review < approve < escalate < block
[[nodiscard]] bool isStricter(Disposition a, Disposition b);

/// Whether a condition holds for a proposal; nothing where that cannot be judged.
[[nodiscard]] std::optional<bool> holds(const PolicyCondition &condition, const Proposal &proposal,
                                        const QString &endpointName);

} // namespace countersign
