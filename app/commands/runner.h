// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace countersign {

/// Every command that there is.
[[nodiscard]] const QList<Command> &commands();
[[nodiscard]] QList<CommandSpec> commandSpecs();

/// Runs one command on a profile that is open. `words` without the program's name.
[[nodiscard]] QFuture<Outcome> runCommand(Profile &profile, const InstanceRequest &request);

/// The whole of countersignctl: understands, reads what is named, opens the profile (or asks the
/// process that holds it) and runs. Blocking; needs a QCoreApplication that does not run its event
/// loop yet.
[[nodiscard]] Outcome runCommandLine(const QStringList &words, const FindProtocol &findProtocol);

} // namespace countersign
