// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"
#include "views/style/widgets.h"

#include <QVBoxLayout>

#include <functional>

/// What the sections of a case are made of.
namespace countersign::pieces {

inline constexpr qsizetype proseLimit = 6000; ///< some pages; the raw payload holds the rest

/// A symbol in front of a text.
[[nodiscard]] QWidget *marked(const QString &symbol, style::Role role, QWidget *text);
[[nodiscard]] PlainLabel *muted(const QString &text, style::Type type = style::Type::Caption);
/// Text of an agent, bounded, with a remark under it where it is not written honestly.
void addForeign(QVBoxLayout *layout, const QString &text, style::Type type = style::Type::Body);
/// Every difference of two values: its path, what was, what is; with `reset`, a button for each.
void addChanges(QVBoxLayout *layout, const Json &before, const Json &after,
                const std::function<void(const QString &pointer)> &reset = {});

} // namespace countersign::pieces
