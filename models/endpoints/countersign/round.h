// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/countersign/api.h"
#include "endpoints/countersign/codec.h"

#include <QPromise>

namespace countersign::native {

struct RoundResult
{
    Observation seen; ///< `open` is set
    QStringList faults; ///< cases that could not be read
};

/// Pages once through everything that waits. Where asked to, also reads what happened since the
/// last look, which nobody was there to hear: from a server that keeps its events. Deletes itself
/// when done.
class Round : public QObject
{
    Q_OBJECT
public:
    Round(Api &api, bool withEvents, QObject *parent);
    [[nodiscard]] QFuture<Result<RoundResult>> run();

private:
    void ask(const QString &after);
    void take(const Result<HttpReply> &reply);
    void askEvents();
    void takeEvents(const Result<HttpReply> &reply);
    void end(const Result<RoundResult> &result);

    Api &m_api;
    QPromise<Result<RoundResult>> m_promise;
    RoundResult m_result;
    QSet<QString> m_cursors;
    bool m_withEvents;
};

} // namespace countersign::native
