// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QStringList>

namespace countersign::words {

/// "back because the proposal changed", "follow up on Mon 2026-11-30", "assigned to Ana Pérez".
[[nodiscard]] QStringList minding(const InboxRow &row, qint64 nowMs);

} // namespace countersign::words
