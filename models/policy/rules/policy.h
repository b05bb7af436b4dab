// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decimal.h"
#include "domain/json.h"
#include "domain/words.h"
#include "policy/rules/businesshours.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace countersign {

/// How an action that a rule covers may run while nothing speaks against it.
enum class PolicyMode
{
    Approve, ///< a person before the action
    Review, ///< done, its result withheld until a person has looked
    Autonomous, ///< done; a share of it is spot-checked
    Block ///< rejected by policy
};

/// What happens to a case that nobody decided in time. Approving cannot be said.
enum class AtZero
{
    Wait,
    Remind,
    Escalate,
    Reject
};

enum class Comparison
{
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
    NotIn,
    Between, ///< both ends included
    Missing,
    Present,
    Matches ///< whole text, `*` any run and `?` any one character, case counts
};

/// "Where `field` compares so, then at least `then`." `field` is a JSON Pointer: into the arguments
/// below /arguments, else one of policyFields().
struct PolicyCondition
{
    QString field;
    QStringList path; ///< the pointer's steps, unescaped
    int place = -1; ///< of `field` in policyFields(); -1: into the arguments
    QList<Decimal> numbers; ///< `values` where all of them are numbers
    Comparison comparison = Comparison::Equal;
    QList<Json> values; ///< one, two for Between, any number for In and NotIn, none for Missing…
    Disposition then = Disposition::Approve; ///< Review, Approve, Escalate or Block
    QString reason; ///< the author's own sentence; empty: made from the condition
    QString queue; ///< where `then` sends it; empty: the rule's own
    friend bool operator==(const PolicyCondition &, const PolicyCondition &) = default;
};

/// One step of an escalation.
struct PolicyStep
{
    qint64 afterMs = 0; ///< the step before, of the same kind of time; 0 for the first: at zero
    QString queue;
    friend bool operator==(const PolicyStep &, const PolicyStep &) = default;
};

struct PolicyDue
{
    qint64 afterMs = 0; ///< from the first sight of the case, > 0
    bool businessHours = false; ///< all times of it pause outside Policy::hours
    AtZero atZero = AtZero::Wait;
    QList<PolicyStep> path; ///< Escalate: at least one step
    friend bool operator==(const PolicyDue &, const PolicyDue &) = default;
};

/// Which proposals a rule speaks of; empty members do not restrict. A proposal of unknown risk
/// counts as high.
struct PolicyMatch
{
    QString agent;
    QString action;
    QString caseType;
    std::optional<Risk> risk; ///< never Unknown
    [[nodiscard]] int specificity() const; ///< how many members restrict
    friend bool operator==(const PolicyMatch &, const PolicyMatch &) = default;
};

/// One row of the risk map. One rule alone decides a proposal, the most specific that matches; what
/// it leaves open the document's `defaults` say.
struct PolicyRule
{
    QString id; ///< empty in the defaults
    QString title;
    PolicyMatch match;

    std::optional<PolicyMode> mode;
    std::optional<Decimal> minConfidence; ///< 0..1; what is below or unknown waits for a person
    /// By currency, the largest amount that need not wait; a currency that is not named waits.
    std::optional<QMap<QString, Decimal>> limits;
    std::optional<Reversibility> worstReversibility; ///< Reversible or Costly
    std::optional<QList<PolicyCondition>> conditions; ///< all are looked at, the strictest counts
    std::optional<QString> queue;
    std::optional<QString> authority; ///< role that must decide: "reviewer", "lead", "finance"
    std::optional<int> approvers; ///< 1..5
    std::optional<PolicyDue> due;
    std::optional<qint64> undoMs; ///< 0..3'600'000
    std::optional<bool> batch;
    std::optional<bool> typedReason;
    std::optional<Decimal> spotCheckRate; ///< 0..1 of what acts by itself
    std::optional<QString> rungCap; ///< "draft", "supervised", "spot-check", "autonomous"
    friend bool operator==(const PolicyRule &, const PolicyRule &) = default;
};

/// A named queue: who takes what waits there, and by when.
struct PolicyQueue
{
    QString name;
    QStringList people; ///< names as they are enrolled, in the order of who is asked first
    std::optional<PolicyDue> due; ///< for cases there whose rule says nothing of it
    friend bool operator==(const PolicyQueue &, const PolicyQueue &) = default;
};

/// A policy document, read and free of faults.
struct Policy
{
    QString title;
    BusinessHours hours;
    PolicyRule defaults; ///< every setting is set
    QList<PolicyRule> rules; ///< in the document's order
    QList<PolicyQueue> queues; ///< those of which the document says more than a rule does
    Json document; ///< as it was written

    /// SHA-256 of the canonical document, lower-case hex. What signatures of policy changes cover.
    [[nodiscard]] QString digest() const;
    [[nodiscard]] const PolicyQueue *queue(const QString &name) const; ///< null where none
};

/// One fault of a document: where (JSON Pointer) and what, a sentence.
struct PolicyFault
{
    QString path;
    QString text;
    friend bool operator==(const PolicyFault &, const PolicyFault &) = default;
};

struct PolicyReading
{
    std::optional<Policy> policy; ///< nothing where there is any fault
    QList<PolicyFault> faults; ///< every one, in the document's order
};

/// Reads a document of format "countersign-policy/1" (resources/policy/policy-1.schema.json). Every
/// key that it does not know is a fault, and so is what could let an action pass that nobody
/// meant to: autonomy for any action at all, two rules that claim the same proposal with the same
/// right. Pure.
[[nodiscard]] PolicyReading readPolicy(const Json &document);
[[nodiscard]] PolicyReading readPolicy(const QByteArray &bytes);

/// Fields of a case that conditions may name, as pointers: "/confidence", "/amount"…
[[nodiscard]] QStringList policyFields();

[[nodiscard]] QString toWord(PolicyMode value);
[[nodiscard]] QString toWord(AtZero value);
[[nodiscard]] QString toWord(Comparison value);
template <> [[nodiscard]] std::optional<PolicyMode> fromWord(const QString &word);
template <> [[nodiscard]] std::optional<AtZero> fromWord(const QString &word);
template <> [[nodiscard]] std::optional<Comparison> fromWord(const QString &word);

} // namespace countersign
