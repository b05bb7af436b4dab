// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/countersign/api.h"
#include "endpoints/countersign/codec.h"

#include <QPromise>

namespace countersign::native {

/// Brings the answer to one case to the server: looks whether it is there (where an earlier try may
/// have taken effect), reads the case, sends the frozen bytes, reads back. Deletes itself when
/// done.
class Delivery : public QObject
{
    Q_OBJECT
public:
    Delivery(Api &api, const Dispatch &dispatch, QObject *parent);
    [[nodiscard]] QFuture<DeliveryReport> run();

private:
    using Outcome = DeliveryReport::Outcome;

    void lookUp(void (Delivery::*otherwise)());
    void readCaseAgain();
    void judge(const Result<HttpReply> &reply);
    void send();
    void takeAnswer(const Result<HttpReply> &reply);
    void takeConflict(const HttpReply &reply);
    void lost(); ///< sent, not answered well, and the server does not know the decision
    void unsure(); ///< sent, not answered, and the server does not know the decision yet
    void vanished(); ///< answered well, and the server does not know the decision
    void deliver(const Json &receipt);
    void changed(const QList<Proposal> &now);
    void refused(const Error &error, const HttpReply &reply);
    void end(Outcome outcome, const QString &text, const QString &detail = {});

    [[nodiscard]] QByteArray casePath() const;
    /// All parts are taken or none is, so that the first one speaks for the others.
    [[nodiscard]] const AnsweredPart &part() const { return m_dispatch.parts.first(); }

    Api &m_api;
    Dispatch m_dispatch;
    DeliveryReport m_report;
    Error m_problem; ///< of the try, for when it turns out not to have been taken
    QPromise<DeliveryReport> m_promise;
};

} // namespace countersign::native
