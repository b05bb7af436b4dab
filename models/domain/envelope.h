// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"

namespace countersign {

/// The canonical envelope of an event (RFC 8785, restricted: keys [a-z][a-z0-9_]*, integers within
/// ±(2^53-1) only, depth at most 16, at most 64 KiB). Pure, reentrant.

/// `value` in canonical bytes; InvalidInput where it breaks a rule, naming it.
[[nodiscard]] Result<QByteArray> canonicalEnvelope(const Json &value);
/// Parses `bytes` and demands that they are exactly their own canonical form.
[[nodiscard]] Result<Json> parseEnvelope(const QByteArray &bytes);

/// The envelope of a draft as an object: its own fields plus v, log, i, at, kind, actor, case,
/// endpoint, agent, action, risk, decision, payload, reported_at (absent where empty). `payload` is
/// the payload digest in hex.
[[nodiscard]] Json envelopeOf(const EventDraft &draft, const QString &log, qint64 index,
                              qint64 atMs, const QByteArray &payload);
/// The extracted copies that the table keeps, taken from a parsed envelope (seq, envelope and leaf
/// are left alone).
[[nodiscard]] EventRecord recordOf(const Json &envelope);

} // namespace countersign
