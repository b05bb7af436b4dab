// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/arguments.h"
#include "app/profile/instance.h"
#include "app/profile/profile.h"

#include <QCoroFuture>
#include <QCoroTask>

namespace countersign {

/// What a command leaves behind: standard output, standard error and the exit code.
using Outcome = InstanceReply;

namespace exitcode {
inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int badInput = 2;
inline constexpr int superseded = 3;
inline constexpr int notDelivered = 4;
inline constexpr int refused = 5;
} // namespace exitcode

struct Command
{
    CommandSpec spec;
    std::function<QCoro::Task<Outcome>(Profile &profile, const Arguments &arguments)> run = {};
    /// Instead of run: no profile has to open.
    std::function<Outcome(const Arguments &arguments)> evaluate = {};
};

// One file for each group.
[[nodiscard]] QList<Command> endpointCommands();
[[nodiscard]] QList<Command> personCommands();
[[nodiscard]] QList<Command> caseCommands();
[[nodiscard]] QList<Command> careCommands(); ///< who minds cases, and when
[[nodiscard]] QList<Command> decisionCommands();
[[nodiscard]] QList<Command> deliveryCommands(); ///< sync, outbox
[[nodiscard]] QList<Command> trailCommands();
[[nodiscard]] QList<Command> ladderCommands();
[[nodiscard]] QList<Command> precedentCommands();
[[nodiscard]] QList<Command> reviewCommands(); ///< spotchecks, setting
[[nodiscard]] QList<Command> reviewerCommands();
[[nodiscard]] QList<Command> knownCommands(); ///< answers from a file
[[nodiscard]] QList<Command> policyCommands(); ///< policy, cases explain
[[nodiscard]] QList<Command> stopCommands(); ///< stop, resume, stops

/// Text for people, or JSON; both end in a line feed.
[[nodiscard]] Outcome printed(const Json &json);
[[nodiscard]] Outcome printed(const QString &text);
[[nodiscard]] Outcome complaint(int code, const QString &sentence);
/// Bad input where it was the caller's, else a failure.
[[nodiscard]] Outcome complaint(const Error &error);

[[nodiscard]] Error cutShort();

/// To be awaited, but never with a lambda made in the same expression: GCC 12 destroys its captures
/// twice. A call that was cut short is an error like any other.
template <class T> [[nodiscard]] QFuture<Result<T>> settled(QFuture<Result<T>> future)
{
    return future.onCanceled([]() -> Result<T> { return tl::unexpected<Error>(cutShort()); });
}

/// The endpoint, person or case that the caller named; InvalidInput where there is none.
[[nodiscard]] QFuture<Result<Endpoint>> namedEndpoint(Profile &profile, const QString &name);
[[nodiscard]] QFuture<Result<Person>> namedPerson(Profile &profile, const QString &name);
[[nodiscard]] QFuture<Result<Case>> namedCase(Profile &profile, const QString &id);

} // namespace countersign
