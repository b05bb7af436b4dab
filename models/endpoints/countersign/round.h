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

/// Pages once through everything that waits. Deletes itself when done.
class Round : public QObject
{
    Q_OBJECT
public:
    Round(Api &api, QObject *parent);
    [[nodiscard]] QFuture<Result<RoundResult>> run();

private:
    void ask(const QString &after);
    void take(const Result<HttpReply> &reply);
    void end(const Result<RoundResult> &result);

    Api &m_api;
    QPromise<Result<RoundResult>> m_promise;
    RoundResult m_result;
    QSet<QString> m_cursors;
};

} // namespace countersign::native
