// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/endpointservice.h"

#include "domain/continued.h"
#include "services/endpointrecords.h"

#include <QtConcurrentRun>

namespace countersign {

namespace {

QString stateWord(EndpointStatus::State state)
{
    switch (state) {
    case EndpointStatus::State::Connecting:
        return QStringLiteral("connecting");
    case EndpointStatus::State::Ok:
        return QStringLiteral("ok");
    case EndpointStatus::State::Failing:
        return QStringLiteral("failing");
    }
    Q_UNREACHABLE();
}

template <class T> QFuture<Result<T>> ready(const Error &error)
{
    return QtFuture::makeReadyFuture(Result<T>(tl::unexpected<Error>(error)));
}

} // namespace

EndpointService::EndpointService(Store &store, Intake &intake, SecretBackend &secrets,
                                 const Clock &clock, FindProtocol findProtocol, QObject *parent)
    : EndpointPort(parent),
      m_store(store),
      m_intake(intake),
      m_secrets(secrets),
      m_clock(clock),
      m_findProtocol(std::move(findProtocol))
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.endpoints || changes.policy) {
            (void)load();
        }
    });
}

EndpointService::~EndpointService()
{
    m_pool.waitForDone();
}

QFuture<Result<void>> EndpointService::load()
{
    const int turn = ++m_loads; // readings may end in another order than they began
    const auto read
        = continued(m_store.read<Read>(&EndpointService::known), this,
                    [this, turn](const Result<Read> &all) -> QFuture<Result<QList<Loaded>>> {
                        if (!all) {
                            return ready<QList<Loaded>>(all.error());
                        }
                        if (turn > m_read) {
                            m_read = turn;
                            m_inForce = all->inForce;
                            m_kept = all->kept;
                        }
                        return QtConcurrent::run(&m_pool, [this, known = all->endpoints] {
                            return withSecrets(known);
                        });
                    });
    return continued(QFuture(read).unwrap(), this,
                     [this, turn](const Result<QList<Loaded>> &loaded) -> Result<void> {
                         if (!loaded) {
                             return tl::unexpected<Error>(loaded.error());
                         }
                         if (turn > m_applied) {
                             m_applied = turn;
                             apply(*loaded);
                         }
                         return {};
                     });
}

Result<EndpointService::Read> EndpointService::known(Reader &reader)
{
    const auto endpoints = reader.endpoints();
    const auto inForce = reader.policyInForce();
    const auto kept = reader.keptPolicies();
    if (!endpoints || !inForce || !kept) {
        return tl::unexpected<Error>(!endpoints     ? endpoints.error()
                                         : !inForce ? inForce.error()
                                                    : kept.error());
    }
    Read known{.endpoints = {}, .inForce = *inForce, .kept = *kept};
    for (const Endpoint &endpoint : *endpoints) {
        const auto cursor = reader.endpointCursor(endpoint.id);
        if (!cursor) {
            return tl::unexpected<Error>(cursor.error());
        }
        known.endpoints.append({endpoint, *cursor});
    }
    return known;
}

Result<QList<EndpointService::Loaded>> EndpointService::withSecrets(const QList<Known> &endpoints)
{
    const QMutexLocker lock(m_secretsMutex.get());
    QList<Loaded> loaded;
    for (const auto &[endpoint, resumeAt] : endpoints) {
        loaded.append(
            {endpoint, resumeAt, readSecretHeaders(m_secrets, m_store.origin(), endpoint)});
    }
    return loaded;
}

void EndpointService::apply(const QList<Loaded> &loaded)
{
    std::map<EndpointId, Live> before = std::exchange(m_live, {});
    for (const Loaded &one : loaded) {
        const auto known = before.find(one.endpoint.id);
        if (known != before.end() && known->second.endpoint == one.endpoint
            && known->second.connection && !m_renewed.contains(one.endpoint.id)) {
            m_live.insert(before.extract(known));
            continue;
        }
        Live live;
        live.endpoint = one.endpoint;
        open(live, one);
        m_live.emplace(one.endpoint.id, std::move(live));
    }
    m_renewed.clear();
    Q_EMIT endpointsChanged();
}

void EndpointService::open(Live &live, const Loaded &loaded)
{
    const Protocol *protocol = m_findProtocol(loaded.endpoint.kind);
    if (protocol == nullptr || !loaded.secrets) {
        live.fault = protocol == nullptr
            ? tr("This version of Countersign does not speak “%1”.").arg(loaded.endpoint.kind)
            : loaded.secrets.error().text;
        return;
    }
    live.connection = protocol->open({.endpoint = loaded.endpoint,
                                      .secretHeaders = *loaded.secrets,
                                      .clock = &m_clock,
                                      .resumeAt = loaded.resumeAt});
    const EndpointId id = loaded.endpoint.id;
    connect(live.connection.get(), &AgentEndpoint::observed, this,
            [this, id](const Observation &observation) -> void {
                (void)m_intake.take(id, observation);
            });
    connect(live.connection.get(), &AgentEndpoint::statusChanged, this,
            &EndpointPort::endpointsChanged);
    if (m_watching) {
        live.connection->start();
    }
}

void EndpointService::start()
{
    m_watching = true;
    for (const auto &[id, live] : m_live) {
        if (live.connection) {
            live.connection->start();
        }
    }
}

void EndpointService::stop()
{
    m_watching = false;
    for (const auto &[id, live] : m_live) {
        if (live.connection) {
            live.connection->stop();
        }
    }
}

AgentEndpoint *EndpointService::connection(const EndpointId &id) const
{
    const auto found = m_live.find(id);
    return found == m_live.end() ? nullptr : found->second.connection.get();
}

Error EndpointService::notConnected(const EndpointId &id) const
{
    const auto found = m_live.find(id);
    return found == m_live.end()
        ? Error{.code = ErrorCode::NotFound,
                .text = tr("There is no endpoint %1.").arg(id.toString())}
        : Error{.code = ErrorCode::Unreachable, .text = found->second.fault};
}

QFuture<Result<IntakeSummary>> EndpointService::sync(const EndpointId &id)
{
    AgentEndpoint *endpoint = connection(id);
    if (endpoint == nullptr) {
        return ready<IntakeSummary>(notConnected(id));
    }
    const qint64 begun = m_clock.nowMs();
    return continued(endpoint->observe(), this,
                     [this, id, begun](
                         const Result<Observation> &observation) -> QFuture<Result<IntakeSummary>> {
                         if (!observation) {
                             return ready<IntakeSummary>(observation.error());
                         }
                         Observation seen = *observation;
                         seen.begunMs = seen.begunMs.value_or(begun);
                         return m_intake.take(id, seen);
                     })
        .unwrap();
}

QList<EndpointView> EndpointService::endpoints() const
{
    QList<EndpointView> views;
    for (const auto &[id, live] : m_live) {
        EndpointView view{.endpoint = live.endpoint,
                          .state = stateWord(EndpointStatus::State::Failing),
                          .text = live.fault};
        if (live.connection) {
            const EndpointStatus status = live.connection->status();
            view.state = stateWord(status.state);
            view.text = status.text;
            view.lastSeenMs = status.lastSeenMs;
        }
        showPolicy(view);
        views.append(view);
    }
    return views;
}

void EndpointService::showPolicy(EndpointView &view) const
{
    const KeptPolicy kept = m_kept.value(view.endpoint.id);
    view.policy = kept.version;
    view.otherPolicy = !kept.version.isEmpty() && kept.digest != m_inForce.digest;
    QStringList sentences{view.text};
    if (view.otherPolicy) {
        sentences.append(tr("While nobody is connected it keeps %1, but %2 is in force.")
                             .arg(kept.version, m_inForce.name()));
    }
    sentences.append(m_policyFaults.value(view.endpoint.id));
    sentences.removeAll(QString());
    view.text = sentences.join(u' ');
}

void EndpointService::setPolicyFault(const EndpointId &id, const QString &fault)
{
    if (m_policyFaults.value(id) != fault) {
        m_policyFaults.insert(id, fault);
        Q_EMIT endpointsChanged();
    }
}

QFuture<Result<EndpointId>>
EndpointService::add(const Endpoint &endpoint, const QList<Header> &secrets, const PersonId &person)
{
    if (const auto checked = checkEndpoint(endpoint, secrets, m_findProtocol); !checked) {
        return ready<EndpointId>(checked.error());
    }
    return m_store.write<EndpointId>(
        [&backend = m_secrets, mutex = m_secretsMutex, endpoint, secrets, person,
         origin = m_store.origin()](Transaction &transaction) -> Result<EndpointId> {
            const QMutexLocker lock(mutex.get());
            return recordEndpoint(transaction, backend, origin, endpoint, secrets, person);
        });
}

QFuture<Result<void>> EndpointService::change(const Endpoint &endpoint,
                                              const QList<Header> &secrets, const PersonId &person)
{
    if (const auto checked = checkEndpoint(endpoint, secrets, m_findProtocol); !checked) {
        return ready<void>(checked.error());
    }
    const auto written = m_store.write<void>(
        [&backend = m_secrets, mutex = m_secretsMutex, endpoint, secrets, person,
         origin = m_store.origin()](Transaction &transaction) -> Result<void> {
            const QMutexLocker lock(mutex.get());
            return recordChange(transaction, backend, origin, endpoint, secrets, person);
        });
    return continued(
               written, this,
               [this, id = endpoint.id](const Result<void> &recorded) -> QFuture<Result<void>> {
                   if (!recorded) {
                       return ready<void>(recorded.error());
                   }
                   m_renewed.insert(id);
                   return load();
               })
        .unwrap();
}

QFuture<Result<void>> EndpointService::remove(const EndpointId &id, const PersonId &person)
{
    return m_store.write<void>(
        [&backend = m_secrets, mutex = m_secretsMutex, id, person,
         origin = m_store.origin()](Transaction &transaction) -> Result<void> {
            const QMutexLocker lock(mutex.get());
            return recordRemoval(transaction, backend, origin, id, person);
        });
}

QFuture<Result<QString>> EndpointService::test(const EndpointId &id)
{
    if (AgentEndpoint *endpoint = connection(id)) {
        return endpoint->test();
    }
    // It may have been added a moment ago, and not be open yet.
    const auto tested = continued(
        load(), this, [this, id](const Result<void> & /*loaded*/) -> QFuture<Result<QString>> {
            AgentEndpoint *endpoint = connection(id);
            return endpoint == nullptr ? ready<QString>(notConnected(id)) : endpoint->test();
        });
    return QFuture(tested).unwrap();
}

} // namespace countersign
