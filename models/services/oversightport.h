// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/oversight.h"

#include <QFuture>
#include <QObject>

namespace countersign {

struct PolicyRequest
{
    Json document; ///< format countersign-policy/1, free of faults
    QString reason; ///< why, in words
    PersonId person;
    int after = 0; ///< the version it was made from; 0: whatever is in force
};

/// Puts policies in force.
class PolicyPort
{
public:
    PolicyPort() = default;
    virtual ~PolicyPort() = default;
    Q_DISABLE_COPY_MOVE(PolicyPort)

    /// For leads and the owner of the profile; signed. Cases that wait already are gated anew soon
    /// after (Regating). Errors: InvalidInput (a fault with its path; no reason), NotAllowed,
    /// Changed (somebody set another one meanwhile), Storage.
    [[nodiscard]] virtual QFuture<Result<PolicyRecord>> set(const PolicyRequest &request) = 0;
};

struct StopRequest
{
    StopScope scope;
    QString reason; ///< wanted for going on; may be empty for a stop
    PersonId person;
};

/// Stops agents at once. Nothing is approved by itself or sent for what is stopped; what is held
/// stays held. Everybody may stop.
class StopPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Those that hold, also the ones that the database has not taken yet.
    [[nodiscard]] virtual QList<StopOrder> stops() const = 0;
    /// A sentence on what is not done yet: not recorded, an endpoint not told; empty where all is.
    [[nodiscard]] virtual QString remark() const = 0;
    /// Holds when the call returns. The future ends when it is recorded, or with why it could not
    /// be (yet): it holds all the same, and is tried again.
    [[nodiscard]] virtual QFuture<Result<void>> stop(const StopRequest &request) = 0;
    /// Lifts that very stop once it is recorded. Errors: NotFound, InvalidInput (no reason),
    /// Storage.
    [[nodiscard]] virtual QFuture<Result<void>> resume(const StopRequest &request) = 0;

Q_SIGNALS:
    void stopsChanged();
};

} // namespace countersign
