// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "store/reader.h"

namespace countersign {

/// The forms in which the command line prints what it knows. Members are a contract: they may be
/// added to, not changed.

[[nodiscard]] Json caseForm(const Case &subject); ///< as `cases list` prints it
[[nodiscard]] Json wholeCaseForm(const Case &subject); ///< as `cases show` prints it
[[nodiscard]] Json decisionForm(const Decision &decision);
[[nodiscard]] Json outboxForm(const OutboxEntry &entry);
[[nodiscard]] Json endpointForm(const Endpoint &endpoint);
[[nodiscard]] Json personForm(const Person &person);
[[nodiscard]] Json eventForm(const EventRecord &event);

[[nodiscard]] Json textOrNull(const QString &text);

} // namespace countersign
