// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/error.h"

#include <QFuture>

namespace countersign {

struct MarkRequest
{
    CaseId caseId;
    QString digest; ///< of what was on the screen
    Verdict verdict = Verdict::Correct;
    QString reason; ///< required unless correct
    PersonId person;
    std::optional<Look> look = {};
};

struct CommitRequest
{
    CaseId caseId;
    QString digest; ///< of what was on the screen
    DecisionKind answer = DecisionKind::Approve;
    PersonId person;
    std::optional<Look> look = {};
};

struct SettingRequest
{
    QString name; ///< namespace setting in domain/review.h
    QString value; ///< a share, or "0" for off
    PersonId forPerson = {}; ///< empty: for everybody
    PersonId person; ///< who sets it
};

/// Looking, where nothing is decided: verdicts on spot checks, own answers before the agent's
/// advice is shown, and what a lead may set about it. Everything is a signed event.
class ReviewPort
{
public:
    ReviewPort() = default;
    virtual ~ReviewPort() = default;
    Q_DISABLE_COPY_MOVE(ReviewPort)

    /// A spot check's verdict, or a correction of it. Errors: NotFound, Changed, NotAllowed (no
    /// spot check; an auditor), InvalidInput (no reason).
    [[nodiscard]] virtual QFuture<Result<void>> mark(const MarkRequest &request) = 0;
    /// The own answer to a case, once per person and proposal. Errors: NotFound, Changed,
    /// NotAllowed, AlreadyDecided.
    [[nodiscard]] virtual QFuture<Result<void>> commit(const CommitRequest &request) = 0;
    /// Leads, and the owner of the profile; one's own blind rate may be raised by
    /// everybody. Errors: NotAllowed,
    /// InvalidInput.
    [[nodiscard]] virtual QFuture<Result<void>> set(const SettingRequest &request) = 0;
};

} // namespace countersign
