// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"

namespace countersign {

/// Whether `text` can name a role: a-z, 0-9, dashes and underscores, beginning with a letter, at
/// most 40.
[[nodiscard]] bool isRole(const QString &text);
/// "1000 EUR", "1000EUR" or "1000.50 eur": currency and amount; nothing where it is neither.
[[nodiscard]] std::optional<std::pair<QString, Decimal>> readLimit(const QString &text);

/// A role of the person's own; the first of `people` (the profile's owner) has every one.
[[nodiscard]] bool hasRole(const QList<Person> &people, const PersonId &person,
                           const QString &role);

/// Why `person` may not answer `subject` so: a whole sentence that names who may, empty where they
/// may. Who acts for somebody absent at `nowMs` may do what they may. Limits are on what is approved
/// (with changes: on the larger amount), roles on every answer. Pure.
[[nodiscard]] QString lackOf(const Case &subject, const PersonId &person, DecisionKind kind,
                             qint64 nowMs, const std::optional<Json> &arguments = {});

} // namespace countersign
