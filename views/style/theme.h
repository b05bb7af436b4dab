// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/style/tokens.h"

class QApplication;

namespace countersign::style {

/// Fusion with our palette for `scheme`. May be called again while windows are open: they follow.
void applyTheme(QApplication &application, Scheme scheme);

} // namespace countersign::style
