// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/batchrule.h"
#include "domain/case.h"
#include "domain/endpoint.h"
#include "domain/error.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace countersign {

/// What views and command lines may ask the services for. Everything is asynchronous; results come
/// back on the caller's thread by continuing with a context object. Views see these ports only.

struct DecisionRequest
{
    CaseId caseId;
    QString digest; ///< of the proposal that was on the screen
    DecisionKind kind = DecisionKind::Approve;
    std::optional<Json>
        arguments; ///< edit: the whole new arguments; respond: a JSON value as the answer
    ArtifactWork work = {}; ///< edit: its content; respond: content and comments
    QString message; ///< what the agent is told, where it can be; with the others why
    QString reasonCode;
    PersonId person;
    bool skipHold = false;
    std::optional<Look> look = {}; ///< where it was decided on a screen
};

/// The case was one of known answer: nothing was decided, nothing is sent.
struct CheckedReceipt
{
    bool right = false;
    QString text; ///< a sentence for the reviewer
};

/// One of several people who must approve did.
struct ApprovalReceipt
{
    int given = 1;
    int of = 2;
};

struct DecisionReceipt
{
    DecisionId id;
    DecisionState state = DecisionState::Held; ///< held or waiting_for_parts
    int decided = 1;
    int of = 1;
    qint64 sendAtMs = 0;
    std::optional<CheckedReceipt> checked = {}; ///< then nothing else of it means anything
    /// Others must approve as well, and the case waits for them; then nothing else of it means
    /// anything.
    std::optional<ApprovalReceipt> approval = {};
};

/// The only door for decisions.
class DecisionPort
{
public:
    DecisionPort() = default;
    virtual ~DecisionPort() = default;
    Q_DISABLE_COPY_MOVE(DecisionPort)

    /// Recorded (event, outbox, trail) when the future ends well; nothing changed when it does not.
    /// Errors: NotFound, AlreadyDecided (with who and when), Changed, NotAllowed, InvalidInput (by
    /// the endpoint's rules), Storage.
    [[nodiscard]] virtual QFuture<Result<DecisionReceipt>> decide(const DecisionRequest &request)
        = 0;
    /// Only while held; afterwards NotAllowed says why. Of an approval that waits for others: the
    /// person's own.
    [[nodiscard]] virtual QFuture<Result<void>> undo(const CaseId &id, const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<void>> repair(const CaseId &id, const PersonId &person)
        = 0;
    /// Whether decide() takes this from a screen (DecisionRequest::look) only with a message that
    /// says why. Pure, at once.
    [[nodiscard]] virtual bool needsReason(const Case &subject, DecisionKind kind) const = 0;
};

/// One decision on many cases, with one reason.
struct BatchRequest
{
    struct Item
    {
        CaseId id;
        QString digest; ///< of the proposal when the person looked
    };
    QList<Item> cases;
    DecisionKind kind = DecisionKind::Approve; ///< an edit is refused: it is for one case
    QString message;
    QString reasonCode;
    PersonId person;
    bool skipHold = false;
    bool rehearsal = false; ///< records nothing; the report says what would be taken
};

struct BatchEntry
{
    CaseId id;
    std::optional<Error> error; ///< why it was left out; nothing changed for this case then
    DecisionReceipt receipt; ///< of a decision that was recorded
};

struct BatchReport
{
    QString id; ///< "b-<uuid>", the member `batch` of every event of this act
    QList<BatchEntry> entries; ///< one for each case, in the order they were given
    bool cancelled = false; ///< those that were not reached have the error Cancelled
    qint64 sendAtMs = 0; ///< until then all of it can be taken back; 0 after an undo
};

/// Many decisions as one act: each case with its own record, digest check and delivery. Recorded in
/// pieces, so that others get in between; what cannot be taken is left out and nothing else is
/// lost. Errors of an entry: those of DecisionPort::decide(), and Cancelled.
class BatchPort
{
public:
    BatchPort() = default;
    virtual ~BatchPort() = default;
    Q_DISABLE_COPY_MOVE(BatchPort)

    /// Called after each piece on the caller's thread; false ends the act before the next one.
    using Progress = std::function<bool(qsizetype done, qsizetype of)>;

    [[nodiscard]] virtual BatchRule rule() const = 0;
    [[nodiscard]] virtual QFuture<BatchReport> decideMany(const BatchRequest &request,
                                                          const Progress &progress)
        = 0;
    /// Takes back those that are still held.
    [[nodiscard]] virtual QFuture<BatchReport>
    undoMany(const QList<CaseId> &ids, const PersonId &person, const Progress &progress) = 0;
};

struct EndpointView
{
    Endpoint endpoint;
    QString state; ///< "connecting", "ok", "failing"
    QString text; ///< a sentence where failing
    std::optional<qint64> lastSeenMs;
    QString policy = {}; ///< the version that it keeps by itself, as it says: "policy v2"; foreign
    bool otherPolicy = false; ///< and that is not the one in force; `text` says so
};

class EndpointPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual QList<EndpointView> endpoints() const = 0;
    [[nodiscard]] virtual QFuture<Result<EndpointId>>
    add(const Endpoint &endpoint, const QList<Header> &secrets, const PersonId &person) = 0;
    /// Another name, address, headers or extraction for a known endpoint; its kind stays. What
    /// waits there stays. `secrets` replace those of the same header; the others keep their values.
    [[nodiscard]] virtual QFuture<Result<void>>
    change(const Endpoint &endpoint, const QList<Header> &secrets, const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<void>> remove(const EndpointId &id, const PersonId &person)
        = 0;
    [[nodiscard]] virtual QFuture<Result<QString>> test(const EndpointId &id) = 0;

Q_SIGNALS:
    void endpointsChanged();
};

struct VerifyReport
{
    enum class Verdict
    {
        Ok = 0,
        Tampered = 1,
        Unreadable = 2,
        NoOutsideCheckpoint = 3
    };
    Verdict verdict = Verdict::Unreadable;
    QString text; ///< the result in words
    qint64 events = 0;
    qint64 firstBad = -1;
    int checkpointsGiven = 0;
};

struct TrailQuery; // store/reader.h; views take theirs from an item model

/// What views do with the trail beyond reading it. Each future reports its progress (in events, 0
/// up to progressMaximum()) and cancel() ends it soon, without a result and without a file.
class TrailPort
{
public:
    TrailPort() = default;
    virtual ~TrailPort() = default;
    Q_DISABLE_COPY_MOVE(TrailPort)

    /// The whole trail, on a thread of its own. `checkpoints`: signed notes that were kept outside.
    [[nodiscard]] virtual QFuture<Result<VerifyReport>> verify(const QList<QByteArray> &checkpoints)
        = 0;
    /// Writes every event that `query` finds, newest first (its `before` and `limit` are ignored),
    /// in constant memory; the file appears whole or not at all. CSV with formulas defused, or JSON
    /// lines with the exact envelopes. How many rows.
    [[nodiscard]] virtual QFuture<Result<qint64>> exportRows(const TrailQuery &query,
                                                             const QString &path, bool csv)
        = 0;
    /// Signs the current head: the whole signed note.
    [[nodiscard]] virtual QFuture<Result<QByteArray>> checkpoint() = 0;
};

} // namespace countersign
