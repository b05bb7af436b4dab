// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/edithabits.h"

#include <QString>

namespace countersign::words {

/// "/amount was made 500.00 in 4 of the last 6 cases like this. A rule could do this: …"
[[nodiscard]] QString of(const EditHabit &habit);

} // namespace countersign::words
