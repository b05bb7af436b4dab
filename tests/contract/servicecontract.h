// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/profile/profile.h"
#include "contract/contract.h"

#include <QTemporaryDir>
#include <QTest>

namespace countersign {

/// The same through a whole profile with its store, keys, encrypted secrets and every service: what
/// must hold between a person's decision and the server's effect, whatever the endpoint speaks.
/// After each case the trail verifies, the state is what its events say, the server has done
/// exactly what was decided, and the endpoint's secret stands nowhere.
class ServiceContractSuite : public QObject
{
    Q_OBJECT
public:
    explicit ServiceContractSuite(ContractServer &server) : m_server(server) { }

private Q_SLOTS:
    void init();
    void cleanup();

    void theSameLookTwiceIsOneCase();
    void resumesAfterItWasAway();
    void theScreenIsOlderThanTheCase();
    void changedWhileHeldIsAskedAgain();
    void withdrawnWhileHeldIsNotSent();
    void withdrawnUnseenIsNotSent();
    void ofTwoDecisionsOneIsTaken();
    void answeredByAnotherClientIsSuperseded();
    void partsWaitForEachOther();
    void whatCannotBeDecidedOnRecordIsNotSent();
    void whatCannotBeSentOnRecordIsNotSent();
    void nothingIsSentWithoutKeys();
    void anotherTryHasTheSameBytes();
    void aLostReplyIsLookedUp();
    void halfAReplyChangesNothing();
    void aCutStreamIsTakenUpAgain();

private:
    void open();
    void close() { m_profile.reset(); }
    void sync();
    [[nodiscard]] QString ask(int parts = 1);
    [[nodiscard]] QList<Case> casesAt(const QString &place);
    [[nodiscard]] Case caseAt(const QString &place);
    [[nodiscard]] QFuture<Result<DecisionReceipt>> begin(const Case &subject,
                                                         DecisionKind kind = DecisionKind::Approve);
    [[nodiscard]] Result<DecisionReceipt> decide(const Case &subject);
    int deliver(); ///< what is due now; how many answers were tried
    [[nodiscard]] bool endsAs(const QString &place,
                              CaseState state); ///< after as many tries as needed
    [[nodiscard]] qint64 events();
    [[nodiscard]] bool refuse(const char *kind); ///< the store, to append such events
    [[nodiscard]] bool refuseNothing();
    [[nodiscard]] QList<QByteArray> answersSent(const QString &place) const;
    [[nodiscard]] QString secretLeak() const;
    void keep(const Error &error) { m_said += error.text + error.detail; }

    ContractServer &m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<Profile> m_profile;
    EndpointId m_endpoint;
    PersonId m_person;
    QHash<QString, int> m_effects; ///< that the server must have counted at the end, by place
    QString m_said; ///< every sentence that was met
};

} // namespace countersign
