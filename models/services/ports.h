// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/endpoint.h"
#include "domain/error.h"

#include <QFuture>
#include <QObject>

namespace countersign {

/// What views and command lines may ask the services for. Everything is asynchronous; results come back on the caller's
/// thread by continuing with a context object. Views see these ports only.

struct DecisionRequest
{
    CaseId caseId;
    QString digest; ///< of the proposal that was on the screen
    DecisionKind kind = DecisionKind::Approve;
    std::optional<Json> arguments; ///< edit: the whole new arguments; respond: a JSON value as the answer
    QString message; ///< reject, respond
    QString reasonCode;
    PersonId person;
    bool skipHold = false;
};

struct DecisionReceipt
{
    DecisionId id;
    DecisionState state = DecisionState::Held; ///< held or waiting_for_parts
    int decided = 1;
    int of = 1;
    qint64 sendAtMs = 0;
};

/// The only door for decisions.
class DecisionPort
{
public:
    DecisionPort() = default;
    virtual ~DecisionPort() = default;
    Q_DISABLE_COPY_MOVE(DecisionPort)

    /// Recorded (event, outbox, trail) when the future ends well; nothing changed when it does not. Errors: NotFound,
    /// AlreadyDecided (with who and when), Changed, NotAllowed, InvalidInput (by the endpoint's rules), Storage.
    [[nodiscard]] virtual QFuture<Result<DecisionReceipt>> decide(const DecisionRequest &request) = 0;
    /// Only while held; afterwards NotAllowed says why.
    [[nodiscard]] virtual QFuture<Result<void>> undo(const CaseId &id, const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<void>> setAside(const CaseId &id, std::optional<qint64> untilMs,
                                                         const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<void>> repair(const CaseId &id, const PersonId &person) = 0;
};

struct EndpointView
{
    Endpoint endpoint;
    QString state; ///< "connecting", "ok", "failing"
    QString text; ///< a sentence where failing
    std::optional<qint64> lastSeenMs;
};

class EndpointPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual QList<EndpointView> endpoints() const = 0;
    [[nodiscard]] virtual QFuture<Result<EndpointId>> add(const Endpoint &endpoint, const QList<Header> &secrets,
                                                          const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<void>> remove(const EndpointId &id, const PersonId &person) = 0;
    [[nodiscard]] virtual QFuture<Result<QString>> test(const EndpointId &id) = 0;

Q_SIGNALS:
    void endpointsChanged();
};

struct VerifyReport
{
    enum class Verdict {
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

struct ExportRequest
{
    QString path; ///< written by QSaveFile
    bool csv = true; ///< else JSON lines
    qint64 rows = 0; ///< out: how many
};

} // namespace countersign
