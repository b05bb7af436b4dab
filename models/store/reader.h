// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/endpoint.h"
#include "domain/event.h"

#include <QMap>
#include <QSet>

#include <atomic>
#include <memory>

namespace countersign {

/// Which cases; members that are empty do not restrict.
struct CaseQuery
{
    QSet<CaseState> states;
    std::optional<Decimal> minConfidence; ///< inclusive; drops unknown unless unknownConfidence
    std::optional<Decimal> maxConfidence; ///< inclusive; drops unknown unless unknownConfidence
    bool unknownConfidence
        = false; ///< alone: only cases whose confidence is unknown; with a range: these as well
    QString caseType;
    EndpointId endpoint;
    QSet<CaseId> ids; ///< only these
    std::optional<qint64> updatedSinceMs; ///< inclusive
    bool spotChecksOnly = false;
    bool followUpsOnly = false; ///< with a follow-up date, of any state
};

/// The narrow form of a case for lists; no arguments, no raw material.
struct CaseRow
{
    CaseId id;
    EndpointId endpoint;
    QString endpointName;
    QString agent;
    QString action;
    QString caseType;
    QString headline; ///< one line of what would happen, from action and arguments; foreign text
    QString subject; ///< a short line for the row's second line; foreign text
    std::optional<Decimal> confidence;
    Impact impact; ///< amount and currency only
    Risk risk = Risk::Unknown;
    Reversibility reversibility = Reversibility::Unknown;
    CaseState state = CaseState::Waiting;
    QString queue;
    AllowedDecisions allowed;
    QString shape; ///< of the arguments (domain/shape.h); empty for cases from before it was known
    QString question; ///< Source::question
    int part = 1;
    int of = 1;
    qint64 createdMs = 0;
    qint64 updatedMs = 0;
    std::optional<qint64> dueMs;
    std::optional<qint64> setAsideUntilMs;
    qint64 version = 0;
    bool spotCheck = false; ///< done already, drawn for a look
    // As in Case.
    std::optional<Back> back;
    qint64 backMs = 0;
    QString assignee;
    QString assigneeName;
    std::optional<qint64> followUpMs;
};

/// One question's answer (or a thread's repair) on its way to an endpoint.
struct OutboxEntry
{
    enum class Kind
    {
        Answer,
        Repair
    };
    OutboxId id;
    Kind kind = Kind::Answer;
    EndpointId endpoint;
    QString question;
    int occurrence = 0;
    QString lane;
    OutboxState state = OutboxState::Held;
    qint64 dueMs = 0; ///< end of the hold, or of the back-off
    int attempts = 0;
    bool maybeSent
        = false; ///< an earlier try may have taken effect: ask the endpoint before sending again
    QByteArray answer; ///< frozen bytes, empty for a repair
    QList<DecisionId> decisions; ///< by part
    QList<CaseId> cases; ///< by part
    QStringList agents; ///< whose actions it answers, each once
    QString lastError; ///< a sentence
};

/// A keyset page of the trail, newest first. Empty members do not restrict.
struct TrailQuery
{
    std::optional<qint64> before; ///< events with a smaller seq
    int limit = 200;
    std::optional<qint64> fromMs; ///< inclusive
    std::optional<qint64> toMs; ///< exclusive
    QString kind; ///< exact, or a group that ends in a point: "decision."
    QString actor; ///< Actor::id
    QString agent;
    QString action;
    CaseId caseId;
    EndpointId endpoint;
};

/// What bounds a look for precedents; sqlite/precedentindex.h says what each cuts.
struct PrecedentLimits
{
    int probe = 512;
    int near = 1000;
    int type = 1000;
    int action = 500;
    int all = 4000;
};

struct PrecedentQuery
{
    CaseId id; ///< the case that is asked about; never among the answers
    int nearest = 12; ///< how many are named
    PrecedentLimits limits = {};
    /// Set from any thread when nobody wants the answer any more: it is Cancelled soon.
    std::shared_ptr<const std::atomic_bool> cancelled = {};
};

/// A past case that is like another, nearest first.
struct Precedent
{
    CaseId id;
    int likeness = 0; ///< per mille (domain/precedent.h)
    friend bool operator==(const Precedent &, const Precedent &) = default;
};

/// How cases of the same action ended that are like enough: delivered with a decision, or marked as
/// spot checks. Known answers, and what they were taken from, are not among them.
struct Precedents
{
    int like = 0;
    QMap<DecisionKind, int> decisions;
    QMap<Verdict, int> verdicts;
    QMap<QString, int> edited; ///< by the argument's path, as far as the asked case has it
    int byPolicy = 0;
    int reversed = 0; ///< with a bad outcome afterwards
    int looked = 0; ///< how many were compared
    bool cut = false; ///< there are more of this kind than were compared
    bool complete = true; ///< false while older cases are still being taken in
    QList<Precedent> nearest;
};

struct Head
{
    qint64 size = 0;
    QByteArray root; ///< 32 bytes
    QByteArray frontier;
};

/// Typed queries on one consistent snapshot. Lives for one job, on the thread that runs it. Every
/// error is Storage, Unreadable or Cancelled.
class Reader
{
public:
    Reader() = default;
    virtual ~Reader() = default;
    Q_DISABLE_COPY_MOVE(Reader)

    [[nodiscard]] virtual Result<std::optional<Case>> caseById(const CaseId &id) = 0;
    /// The newest occurrence at a place; by question key and part, or by Source::rebind.
    [[nodiscard]] virtual Result<std::optional<Case>>
    newestCaseAt(const EndpointId &endpoint, const QString &question, int part) = 0;
    [[nodiscard]] virtual Result<std::optional<Case>>
    newestCaseByRebind(const EndpointId &endpoint, const QString &rebind, int part) = 0;
    [[nodiscard]] virtual Result<QList<Case>>
    casesOfQuestion(const EndpointId &endpoint, const QString &question, int occurrence) = 0;
    [[nodiscard]] virtual Result<QList<Case>> cases(const CaseQuery &query) = 0; ///< oldest first
    [[nodiscard]] virtual Result<QList<CaseRow>> caseRows(const CaseQuery &query)
        = 0; ///< oldest first
    /// Cases whose text holds all of what a person typed (domain/searchtext.h: SearchTerms), newest
    /// first: open ones, and those that ended within 30 days; nothing typed can be an error, and
    /// nothing is missed. Empty where `typed` has no letter or digit. A transaction finds what it
    /// changed once it is committed.
    [[nodiscard]] virtual Result<QList<CaseId>> casesWithText(const QString &typed) = 0;
    /// Past cases like this one. Nothing is compared where its payload was erased. NotFound where
    /// there is no such case.
    [[nodiscard]] virtual Result<Precedents> precedents(const PrecedentQuery &query) = 0;
    [[nodiscard]] virtual Result<std::optional<Decision>> decisionById(const DecisionId &id) = 0;

    /// Entries that still have to go out (held, sending), or all. Oldest first.
    [[nodiscard]] virtual Result<QList<OutboxEntry>> outbox(bool openOnly) = 0;
    [[nodiscard]] virtual Result<std::optional<OutboxEntry>> outboxById(const OutboxId &id) = 0;

    [[nodiscard]] virtual Result<QList<Endpoint>> endpoints() = 0; ///< those not removed, by id
    /// Where its events were read up to; empty for nowhere.
    [[nodiscard]] virtual Result<QByteArray> endpointCursor(const EndpointId &id) = 0;
    [[nodiscard]] virtual Result<QList<Person>> persons()
        = 0; ///< by id; the first is the profile's owner

    /// The newest draw of the log, and the one of an endpoint's action.
    [[nodiscard]] virtual Result<std::optional<SpotDraw>> newestDraw() = 0;
    [[nodiscard]] virtual Result<std::optional<SpotDraw>> drawAt(const EndpointId &endpoint,
                                                                 const QString &question)
        = 0;
    /// Draws with an index above `after`, in their order, at most `limit`.
    [[nodiscard]] virtual Result<QList<SpotDraw>> draws(qint64 after, int limit) = 0;
    /// Every verdict on a spot check, oldest first; the last one counts.
    [[nodiscard]] virtual Result<QList<Mark>> marks(const CaseId &id) = 0;
    /// The own answer that a person committed on this proposal before seeing the agent's advice.
    [[nodiscard]] virtual Result<std::optional<DecisionKind>>
    commitment(const CaseId &id, const PersonId &person, const QString &digest) = 0;
    /// The cases on whose proposals of now a person has committed an own answer.
    [[nodiscard]] virtual Result<QSet<CaseId>> committedCases(const PersonId &person) = 0;
    /// What is known of a known-answer case; nothing for any other.
    [[nodiscard]] virtual Result<std::optional<KnownAnswer>> knownAnswer(const CaseId &id) = 0;
    /// Delivered cases of an endpoint, asked alone and never again: the newest 200.
    [[nodiscard]] virtual Result<QList<CaseId>> settledCases(const EndpointId &endpoint) = 0;
    /// The newest outcome of a case: "good", "bad"; empty where none was reported.
    [[nodiscard]] virtual Result<QString> outcomeOf(const CaseId &id) = 0;
    [[nodiscard]] virtual Result<QList<CheckedAnswer>> checkedAnswers(qint64 sinceMs) = 0;
    /// A setting for this person, else for everybody; empty where it was never set.
    [[nodiscard]] virtual Result<QString> setting(const QString &name, const PersonId &person) = 0;
    /// What a person decided (and did not take back) or marked since then, oldest first. Known
    /// answers are not among it.
    [[nodiscard]] virtual Result<QList<Reviewed>> reviewed(const PersonId &person, qint64 sinceMs)
        = 0;

    /// The policy in force, without its document; version 1, the built-in one, where none was set.
    [[nodiscard]] virtual Result<PolicyRecord> policyInForce() = 0;
    /// One version with its document and diff; nothing where it was never set.
    [[nodiscard]] virtual Result<std::optional<PolicyRecord>> policyVersion(int version) = 0;
    /// Every version that was set, newest first, without documents.
    [[nodiscard]] virtual Result<QList<PolicyRecord>> policies() = 0;
    /// What endpoints said last that they keep; those that keep none are left out.
    [[nodiscard]] virtual Result<QHash<EndpointId, KeptPolicy>> keptPolicies() = 0;
    [[nodiscard]] virtual Result<QList<StopOrder>> stops() = 0; ///< those that hold, oldest first
    /// Waiting cases by assignee (Case::assignee): when each is due, UTC; the largest number where
    /// at no time.
    [[nodiscard]] virtual Result<QHash<QString, QList<qint64>>> workloads() = 0;
    /// Waiting cases of which something happens at `beforeMs` or earlier, by time.
    [[nodiscard]] virtual Result<QList<CaseId>> casesAtZero(qint64 beforeMs) = 0;
    /// When something happens next to a waiting case; nothing where nothing does.
    [[nodiscard]] virtual Result<std::optional<qint64>> nextZeroMs() = 0;

    [[nodiscard]] virtual Result<QList<EventRecord>> events(const TrailQuery &query) = 0;
    [[nodiscard]] virtual Result<std::optional<EventRecord>> event(qint64 seq) = 0;
    /// Nothing where the event has no payload or it was erased.
    [[nodiscard]] virtual Result<std::optional<Json>> payloadOf(qint64 seq) = 0;
    [[nodiscard]] virtual Result<Head> head() = 0;
    /// Distinct values for filter boxes, sorted: "kind", "actor", "agent", "action".
    [[nodiscard]] virtual Result<QStringList> trailFacet(const QString &column) = 0;
};

/// One write transaction. append() is the only way to change anything that counts: it numbers,
/// hashes, signs, folds and applies the event to the state tables, which later reads of the same
/// transaction see.
class Transaction : public Reader
{
public:
    /// A person's event kinds that need a signature (decision.*, endpoint.*, repair.requested by a
    /// person) are signed with the actor's key. Errors: Storage; NotAllowed where the actor's key
    /// is not at hand; InvalidInput where the draft breaks the envelope's rules. Any error rolls
    /// the whole transaction back.
    [[nodiscard]] virtual Result<EventRecord> append(const EventDraft &draft) = 0;

    /// A bookmark, no event: it says nothing of what happened, only where to read on.
    [[nodiscard]] virtual Result<void> setEndpointCursor(const EndpointId &id,
                                                         const QByteArray &cursor)
        = 0;

    [[nodiscard]] virtual Result<CaseId> nextCaseId() = 0;
    [[nodiscard]] virtual Result<EndpointId> nextEndpointId() = 0;
    [[nodiscard]] virtual Result<PersonId> nextPersonId() = 0;
    [[nodiscard]] virtual Result<OutboxId> nextOutboxId() = 0;
    [[nodiscard]] virtual qint64 nowMs() const = 0;
};

} // namespace countersign
