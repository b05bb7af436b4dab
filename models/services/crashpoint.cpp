// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/crashpoint.h"

#include <QByteArray>

#include <csignal>

namespace countersign {

void crashPoint(const char *name)
{
    if (qgetenv("COUNTERSIGN_CRASH_AT") == name) {
        std::raise(SIGKILL);
    }
}

} // namespace countersign
