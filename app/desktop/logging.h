// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// `text` with the values of secrets struck out: bearer tokens, and whatever follows a name such as
/// authorization, cookie, token, key, secret or password. A last line of defence; nobody should
/// log one in the first place.
[[nodiscard]] QString redacted(const QString &text);

/// Sends Qt's messages to standard error, redacted, with time and category.
void installLogging();

} // namespace countersign
