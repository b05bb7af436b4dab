// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"

#include <QByteArray>

namespace countersign {

/// One event as a line of an exported trail. Pure.

[[nodiscard]] QByteArray csvTitles();
[[nodiscard]] QByteArray csvLine(const EventRecord &event);
/// {"envelope":…,"leaf":…}: the envelope's bytes stand there exactly as they were hashed.
[[nodiscard]] QByteArray jsonLine(const EventRecord &event);

} // namespace countersign
