// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/endpointservice.h"

#include <QTimer>

namespace countersign {

/// Gives the policy in force to every endpoint that can keep one while nobody is connected, and
/// records what each says that it keeps. Again after a while where one cannot be reached. The
/// built-in policy is no document; it is kept by nobody. Lives on the GUI thread.
class PolicyPusher final : public QObject
{
    Q_OBJECT
public:
    PolicyPusher(Store &store, EndpointService &endpoints, QObject *parent = nullptr);

    void start(); ///< now, and from now on by itself
    void stop();
    /// Once, to everything that is connected; ends when all have answered. How many keep it.
    [[nodiscard]] QFuture<Result<int>> run();

private:
    struct Ear
    {
        QString given; ///< digest of what it keeps, as it answered since this began
        bool keepsNone = false; ///< its protocol has no place for one
        bool asking = false;
        bool waits = false; ///< it refused or was not there; tried again later
    };
    void look();
    void tryAgain(); ///< also what refused or was not there
    void give(const PolicyRecord &policy);
    [[nodiscard]] QFuture<Result<bool>> give(const EndpointView &view, const PolicyRecord &policy);
    [[nodiscard]] QFuture<Result<bool>> record(const EndpointView &view, const KeptPolicy &kept);

    Store &m_store;
    EndpointService &m_endpoints;
    QHash<EndpointId, Ear> m_ears;
    QTimer m_again;
    bool m_running = false;
    bool m_looking = false;
    bool m_lookAgain = false;
};

} // namespace countersign
