// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// What the Secret Service on the session bus says of its default collection. QtKeychain cannot be
/// asked: for a locked collection without a prompter it answers "no such entry". Blocking, at most
/// `timeoutMs`; any one thread.
enum class SecretServiceState
{
    Unlocked,
    Locked,
    NoAnswer,
    NoBus,
    NoService,
    NoCollection ///< storing would open a prompt that makes one
};
[[nodiscard]] SecretServiceState askSecretService(int timeoutMs);

} // namespace countersign
