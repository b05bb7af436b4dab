// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/jsonobject.h"
#include "domain/error.h"

#include <QFile>

namespace countersign::demo {

/// Everything the agent received and did, one JSON object a line, each on disk before the call
/// returns. "what" is request, effect, event, outcome, or change. Never holds the token.
class Journal
{
public:
    [[nodiscard]] Result<void> open(const QString &path); ///< appends
    void write(const QString &what, Json entry); ///< nothing where no file was opened

private:
    QFile m_file;
};

} // namespace countersign::demo
