// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QString>

namespace countersign {

/// What people read of an event. Pure, reentrant. Names of agents, actions and people inside are
/// foreign text: show them as plain text only.

/// One line without a full stop: "Ana approved case c-12 (issue_refund)". A kind that is not known
/// is named as it stands, never an empty line.
[[nodiscard]] QString sentenceOf(const Json &envelope);

/// Whether an event about who minds a case ends what such events begin.
[[nodiscard]] bool takesSomethingBack(const Json &envelope);

/// A pattern in the placeholders of eventwords.cpp, filled in; what is foreign is made visible.
[[nodiscard]] QString filled(const QString &pattern, const Json &envelope);

/// What the payload adds, for the detail pane: a message, an error, an effect. Empty where nothing.
[[nodiscard]] QString remarkOf(const Json &envelope, const Json &payload);

/// "Approve", "Delivered", "Case proposed": a kind, or a group that ends in a point ("decision.").
[[nodiscard]] QString kindTitle(const QString &kind);

/// The word for the row's chip, empty for kinds that decide and deliver nothing.
[[nodiscard]] QString decisionChip(const QString &kind);

} // namespace countersign
