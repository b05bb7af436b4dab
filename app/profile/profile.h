// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/batchservice.h"
#include "services/caseservice.h"
#include "services/decisionservice.h"
#include "services/delivery.h"
#include "services/endpointservice.h"
#include "services/intake.h"
#include "services/people.h"
#include "services/policypusher.h"
#include "services/policyservice.h"
#include "services/regating.h"
#include "services/reviewservice.h"
#include "services/stopservice.h"
#include "services/timeservice.h"
#include "services/trailservice.h"

namespace countersign {

struct ProfileOptions
{
    QString directory; ///< empty: Profile::defaultDirectory()
    bool readOnly = false;
    bool demo = false; ///< only at creation
};

/// One profile with everything that works on it: the composition root without windows. Lives on the
/// main thread.
class Profile final : public QObject
{
    Q_OBJECT
public:
    /// Blocking (probes the keychain, opens and migrates the database): call it before the event
    /// loop. Errors as openSqliteStore() gives them.
    [[nodiscard]] static Result<std::unique_ptr<Profile>> open(const ProfileOptions &options,
                                                               FindProtocol findProtocol);
    ~Profile() override;

    [[nodiscard]] static QString defaultDirectory(); ///< $XDG_DATA_HOME/countersign/default
    [[nodiscard]] static bool exists(const QString &directory);
    [[nodiscard]] static QString loginName();

    void start(); ///< watches the endpoints and sends what becomes due
    void stop();

    [[nodiscard]] const QString &directory() const { return m_directory; }
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    [[nodiscard]] bool isDemo() const;
    /// What has to be said aloud: one sentence for each fallback that was taken.
    [[nodiscard]] const QStringList &notices() const { return m_backends.notices; }

    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] DecisionService &decisions() { return *m_decisions; }
    [[nodiscard]] BatchService &batches() { return *m_batches; }
    [[nodiscard]] CaseService &cases() { return *m_cases; }
    [[nodiscard]] ReviewService &reviews() { return *m_reviews; }
    [[nodiscard]] EndpointService &endpoints() { return *m_endpoints; }
    [[nodiscard]] Delivery &delivery() { return *m_delivery; }
    [[nodiscard]] TrailService &trail() { return *m_trail; }
    [[nodiscard]] People &people() { return *m_people; }
    [[nodiscard]] PolicyDesk &desk() { return *m_desk; }
    [[nodiscard]] PolicyService &policy() { return *m_policy; }
    [[nodiscard]] PolicyPusher &pusher() { return *m_pusher; }
    [[nodiscard]] Regating &regating() { return *m_regating; }
    [[nodiscard]] StopService &stops() { return *m_stops; }

    /// The person at this desk: who bears the login name, else the profile's owner.
    [[nodiscard]] QFuture<Result<Person>> self();

private:
    Profile(QString directory, bool readOnly);

    QString m_directory;
    bool m_readOnly;
    SystemClock m_clock;
    SecretBackends m_backends;
    std::unique_ptr<KeyRing> m_keys;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<PolicyDesk> m_desk;
    std::unique_ptr<PolicyService> m_policy;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<DecisionService> m_decisions;
    std::unique_ptr<BatchService> m_batches;
    std::unique_ptr<CaseService> m_cases;
    std::unique_ptr<ReviewService> m_reviews;
    std::unique_ptr<EndpointService> m_endpoints;
    std::unique_ptr<StopService> m_stops;
    std::unique_ptr<Delivery> m_delivery;
    std::unique_ptr<TimeService> m_time;
    std::unique_ptr<Regating> m_regating;
    std::unique_ptr<PolicyPusher> m_pusher;
    std::unique_ptr<TrailService> m_trail;
    std::unique_ptr<People> m_people;
};

} // namespace countersign
