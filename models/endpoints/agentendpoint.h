// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/endpoint.h"
#include "domain/oversight.h"
#include "domain/proposal.h"

#include <QFuture>
#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace countersign {

/// Something an endpoint told us about an action after its decision.
struct EffectReport
{
    QString question; ///< Source::question of the case it belongs to
    int part = 1;
    DecisionId decision; ///< where the endpoint names it
    bool outcome = false; ///< an outcome (what came of it) rather than an effect (that it was done)
    QString word; ///< effect: "executed", "failed", "differs"; outcome: "good", "bad"
    QString text; ///< the agent's sentence, foreign
    std::optional<qint64> reportedMs;
};

/// An action that an agent ran by itself, without asking. Its proposal is told as that of a case,
/// allows nothing, and its Source::question names it for good.
struct Performed
{
    Proposal proposal;
    EffectReport effect; ///< what came of it
};

struct Gone
{
    QString question;
    bool answeredElsewhere = false; ///< else withdrawn by the agent
    QString text; ///< our sentence
};

/// What an endpoint was seen to ask. Idempotent: the same again changes nothing.
struct Observation
{
    QList<Proposal> proposals; ///< all parts of a question together
    QList<Gone> gone; ///< questions known to be closed
    /// Where known, every question that is open now: whatever else waits here is closed.
    std::optional<QSet<QString>> open;
    QList<EffectReport> effects;
    QList<Performed> performed;
    /// When the reading began (Clock::nowMs), set by the endpoint. An answer of ours that was taken
    /// after it is not judged by what was read: else a slow read would ask again what has just been
    /// answered.
    std::optional<qint64> begunMs = {};
    /// Where the endpoint's events were read up to, kept when this is taken in and given back as
    /// EndpointContext::resumeAt. Empty: nowhere.
    std::optional<QByteArray> readUpTo = {};
};

struct EndpointStatus
{
    enum class State
    {
        Connecting,
        Ok,
        Failing ///< retried by itself
    };
    State state = State::Connecting;
    QString text; ///< a sentence where failing: the true cause and what to do
    std::optional<qint64> lastSeenMs; ///< of the last good answer
};

/// One decided part of a question, for Protocol.
struct AnsweredPart
{
    Proposal proposal;
    DecisionId decision;
    DecisionKind kind = DecisionKind::Approve;
    std::optional<Json> arguments;
    ArtifactWork work = {};
    QString message;
    QString reasonCode;
};

/// A frozen answer that is to go out.
struct Dispatch
{
    OutboxId id;
    bool repair = false; ///< mend the thread of `parts.first()` instead of answering
    QList<AnsweredPart> parts; ///< complete and in order
    QStringList digests; ///< by part: of the proposals the decisions were made on
    QByteArray answer; ///< what Protocol::encode() gave when the question was complete
    QString reviewer;
    QByteArray checkpoint; ///< signed note for endpoints that take it
    int attempt = 1;
    bool maybeSent = false; ///< an earlier try may have taken effect: look before sending
};

struct DeliveryReport
{
    enum class Outcome
    {
        Delivered, ///< taken, and read back
        Superseded, ///< somebody else answered, it expired, or it is gone
        Changed, ///< the proposal is another one now: nothing was sent; `seen` holds it
        Retry, ///< not taken for sure; try again
        Unknown, ///< may have been taken; ask before trying again
        Failed ///< refused for good; needs a person
    };
    OutboxId id;
    Outcome outcome = Outcome::Failed;
    QString text; ///< our sentence: what happened, and the winner where known
    QString detail; ///< raw, redacted
    std::optional<qint64> retryAfterMs; ///< where the endpoint said so
    Json receipt; ///< the endpoint's own, null where none
    Observation seen; ///< what the read-back showed
};

/// A live connection to one configured endpoint. Lives on the GUI thread, never blocks, owns no
/// thread; every future ends within its absolute deadline. Futures end cancelled when the endpoint
/// is destroyed.
class AgentEndpoint : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; ///< begin watching; news comes by observed()
    virtual void stop() = 0;
    /// One whole round: everything that is open now (Observation::open is set).
    [[nodiscard]] virtual QFuture<Result<Observation>> observe() = 0;
    /// Sends the answers of one lane. Re-reads right before and reads back after. One report per
    /// dispatch, same order.
    [[nodiscard]] virtual QFuture<QList<DeliveryReport>> deliver(const QList<Dispatch> &dispatches)
        = 0;
    /// Reaches the server once: a sentence that says who answered (kind, version).
    [[nodiscard]] virtual QFuture<Result<QString>> test() = 0;
    [[nodiscard]] virtual EndpointStatus status() const = 0;
    /// Tells the server that `agent` (empty: every agent of it) is to do nothing more, or may go
    /// on; the same again changes nothing. False where its protocol cannot say so.
    [[nodiscard]] virtual QFuture<Result<bool>> tellStop(const QString &agent, bool stopped,
                                                         const QString &reason);
    /// Gives the server a policy to keep while nobody is connected, whole; the same again changes
    /// nothing. What it keeps from now on; empty where its protocol cannot hold one.
    [[nodiscard]] virtual QFuture<Result<KeptPolicy>> pushPolicy(const PolicyRecord &policy);

Q_SIGNALS:
    void observed(const countersign::Observation &observation);
    void statusChanged();
};

struct EndpointContext
{
    Endpoint endpoint;
    QList<Header> secretHeaders; ///< with their values; never logged, never sent across a redirect
    const class Clock *clock = nullptr;
    QByteArray resumeAt = {}; ///< Observation::readUpTo of the last one that was taken in
};

/// One per kind of server, stateless. All of it but open() is pure.
class Protocol
{
public:
    Protocol() = default;
    virtual ~Protocol() = default;
    Q_DISABLE_COPY_MOVE(Protocol)

    [[nodiscard]] virtual QString kind() const = 0; ///< "langgraph"
    [[nodiscard]] virtual QString displayName() const = 0; ///< "LangGraph"
    /// Whether this one decision can be taken: by the endpoint's own rules, before anything is
    /// recorded.
    [[nodiscard]] virtual Result<void> validate(const AnsweredPart &part) const = 0;
    /// The bytes that answer a question, all parts in order, each validated.
    [[nodiscard]] virtual Result<QByteArray> encode(const QList<AnsweredPart> &parts) const = 0;
    [[nodiscard]] virtual std::unique_ptr<AgentEndpoint>
    open(const EndpointContext &context) const = 0;
};

/// Every protocol that is built in; the only place that names them all.
[[nodiscard]] const std::vector<std::unique_ptr<Protocol>> &protocols();
[[nodiscard]] const Protocol *protocolFor(const QString &kind); ///< null where unknown

} // namespace countersign
