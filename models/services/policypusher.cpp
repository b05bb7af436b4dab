// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/policypusher.h"

#include "domain/continued.h"
#include "domain/displaytext.h"
#include "domain/json.h"

namespace countersign {

namespace {

constexpr std::chrono::milliseconds pauseBeforeGivingAgain{60'000};

/// With its document; without one where the built-in policy is in force.
Result<PolicyRecord> wholePolicy(Reader &reader)
{
    auto record = reader.policyInForce();
    if (!record || record->event.isEmpty()) {
        return record;
    }
    auto whole = reader.policyVersion(record->version);
    if (!whole || !*whole) {
        return whole ? record : tl::unexpected<Error>(whole.error());
    }
    return **whole;
}

Result<bool> recordKept(Transaction &transaction, const Endpoint &endpoint, const KeptPolicy &kept)
{
    const auto before = transaction.keptPolicies();
    if (!before) {
        return tl::unexpected<Error>(before.error());
    }
    const KeptPolicy known = before->value(endpoint.id);
    if (known != kept) {
        EventDraft draft{.kind = key(event::policyKept),
                         .actor = Actor::endpoint(endpoint.id, endpoint.name),
                         .endpoint = endpoint.id};
        if (!kept.version.isEmpty()) {
            draft.fields = Json::object(
                {{key("version"), Json(kept.version)}, {key("digest"), Json(kept.digest)}});
        }
        if (const auto appended = transaction.append(draft); !appended) {
            return tl::unexpected<Error>(appended.error());
        }
    }
    return !kept.version.isEmpty();
}

} // namespace

PolicyPusher::PolicyPusher(Store &store, EndpointService &endpoints, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_endpoints(endpoints)
{
    m_again.setSingleShot(true);
    m_again.setInterval(pauseBeforeGivingAgain);
    connect(&m_again, &QTimer::timeout, this, &PolicyPusher::tryAgain);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.policy) {
            tryAgain();
        }
    });
    connect(&endpoints, &EndpointPort::endpointsChanged, this, &PolicyPusher::look);
}

void PolicyPusher::start()
{
    m_running = true;
    tryAgain();
}

void PolicyPusher::stop()
{
    m_running = false;
    m_again.stop();
}

void PolicyPusher::tryAgain()
{
    for (Ear &ear : m_ears) {
        ear.waits = false;
    }
    look();
}

/// Endpoints change faster than policies are read.
void PolicyPusher::look()
{
    if (!m_running) {
        return;
    }
    if (std::exchange(m_looking, true)) {
        m_lookAgain = true;
        return;
    }
    (void)continued(m_store.read<PolicyRecord>(&wholePolicy), this,
                    [this](const Result<PolicyRecord> &policy) -> void {
                        m_looking = false;
                        if (policy) {
                            give(*policy);
                        }
                        if (std::exchange(m_lookAgain, false)) {
                            look();
                        }
                    });
}

void PolicyPusher::give(const PolicyRecord &policy)
{
    if (policy.document.isNull()) {
        return;
    }
    for (const EndpointView &view : m_endpoints.endpoints()) {
        const Ear ear = m_ears.value(view.endpoint.id);
        const bool there = view.state == u"ok";
        if (there && !ear.asking && !ear.waits && !ear.keepsNone && ear.given != policy.digest) {
            (void)give(view, policy);
        }
    }
}

QFuture<Result<bool>> PolicyPusher::give(const EndpointView &view, const PolicyRecord &policy)
{
    const EndpointId id = view.endpoint.id;
    AgentEndpoint *connection = m_endpoints.connection(id);
    if (connection == nullptr) {
        return QtFuture::makeReadyFuture(Result<bool>(false));
    }
    m_ears[id].asking = true;
    const auto recorded
        = continued(connection->pushPolicy(policy), this,
                    [this, view, policy](const Result<KeptPolicy> &kept) -> QFuture<Result<bool>> {
                        Ear &ear = m_ears[view.endpoint.id];
                        ear.asking = false;
                        ear.waits = !kept;
                        ear.keepsNone = kept && kept->version.isEmpty();
                        ear.given = kept ? kept->digest : QString();
                        const QString fault = kept
                            ? QString()
                            : tr("%1 could not be given to it; it is tried again. %2")
                                  .arg(policy.name(), kept.error().text);
                        m_endpoints.setPolicyFault(view.endpoint.id, fault);
                        if (!kept) {
                            m_again.start();
                            return QtFuture::makeReadyFuture(Result<bool>(false));
                        }
                        return record(view, {shortName(kept->version), shortName(kept->digest)});
                    });
    return QFuture(recorded).unwrap();
}

QFuture<Result<bool>> PolicyPusher::record(const EndpointView &view, const KeptPolicy &kept)
{
    return m_store.write<bool>(
        [endpoint = view.endpoint, kept](Transaction &transaction) -> Result<bool> {
            return recordKept(transaction, endpoint, kept);
        });
}

QFuture<Result<int>> PolicyPusher::run()
{
    return continued(m_store.read<PolicyRecord>(&wholePolicy), this,
                     [this](const Result<PolicyRecord> &policy) -> QFuture<Result<int>> {
                         if (!policy) {
                             return QtFuture::makeReadyFuture(
                                 Result<int>(tl::unexpected<Error>(policy.error())));
                         }
                         QList<QFuture<Result<bool>>> all;
                         if (!policy->document.isNull()) {
                             for (const EndpointView &view : m_endpoints.endpoints()) {
                                 all.append(give(view, *policy));
                             }
                         }
                         return continued(
                             QtFuture::whenAll(all.begin(), all.end()), this,
                             [](const QList<QFuture<Result<bool>>> &done) -> Result<int> {
                                 int keep = 0;
                                 for (const QFuture<Result<bool>> &one : done) {
                                     const Result<bool> kept = one.result();
                                     if (!kept) {
                                         return tl::unexpected<Error>(kept.error());
                                     }
                                     keep += *kept ? 1 : 0;
                                 }
                                 return keep;
                             });
                     })
        .unwrap();
}

} // namespace countersign
