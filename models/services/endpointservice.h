// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/decisionservice.h"
#include "services/intake.h"

#include <QMutex>
#include <QThreadPool>

#include <map>

namespace countersign {

/// The configured endpoints and their live connections. What they are seen to ask goes to Intake.
/// Lives on the GUI thread; secrets are read and written on other threads.
class EndpointService final : public EndpointPort
{
    Q_OBJECT
public:
    EndpointService(Store &store, Intake &intake, SecretBackend &secrets, const Clock &clock,
                    FindProtocol findProtocol, QObject *parent = nullptr);
    ~EndpointService() override;

    /// Reads the endpoints and opens a connection to each; ends when all are open. They are read
    /// again by themselves whenever they change.
    [[nodiscard]] QFuture<Result<void>> load();
    void start(); ///< watches every endpoint from now on
    void stop();

    [[nodiscard]] AgentEndpoint *connection(const EndpointId &id) const; ///< null where none
    /// One whole round of an endpoint, taken in.
    [[nodiscard]] QFuture<Result<IntakeSummary>> sync(const EndpointId &id);

    /// Why an endpoint could not be given the policy in force, a sentence for its view; empty: it
    /// could.
    void setPolicyFault(const EndpointId &id, const QString &fault);

    [[nodiscard]] QList<EndpointView> endpoints() const override;
    [[nodiscard]] QFuture<Result<EndpointId>>
    add(const Endpoint &endpoint, const QList<Header> &secrets, const PersonId &person) override;
    [[nodiscard]] QFuture<Result<void>>
    change(const Endpoint &endpoint, const QList<Header> &secrets, const PersonId &person) override;
    [[nodiscard]] QFuture<Result<void>> remove(const EndpointId &id,
                                               const PersonId &person) override;
    [[nodiscard]] QFuture<Result<QString>> test(const EndpointId &id) override;

private:
    struct Live
    {
        Endpoint endpoint;
        std::unique_ptr<AgentEndpoint> connection;
        QString fault; ///< why there is no connection
    };
    struct Known
    {
        Endpoint endpoint;
        QByteArray resumeAt; ///< where its events were read up to
    };
    struct Loaded
    {
        Endpoint endpoint;
        QByteArray resumeAt;
        Result<QList<Header>> secrets;
    };
    struct Read
    {
        QList<Known> endpoints;
        PolicyRecord inForce;
        QHash<EndpointId, KeptPolicy> kept;
    };
    [[nodiscard]] static Result<Read> known(Reader &reader);
    void showPolicy(EndpointView &view) const;
    void apply(const QList<Loaded> &loaded);
    void open(Live &live, const Loaded &loaded);
    [[nodiscard]] Result<QList<Loaded>> withSecrets(const QList<Known> &endpoints);
    [[nodiscard]] Error notConnected(const EndpointId &id) const;

    Store &m_store;
    Intake &m_intake;
    SecretBackend &m_secrets;
    std::shared_ptr<QMutex> m_secretsMutex = std::make_shared<QMutex>();
    const Clock &m_clock;
    FindProtocol m_findProtocol;
    std::map<EndpointId, Live> m_live;
    PolicyRecord m_inForce;
    QHash<EndpointId, KeptPolicy> m_kept;
    int m_loads = 0; ///< begun; the newest that was read, and applied, counts
    int m_read = 0;
    int m_applied = 0;
    QHash<EndpointId, QString> m_policyFaults;
    QSet<EndpointId> m_renewed; ///< other secrets: to be connected anew, whatever else is the same
    bool m_watching = false;
    QThreadPool m_pool; ///< a keychain may take its time
};

/// Whether an endpoint can be configured so: http or https with a host, no user, no fragment; a
/// name; a known kind; no secret among its plain headers. InvalidInput names fault and cure.
[[nodiscard]] Result<void> checkEndpoint(const Endpoint &endpoint, const QList<Header> &secrets,
                                         const FindProtocol &findProtocol);

} // namespace countersign
