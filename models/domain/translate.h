// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace countersign {

// tr() for code outside a QObject: one context for all of it. `n` chooses the plural.
inline QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("countersign", text, nullptr, n);
}

} // namespace countersign
