// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace countersign {

/// What a verifier must know of a profile's file beyond what a Reader tells.
struct Inspection
{
    QStringList missingGuards; ///< triggers that keep events append-only and are not there
    /// The first place where payloads are not those of the events, or the state tables not what
    /// the events say; a sentence, empty if there is none.
    QString stateDifference;
    QList<QByteArray> checkpoints; ///< signed notes that are kept in the file, smallest size first
};

/// Folds all events anew and compares. Reads only, beside a writer too; blocking, so on a thread of
/// its own for long trails. Errors: Unreadable, NewerSchema, Storage.
[[nodiscard]] Result<Inspection> inspectSqliteStore(const QString &directory);

} // namespace countersign
