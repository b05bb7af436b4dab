// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/error.h"

#include <QFuture>

namespace countersign {

/// Until when a case is set aside; neither member: no longer.
struct Aside
{
    std::optional<qint64> untilMs = {}; ///< to come, within a year
    bool untilChange = false; ///< until something changes (domain/event.h: case.set_aside)
    friend bool operator==(const Aside &, const Aside &) = default;
};

/// Minding cases: none of it decides anything or reaches an agent. Signed events, all or none where
/// many cases are named (at most mostAtOnce); what is so already is not recorded again. Errors:
/// NotFound, NotAllowed (not enrolled; a state that does not fit), InvalidInput, Storage.
class CasePort
{
public:
    CasePort() = default;
    virtual ~CasePort() = default;
    Q_DISABLE_COPY_MOVE(CasePort)

    static constexpr qsizetype mostAtOnce = 1000;
    static constexpr qsizetype longestComment = 4000; ///< characters

    /// Only what waits or is in trouble.
    [[nodiscard]] virtual QFuture<Result<void>> setAside(const QList<CaseId> &ids,
                                                         const Aside &aside, const PersonId &person)
        = 0;
    /// `whom`: the id or name of an enrolled person, another name of somebody who is not, or
    /// empty for nobody. `note`: what whoever gets it should know, at most longestComment.
    [[nodiscard]] virtual QFuture<Result<void>> assign(const QList<CaseId> &ids,
                                                       const QString &whom, const PersonId &person,
                                                       const QString &note = {})
        = 0;
    /// Plain text, for colleagues and the trail.
    [[nodiscard]] virtual QFuture<Result<void>> comment(const QList<CaseId> &ids,
                                                        const QString &text, const PersonId &person)
        = 0;
    /// To come, within five years; nothing: no follow-up any more.
    [[nodiscard]] virtual QFuture<Result<void>>
    setFollowUp(const QList<CaseId> &ids, std::optional<qint64> whenMs, const PersonId &person) = 0;
};

} // namespace countersign
