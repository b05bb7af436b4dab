// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policyreplay.h"
#include "store/store.h"

#include <QThreadPool>

#include <atomic>
#include <memory>

namespace countersign {

struct ReplayRequest
{
    Policy inForce;
    Policy draft;
    std::optional<qint64> fromMs = {}; ///< cases first seen from then on (UTC, inclusive)
    std::optional<qint64> toMs = {}; ///< and before then (exclusive)
};

using ReplayOutcome = std::shared_ptr<const PolicyReplay>;

/// Replays two policies over the past cases of a store: stretch by stretch, newest first, read on
/// the store's thread and judged on threads of its own, a few thousand cases in memory at a time.
/// The figures are the same however many threads there are. Destroying it ends what runs.
class PastReplay final
{
public:
    explicit PastReplay(Store &store);
    ~PastReplay();
    Q_DISABLE_COPY_MOVE(PastReplay)

    /// Reports its progress (0 to progressMaximum(), in cases there are) and ends soon after
    /// cancel(), without a result. Errors: those of the store.
    [[nodiscard]] QFuture<Result<ReplayOutcome>> run(const ReplayRequest &request);

private:
    Store &m_store;
    QThreadPool m_lead; ///< one thread, which waits for the others
    QThreadPool m_judges;
    std::atomic<bool> m_ending = false;
};

} // namespace countersign
