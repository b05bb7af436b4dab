// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/json.h"
#include "domain/words.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace countersign {

/// Who did something. Written into envelopes as {"id","name","type"}.
struct Actor
{
    enum class Type
    {
        Person,
        Policy,
        Endpoint,
        System
    };
    Type type = Type::System;
    QString id; ///< "p-1", "policy v1", "e-2", "countersign"
    QString name;

    [[nodiscard]] static Actor person(const PersonId &id, const QString &name);
    [[nodiscard]] static Actor policy(const QString &version);
    [[nodiscard]] static Actor endpoint(const EndpointId &id, const QString &name);
    [[nodiscard]] static Actor system();
    friend bool operator==(const Actor &, const Actor &) = default;
};
[[nodiscard]] QString toWord(Actor::Type type);
/// Whether an event carries a person's signature: those that decide or change something, by a
/// person. The store signs by it, verifiers demand by it.
[[nodiscard]] bool needsSignature(const QString &kind, Actor::Type actor);
/// Whether an event decides about a case; where no person does, policy must, and say by which
/// policy.set.
[[nodiscard]] bool isDecision(const QString &kind);

/// The kinds of events. The written form is what envelopes, filters and reports use.
///
// clang-format off
/// State tables are a fold over events (store: projection), so each kind fixes what it carries. Members named here are in
/// EventDraft::fields unless marked payload. Ids that EventDraft has members for (caseId, endpoint, agent, action, risk,
/// decision) are not repeated in fields.
///   profile.created      origin
///   key.added            key, public_key (base64), use ("log")
///   person.enrolled      person, name, role, key, public_key (base64)
///   endpoint.added, endpoint.changed   name, protocol (Endpoint::kind; `kind` is the event's own), url;
///                        payload: Endpoint::settingsJson()
///   endpoint.removed     -
///   case.proposed, case.changed, case.updated, case.reopened
///                        question, part, of, occurrence, digest, shape (domain/shape.h, of the arguments), allowed, dialect,
///                        disposition, policy, queue, reversibility, and where known case_type, confidence, amount, currency, due_ms, zero_ms;
///                        payload: {"proposal": Proposal::toJson(), "gate_reasons": […], "terms"? (GateTerms)}
///                        proposed: new case, `waiting`, or `trouble` where proposal.trouble is set
///                        changed: as itself `waiting` again (or `trouble`), the proposal before is kept for the diff
///                        updated: extracted fields only, state untouched
///                        reopened: `waiting` again without a decision, perhaps under new ids
///   case.withdrawn, case.superseded    payload: {"text"}
///   case.trouble         like case.changed, the state becomes `trouble`
///   case.set_aside       until_ms, or until_change (true); neither: no longer set aside. (signed by the person.) It comes
///                        back by itself: at that time, or by what happens. case.changed, case.reopened and case.trouble
///                        always bring it back; with until_change also case.updated, an effect or outcome, a comment by
///                        somebody else, and a decision on another part of its question
///   case.commented       (signed by the person) payload: {"text"}. Never sent to anybody
///   case.assigned        (signed by the person) assignee (a person's id) and assignee_name, or payload: {"name"} of
///                        somebody who is not enrolled; neither: nobody any more. payload: {"text"?} a note that goes with it.
///                        By policy: its suggestion, with the queue it was made for
///   case.gated           (by policy) disposition, policy, queue, zero_ms where known; payload: {"gate_reasons", "terms"?}.
///                        What another policy, or the end of a stop, made of a case that waits: the proposal is the same
///   case.follow_up       (signed by the person) follow_up_ms (absent: none any more)
///   decision.approve|edit|reject|respond|ignore   (signed by the person, or by policy as actor "policy vN" with
///                        policy_event: the leaf hash of the policy.set in force, hex; payload: {"message"})
///                        digest, question, occurrence, part, of, send_at_ms (the end of its hold), reason_code;
///                        batch where it was one of many decided in one act ("b-…", the same for all of them);
///                        payload: {"arguments"?, "artifact_work"?, "message"?}; decision `waiting_for_parts` while siblings are open
///   answer.queued        outbox, question, occurrence, lane, decisions […], send_at_ms; payload: {"answer"} (text);
///                        its bytes are frozen; its decisions become `held` until send_at_ms
///   decision.withdrawn   outbox where one was queued (it becomes `withdrawn`, its other decisions `waiting_for_parts`);
///                        batch as above, where many were taken back in one act; the case waits again
///   decision.expired     (by the system) due_ms, outbox where one was queued, zero_ms where policy's own time had passed;
///                        payload: {"text"}. Held past the time by which it had to be there: never sent; as
///                        decision.withdrawn, but every approval is gone as well, and what policy foresaw at zero does not happen
///   approval.given       (signed by the person) digest, given, of, LOOK; payload: {"message"}?. Of a case that several people
///                        must approve: all but the last. No decision; the case waits on. It counts while the proposal is this one
///   approval.withdrawn   (signed by the person) digest; batch where many were taken back in one act. Their own
///   decision.sent        outbox, attempt; one event per part; committed before the first byte leaves. The entry may
///                        have taken effect (OutboxEntry::maybeSent) until a decision.delayed says otherwise
///   decision.delayed     outbox, attempt, next_ms, code, unknown (true: the try may have taken effect); one event per
///                        part; payload: {"text","detail"}; stays `sending`, due at next_ms
///   decision.delivered, decision.superseded, decision.failed
///                        outbox; payload: {"text","detail","receipt"?}; final for decision, case and outbox.
///                        superseded may come before anything was sent (the proposal changed, the question closed):
///                        outbox only where one was queued; its other decisions become `waiting_for_parts`
///   repair.requested     outbox, lane, question; payload: {}; an outbox entry of kind "repair", due at once
///   repair.done, repair.failed         outbox; payload: {"text","detail"}
///   effect.reported, outcome.reported  effect ("executed", "failed", "differs") or outcome ("good", "bad");
///                        payload: {"text"}
///   spotcheck.drawn      question, index, seed, probability, drawn, outlier, policy, digest, and where known case_type,
///                        confidence. An action that an agent ran by itself was drawn, or not (policy/spotcheck.h).
///                        Drawn: its case.proposed comes right before, with purpose "spot-check", and is named.
///                        One a question; index follows the one before, seed is the first one's
///   verdict.marked       (signed by the person) verdict, LOOK; payload: {"reason"}. Of a spot check, which becomes
///                        `marked`; a later one corrects it
///   review.committed     (signed by the person) digest, answer (a decision's word), LOOK: the own answer of a person
///                        from whom the agent's advice is hidden until then
///   check.answered       (signed by the person) digest, answer, right, LOOK; payload: {"message"?, "arguments"?, "text"}.
///                        Of a known-answer case, which becomes `marked`. No decision, never sent. Such a case's
///                        case.proposed is the system's, with payload {"known_answer": {"right": […], "why", "from"?}}
///   known.added          (signed by the person) digest; payload: {"proposal", "known_answer": {"right": […], "why"}}. A case
///                        whose right answer is known, for the endpoint; asked once under the question "known/file-SEQ"
///   setting.changed      (signed by the person) setting, value; person where it is for one (domain/review.h)
///   policy.set           (signed by the person) version (2, 3…: 1 is the built-in one), digest (of the document), before
///                        (the digest of the one before, where there is one); payload: {"document", "reason", "diff"}
///   policy.kept          (by the endpoint) endpoint, version ("policy v3", empty: none any more), digest: the policy by which
///                        it keeps its gates from now on, as it says
///   person.authority     (signed by a lead) person, name, roles […] beside the one they were enrolled with, limits […]: "1000 EUR",
///                        by currency the largest amount they may approve; none at all: no limit
///   person.absent        (signed by the person or a lead) person, name, until_ms (absent: back again), delegate (a person's id) who
///                        acts for them meanwhile; payload: {"text"}?
///   stop.set, stop.lifted  (signed by the person) endpoint, agent where it is not for everything;
///                        payload: {"reason"}. Lifted: that very stop
///   deadline.passed      (by policy) at_zero, zero_ms (the step's time: each happens once), next_ms, queue where it is
///                        escalated; payload: {"text"}
/// LOOK, also in decision.approve|edit|reject|respond|ignore, where it was measured: look_ms, size, opened […], streak,
/// blind; own_answer where one was committed on this proposal. A spot check's
/// case.proposed has the field purpose. For what has a purpose the store itself refuses decisions and outbox entries.
// clang-format on
namespace event {
inline constexpr auto profileCreated = "profile.created";
inline constexpr auto keyAdded = "key.added";
inline constexpr auto personEnrolled = "person.enrolled";
inline constexpr auto endpointAdded = "endpoint.added";
inline constexpr auto endpointChanged = "endpoint.changed";
inline constexpr auto endpointRemoved = "endpoint.removed";
inline constexpr auto caseProposed = "case.proposed";
inline constexpr auto caseChanged = "case.changed"; ///< the endpoint's proposal is another one now
inline constexpr auto caseUpdated
    = "case.updated"; ///< extracted fields changed, the digest did not
inline constexpr auto caseReopened
    = "case.reopened"; ///< waits again (after withdrawn, superseded, trouble)
inline constexpr auto caseWithdrawn = "case.withdrawn";
inline constexpr auto caseAnsweredElsewhere
    = "case.superseded"; ///< undecided by us, answered by somebody else
inline constexpr auto caseTrouble = "case.trouble";
inline constexpr auto caseSetAside = "case.set_aside";
inline constexpr auto caseCommented = "case.commented";
inline constexpr auto caseAssigned = "case.assigned";
inline constexpr auto caseFollowUp = "case.follow_up";
inline constexpr auto caseGated = "case.gated"; ///< policy looked again, the proposal is the same
inline constexpr auto decisionApprove = "decision.approve";
inline constexpr auto decisionEdit = "decision.edit";
inline constexpr auto decisionReject = "decision.reject";
inline constexpr auto decisionRespond = "decision.respond";
inline constexpr auto decisionIgnore = "decision.ignore";
inline constexpr auto decisionWithdrawn = "decision.withdrawn";
inline constexpr auto decisionExpired = "decision.expired"; ///< too late, never sent; waits again
inline constexpr auto approvalGiven = "approval.given";
inline constexpr auto approvalWithdrawn = "approval.withdrawn";
inline constexpr auto decisionSent = "decision.sent"; ///< committed before the first byte leaves
inline constexpr auto decisionDelayed = "decision.delayed"; ///< a try failed, another is due
inline constexpr auto decisionDelivered = "decision.delivered";
inline constexpr auto decisionSuperseded = "decision.superseded";
inline constexpr auto decisionFailed = "decision.failed";
inline constexpr auto answerQueued
    = "answer.queued"; ///< a question is complete; its bytes are frozen
inline constexpr auto repairRequested = "repair.requested";
inline constexpr auto repairDone = "repair.done";
inline constexpr auto repairFailed = "repair.failed";
inline constexpr auto effectReported = "effect.reported";
inline constexpr auto outcomeReported = "outcome.reported";
inline constexpr auto spotCheckDrawn = "spotcheck.drawn";
inline constexpr auto verdictMarked = "verdict.marked";
inline constexpr auto reviewCommitted = "review.committed";
inline constexpr auto checkAnswered = "check.answered";
inline constexpr auto knownAdded = "known.added";
inline constexpr auto settingChanged = "setting.changed";
inline constexpr auto policySet = "policy.set";
inline constexpr auto policyKept = "policy.kept";
inline constexpr auto personAuthority = "person.authority";
inline constexpr auto personAbsent = "person.absent";
inline constexpr auto stopSet = "stop.set";
inline constexpr auto stopLifted = "stop.lifted";
inline constexpr auto deadlinePassed = "deadline.passed";
} // namespace event

/// What a service wants to have recorded. The store adds v, log, i and at, builds the canonical
/// envelope, hashes, signs, folds and applies it to the state tables, all in the caller's
/// transaction.
struct EventDraft
{
    QString kind;
    Actor actor;
    CaseId caseId = {};
    EndpointId endpoint = {};
    QString agent = {};
    QString action = {};
    Risk risk = Risk::Unknown; ///< written only where caseId is set
    DecisionId decision = {};
    /// Further members of the envelope. Keys [a-z][a-z0-9_]*, integers within ±(2^53-1), no
    /// fractions (decimals are strings), depth and size as in the canonical rules; nothing personal
    /// and nothing an agent wrote.
    Json fields = Json::object();
    /// Large, personal or foreign material. Kept apart, salted; its digest stands in the envelope
    /// as `payload`.
    std::optional<Json> payload = {};
    std::optional<qint64> reportedMs = {}; ///< the remote side's own time
};

/// An event as it stands in the log.
struct EventRecord
{
    qint64 seq = -1;
    QByteArray envelope; ///< the bytes that were hashed
    QByteArray leaf; ///< 32 bytes
    qint64 atMs = 0;
    QString kind;
    CaseId caseId;
    QString actor; ///< Actor::id
    QString agent;
    QString action;
    EndpointId endpoint;
    QString risk;
    DecisionId decision;
    QString signatureKey; ///< key id of the person's signature, empty where none
    QByteArray signature;
};

} // namespace countersign
