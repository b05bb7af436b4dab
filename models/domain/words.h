// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace countersign {

/// The closed vocabularies of the product. Each has one written form (lower case, the same in code,
/// database, events and JSON); what people read is the views' business.

enum class CaseState
{
    Waiting,
    Held, ///< decided, its hold runs (or its siblings are open)
    Sending,
    Delivered,
    Superseded, ///< the endpoint had moved on
    Failed, ///< needs a person
    Withdrawn, ///< by the agent
    Trouble, ///< a thread that cannot be answered as it is
    Marked ///< looked at where nothing is ever sent: a spot check or a known-answer case
};

enum class DecisionKind
{
    Approve = 1,
    Edit = 2,
    Reject = 4,
    Respond = 8,
    Ignore = 16
};
Q_DECLARE_FLAGS(AllowedDecisions, DecisionKind)
Q_DECLARE_OPERATORS_FOR_FLAGS(AllowedDecisions)

enum class DecisionState
{
    Held,
    WaitingForParts,
    Sending,
    Delivered,
    Superseded,
    Failed,
    Withdrawn ///< undone before its hold ended
};

enum class OutboxState
{
    WaitingForParts, ///< some sibling is undecided
    Held, ///< complete, its hold runs
    Sending, ///< transmission begun, outcome not yet known; survives a crash
    Delivered,
    Superseded,
    Failed,
    Withdrawn
};

enum class Risk
{
    Low,
    Medium,
    High,
    Unknown ///< counts as the worst
};

enum class Reversibility
{
    Reversible,
    Costly,
    Irreversible,
    Unknown ///< counts as the worst
};

enum class Disposition
{
    AutoApprove,
    SpotCheck,
    Review,
    Approve,
    Escalate,
    Block
};

/// What a person's look says about the agent.
enum class Verdict
{
    Correct,
    MinorEdit,
    Wrong
};

/// What a case is there for.
enum class Purpose
{
    Work, ///< an agent waits for it
    SpotCheck, ///< done already, drawn for a look; nothing is ever sent
    KnownAnswer ///< its answer is known, to see whether people look; nothing is ever sent
};

[[nodiscard]] QString toWord(CaseState value);
[[nodiscard]] QString toWord(DecisionKind value);
[[nodiscard]] QString toWord(DecisionState value);
[[nodiscard]] QString toWord(OutboxState value);
[[nodiscard]] QString toWord(Risk value);
[[nodiscard]] QString toWord(Reversibility value);
[[nodiscard]] QString toWord(Disposition value);
[[nodiscard]] QString toWord(Verdict value);
[[nodiscard]] QString toWord(Purpose value);

/// Nothing where the word is none of the vocabulary.
template <class Enum> [[nodiscard]] std::optional<Enum> fromWord(const QString &word);
template <> std::optional<CaseState> fromWord(const QString &word);
template <> std::optional<DecisionKind> fromWord(const QString &word);
template <> std::optional<DecisionState> fromWord(const QString &word);
template <> std::optional<OutboxState> fromWord(const QString &word);
template <> std::optional<Risk> fromWord(const QString &word);
template <> std::optional<Reversibility> fromWord(const QString &word);
template <> std::optional<Disposition> fromWord(const QString &word);
template <> std::optional<Verdict> fromWord(const QString &word);
template <> std::optional<Purpose> fromWord(const QString &word);

/// The members of a set in the vocabulary's order: approve, edit, reject, respond, ignore.
[[nodiscard]] QList<DecisionKind> decisionKinds(AllowedDecisions allowed);
[[nodiscard]] QStringList toWords(AllowedDecisions allowed);
[[nodiscard]] AllowedDecisions
allowedFromWords(const QStringList &words); ///< unknown words are left out

} // namespace countersign
