// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace countersign {

struct VerifyRequest
{
    QString directory; ///< the profile's folder
    QList<QByteArray> checkpoints; ///< signed notes that were kept outside of it
    bool replay = true; ///< fold all events anew and compare the state tables; most of the time
    /// Called every few milliseconds on the calling thread with events done and in all; false
    /// cancels.
    std::function<bool(qint64 done, qint64 total)> progress = {};
};

struct TrailReport
{
    enum class Verdict
    {
        Ok = 0,
        Tampered = 1,
        Unreadable = 2, ///< not to be read as a trail at all
        NoOutsideCheckpoint = 3 ///< all is well, but a cut tail or a rewritten whole would not show
    };
    Verdict verdict = Verdict::Unreadable;
    QString text; ///< the result in a sentence or two
    qint64 events = 0; ///< that were checked and are as they should be
    qint64 firstBad = -1; ///< index of the first event that is not; -1 where it is not an event
    int checkpointsGiven = 0;
};

/// Checks a profile's whole trail against itself and against `checkpoints`: numbering, canonical
/// form, hashes, extracted columns, persons' signatures, payloads, tree and head, stored and
/// outside checkpoints, schema and guards, the database's own structure, and that the state tables
/// follow from the events. Trusts nothing of the file but the key that its own events name; reads
/// in one snapshot, beside a writer too, and never writes. Blocking; memory does not grow with the
/// trail. Errors: InvalidInput where a checkpoint is none, Cancelled, Storage where the disk or a
/// lock is in the way.
[[nodiscard]] Result<TrailReport> verifyTrail(const VerifyRequest &request);

} // namespace countersign
