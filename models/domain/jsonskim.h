// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSet>

namespace countersign {

/// Parts of a JSON text without reading the rest of it, for walks over millions. For texts that we
/// wrote ourselves (compact, already checked when they came in); of anything else the answer may be
/// empty or no JSON, and parseJson() of it says so. Pure, reentrant.

/// The text of a member's value; empty where `object` is none or has no such member. It shares the
/// bytes of `object` and must not outlive them.
[[nodiscard]] QByteArray memberBytes(const QByteArray &object, QByteArrayView name);
/// The object with those of its members whose names are in `names`, in their order.
[[nodiscard]] QByteArray keptMembers(const QByteArray &object, const QSet<QByteArray> &names);

} // namespace countersign
