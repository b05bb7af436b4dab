// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ports.h"
#include "store/store.h"

#include <QThreadPool>

#include <atomic>

namespace countersign {

/// The trail beyond reading it. Its work runs on a thread of its own; destroying the service ends
/// it.
class TrailService final : public TrailPort
{
public:
    /// `directory`: the profile's folder.
    TrailService(Store &store, QString directory);
    ~TrailService() override;

    [[nodiscard]] QFuture<Result<VerifyReport>>
    verify(const QList<QByteArray> &checkpoints) override;
    [[nodiscard]] QFuture<Result<qint64>> exportRows(const TrailQuery &query, const QString &path,
                                                     bool csv) override;
    [[nodiscard]] QFuture<Result<QByteArray>> checkpoint() override;

private:
    Store &m_store;
    QString m_directory;
    QThreadPool m_pool;
    std::atomic<bool> m_ending = false;
};

} // namespace countersign
