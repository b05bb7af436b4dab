// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

namespace countersign {

/// "42 like this: 39 approved, 2 edited (amount), 1 rejected; 1 reversed later." One line; names of
/// arguments in it are shown as foreign text. "Nothing like this has been decided yet." where there
/// is none.
[[nodiscard]] QString sentenceOf(const Precedents &found);

} // namespace countersign
