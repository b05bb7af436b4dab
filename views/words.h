// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/pace.h"
#include "domain/proposal.h"
#include "items/inboxmodel.h"

#include <QString>

#include <optional>

/// What people read for our own vocabularies and values; translated, in one format everywhere.
namespace countersign::words {

[[nodiscard]] QString of(Risk risk); ///< "High risk"
[[nodiscard]] QString of(CaseState state); ///< "Waiting"
[[nodiscard]] QString of(Reversibility reversibility); ///< "Cannot be undone"
[[nodiscard]] QString of(DecisionKind kind); ///< "Send back"
[[nodiscard]] QString of(Verdict verdict); ///< "Minor edit"
/// What the keys of a decision mean on a spot check.
[[nodiscard]] Verdict verdictOf(DecisionKind kind);
[[nodiscard]] QString past(DecisionKind kind); ///< "Sent back"
[[nodiscard]] QString under(DecisionKind kind); ///< "Sending back…"
[[nodiscard]] QString of(InboxQueue queue); ///< "All open"
[[nodiscard]] QString of(InboxColumn column); ///< "Case type"
[[nodiscard]] QString of(InboxGroup group); ///< "No groups"
[[nodiscard]] QString of(DueBand band); ///< "Due today"

/// "12,345,678.90": every digit as written, grouped by threes. Forms with an exponent stay as they
/// are.
[[nodiscard]] QString amount(const Decimal &amount);
/// "1,250.00 EUR"; empty without an amount. The currency is shown as foreign text.
[[nodiscard]] QString amount(const Impact &impact);
/// "0.71" or "–".
[[nodiscard]] QString confidence(const std::optional<Decimal> &confidence);
[[nodiscard]] QString count(qint64 count); ///< "10,000"
/// "12 s", "42 min", "2 h", "3 d".
[[nodiscard]] QString span(qint64 ms);
/// "2026-11-21 07:13", local time; with seconds where `exact`.
[[nodiscard]] QString time(qint64 ms, bool exact = false);
/// "due in 42 min", "overdue 5 min".
[[nodiscard]] QString due(qint64 dueMs, qint64 nowMs);

/// "18 decided today, median 24 s, 2 edits, 1 sent back", and what is to be said of haste.
/// A few words for each.
[[nodiscard]] QStringList signs(const Pace &pace);
[[nodiscard]] QString pace(const Pace &pace);

[[nodiscard]] QString because(Back back); ///< "the proposal changed"
/// "Mon 2026-11-30 09:00", for times to come that a person chooses.
[[nodiscard]] QString moment(qint64 ms);
[[nodiscard]] QString day(qint64 ms); ///< "Mon 2026-11-30"
/// "AP" for "Ana Pérez"; letters and digits only.
[[nodiscard]] QString initials(const QString &name);
/// Who minds a case and when it comes back, one line for its head; empty where there is nothing.
[[nodiscard]] QString care(const Case &shown, qint64 nowMs);

/// A row as one sentence for those who listen.
[[nodiscard]] QString sentence(const InboxRow &row, qint64 nowMs);

} // namespace countersign::words
