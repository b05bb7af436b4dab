// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/aside.h"
#include "domain/endpoint.h"
#include "domain/ids.h"
#include "domain/oversight.h"
#include "domain/proposal.h"
#include "domain/review.h"
#include "domain/words.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace countersign {

/// A decision as it was recorded.
struct Decision
{
    DecisionId id;
    CaseId caseId;
    DecisionKind kind = DecisionKind::Approve;
    DecisionState state = DecisionState::Held;
    QString digest; ///< of the proposal it was made on
    std::optional<Json> arguments; ///< edit: the new arguments; respond: a JSON value as the answer
    ArtifactWork work; ///< edit, respond: what was done with the artifact
    QString message;
    QString reasonCode;
    PersonId person;
    QString personName;
    qint64 decidedMs = 0;
    qint64 sendAtMs = 0; ///< end of the hold
    QString
        stateText; ///< a sentence about its end: the winner, the error; empty while it goes well
};

/// That a person approves what several people must approve. It counts for one proposal, as it is.
struct Approval
{
    PersonId person;
    QString personName;
    qint64 atMs = 0;
    friend bool operator==(const Approval &, const Approval &) = default;
};

/// One paused proposal waiting for a person, with all that is known of it.
struct Case
{
    CaseId id;
    EndpointId endpoint;
    QString endpointName;
    QString endpointKind;
    Proposal proposal;
    QString digest; ///< of `proposal`
    int occurrence = 0; ///< how often this place asked before
    CaseState state = CaseState::Waiting;
    QString stateText; ///< a sentence where the state needs one
    QString queue;
    Disposition disposition = Disposition::Approve;
    QStringList gateReasons; ///< "Why you are asked", whole sentences
    QString policyVersion; ///< "policy v1"
    GateTerms terms;
    qint64 createdMs = 0; ///< first seen by us
    qint64 updatedMs = 0;
    std::optional<qint64> setAsideUntilMs; ///< a time, or untilSomethingChanges
    std::optional<Back> back; ///< set aside before, and back by something that happened (backOf())
    qint64 backMs = 0; ///< when
    QString assignee; ///< a person's id, or the name of somebody who is not enrolled; foreign
    QString assigneeName; ///< foreign
    std::optional<qint64> followUpMs; ///< when somebody wants to look at it again, whatever became
                                      ///< of it; apart from when it is due
    /// Set when the proposal changed after it was first seen; the one before, for the diff.
    std::optional<Proposal> before;
    std::optional<Decision> decision; ///< the newest one that was not withdrawn
    /// What the endpoint reported afterwards, in order: executed effects and outcomes, plain
    /// sentences of the agent.
    QStringList effects;
    qint64 version = 0; ///< seq of the newest event that touched it
    int partsDecided = 0; ///< of proposal.source.of
    /// Known answers are not told apart before they are answered: never show this.
    Purpose purpose = Purpose::Work;
    qint64 zeroPassedMs = 0; ///< the step of `terms` that has happened last, its time; 0: none
    QList<Approval> approvals; ///< of this very proposal, oldest first; terms.approvers are wanted
    QList<Person> people; ///< everybody who is enrolled, by id: for lackOf() (domain/authority.h)
    std::optional<Mark> mark; ///< the newest one, where nothing is ever sent
};

/// Whether policy answered it, or blocked it: nobody was asked.
[[nodiscard]] inline bool isDecidedByPolicy(const Case &subject)
{
    return subject.decision && subject.decision->person.toString().startsWith(u"policy ");
}

} // namespace countersign
