// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "testing/faultproxy.h"

#include <memory>

namespace countersign {

/// A real server of one kind, as the contract suite drives it. Every place is one question that
/// nobody else touches; calls block (with the event loop running) until the server has done it.
class ContractServer
{
public:
    ContractServer() = default;
    virtual ~ContractServer() = default;
    Q_DISABLE_COPY_MOVE(ContractServer)

    [[nodiscard]] virtual const Protocol &protocol() const = 0;
    [[nodiscard]] virtual QUrl url() const = 0;
    /// A secret header that the server takes; the suite looks for its value where it must not be.
    [[nodiscard]] virtual Header secret() const = 0;
    /// The request line of an answer begins so, for instance "POST /threads/".
    [[nodiscard]] virtual QByteArray answerLine(const QString &place) const = 0;

    /// Whether a question of this kind may ask about several actions.
    [[nodiscard]] virtual bool asksInParts() const { return true; }
    /// Asks about `parts` actions at once, each to be approved; gives the place: Source::lane of
    /// its proposals.
    [[nodiscard]] virtual QString ask(int parts) = 0;
    /// How many actions were done at this place, by the server's own count.
    [[nodiscard]] virtual int effects(const QString &place) = 0;
    /// Asks something else there, in place of what was asked.
    virtual void change(const QString &place) = 0;
    /// Another client approves, under this name where the server keeps names.
    virtual void answerAs(const QString &place, const QString &name) = 0;
    /// The agent takes its question back.
    virtual void withdraw(const QString &place) = 0;
};

/// What every endpoint must do, whatever it speaks. Drives Protocol and AgentEndpoint through their
/// ports only.
class ContractSuite : public QObject
{
    Q_OBJECT
public:
    explicit ContractSuite(ContractServer &server) : m_server(server) { }

private Q_SLOTS:
    void init();
    void cleanup();

    void sameLookSameProposal();
    void newsArrivesWithinTwoSeconds();
    void answersTakeEffectOnce();
    void partsGoTogether();
    void sentAgainTakesEffectOnce();
    void changedAfterShownIsNotSent();
    void answeredElsewhereIsNotSent();
    void twoRacingHaveOneWinner();
    void withdrawnIsNotSentAndIsSeen();
    void lostReplyIsLookedUp();
    void aDeadServerIsWaitedFor();
    void halfAnAnswerIsNoAnswer();
    void whatIsNotAllowedIsRefused();
    void secretsStayInTheirHeader();
    void endsWithItsFutures();

private:
    [[nodiscard]] std::unique_ptr<AgentEndpoint> open() const;
    [[nodiscard]] QList<Proposal> at(const QString &place);
    [[nodiscard]] Dispatch approval(const QList<Proposal> &parts, const QString &decision) const;
    [[nodiscard]] DeliveryReport deliver(const Dispatch &dispatch);

    ContractServer &m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<AgentEndpoint> m_endpoint;
};

} // namespace countersign
