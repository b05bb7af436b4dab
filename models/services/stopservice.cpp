// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/stopservice.h"

#include "domain/continued.h"
#include "domain/displaytext.h"
#include "services/decisionrules.h"

namespace countersign {

namespace {

constexpr std::chrono::milliseconds pauseBeforeAgain{5'000};
constexpr qsizetype longestStopReason = 10'000;

EventDraft stopEvent(const char *kind, const Actor &actor, const StopOrder &order,
                     const QString &reason)
{
    EventDraft draft{.kind = QString::fromLatin1(kind),
                     .actor = actor,
                     .endpoint = order.scope.endpoint,
                     .agent = order.scope.agent};
    draft.payload = Json::object({{QStringLiteral("reason"), Json(reason)}});
    return draft;
}

Result<void> append(Transaction &transaction, const char *kind, const StopOrder &order,
                    const PersonId &person, const QString &reason)
{
    const auto actor = enrolledPerson(transaction, person);
    if (!actor) {
        return tl::unexpected<Error>(actor.error());
    }
    EventDraft draft = stopEvent(kind, *actor, order, reason);
    if (QLatin1String(kind) == QLatin1String(event::stopSet) && order.atMs < transaction.nowMs()) {
        draft.reportedMs = order.atMs; // it held before it could be recorded
    }
    const auto appended = transaction.append(draft);
    return appended ? Result<void>() : tl::unexpected<Error>(appended.error());
}

bool holdsAmong(const QList<StopOrder> &orders, const StopScope &scope)
{
    return std::any_of(orders.cbegin(), orders.cend(),
                       [&](const StopOrder &order) -> bool { return order.scope == scope; });
}

void drop(QList<StopOrder> &orders, const StopScope &scope)
{
    orders.removeIf([&](const StopOrder &order) -> bool { return order.scope == scope; });
}

struct Known
{
    QList<StopOrder> stops;
    bool onceLifted = false;
};

Result<Known> readKnown(Reader &reader)
{
    const auto stops = reader.stops();
    const auto lifted = reader.events({.limit = 1, .kind = QString::fromLatin1(event::stopLifted)});
    if (!stops || !lifted) {
        return tl::unexpected<Error>(stops ? lifted.error() : stops.error());
    }
    return Known{*stops, !lifted->isEmpty()};
}

} // namespace

StopService::StopService(Store &store, PolicyDesk &desk, EndpointService &endpoints,
                         const Clock &clock, QObject *parent)
    : StopPort(parent),
      m_store(store),
      m_desk(desk),
      m_endpoints(endpoints),
      m_clock(clock)
{
    m_again.setSingleShot(true);
    m_again.setInterval(pauseBeforeAgain);
    connect(&m_again, &QTimer::timeout, this, [this]() -> void {
        recordPending();
        tell();
    });
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.stops) {
            (void)load();
        }
    });
    connect(&endpoints, &EndpointPort::endpointsChanged, this, [this]() -> void { tell(); });
}

QFuture<Result<void>> StopService::load()
{
    return continued(m_store.read<Known>(readKnown), this,
                     [this, change = ++m_change](const Result<Known> &known) -> Result<void> {
                         if (!known) {
                             return tl::unexpected<Error>(known.error());
                         }
                         if (change != m_change) {
                             return {}; // a newer look is on its way
                         }
                         m_onceLifted = known->onceLifted;
                         settle(known->stops);
                         return {};
                     });
}

void StopService::start()
{
    m_started = true;
    tell();
}

QList<StopOrder> StopService::stops() const
{
    return m_recorded + m_pending;
}

QString StopService::remark() const
{
    QStringList sentences;
    if (!m_pending.isEmpty() && !m_fault.isEmpty()) {
        sentences.append(tr("The stop holds, but could not be recorded yet; it is tried again. %1")
                             .arg(m_fault));
    }
    for (const EndpointView &view : m_endpoints.endpoints()) {
        const QString fault = m_ears.value(view.endpoint.id).fault;
        if (!fault.isEmpty()) {
            sentences.append(tr("%1 could not be told yet; nothing is sent there all the same. %2")
                                 .arg(view.endpoint.name, fault));
        }
    }
    return sentences.join(u' ');
}

QFuture<Result<void>> StopService::stop(const StopRequest &request)
{
    StopOrder order{.scope = request.scope,
                    .reason = request.reason.trimmed().left(longestStopReason),
                    .person = request.person,
                    .personName = tr("Somebody"),
                    .atMs = m_clock.nowMs(),
                    .recorded = false};
    order.scope.agent = shortName(order.scope.agent);
    drop(m_pending, order.scope);
    m_pending.append(order);
    publish(); // before anything that can fail
    return record(order);
}

QFuture<Result<void>> StopService::record(const StopOrder &order)
{
    const auto written = m_store.write<void>([order](Transaction &transaction) -> Result<void> {
        return append(transaction, event::stopSet, order, order.person, order.reason);
    });
    return continued(written, this, [this, order](const Result<void> &recorded) -> Result<void> {
        m_fault = recorded ? QString() : recorded.error().text;
        if (recorded) {
            ++m_change;
            drop(m_pending, order.scope);
            StopOrder kept = order;
            kept.recorded = true;
            drop(m_recorded, order.scope);
            m_recorded.append(kept);
            (void)load(); // with the person's name
        } else {
            m_again.start();
        }
        publish();
        return recorded;
    });
}

void StopService::recordPending()
{
    for (const StopOrder &order : QList<StopOrder>(m_pending)) {
        (void)record(order);
    }
}

QFuture<Result<void>> StopService::resume(const StopRequest &request)
{
    const QString reason = request.reason.trimmed();
    StopScope scope = request.scope;
    scope.agent = shortName(scope.agent);
    Error refused;
    if (!holdsAmong(stops(), scope)) {
        refused = {.code = ErrorCode::NotFound, .text = tr("There is no such stop to lift.")};
    } else if (reason.isEmpty() || reason.size() > longestStopReason || !reason.isValidUtf16()) {
        refused
            = {.code = ErrorCode::InvalidInput, .text = tr("Say in a few words why it may go on.")};
    }
    if (!refused.text.isEmpty()) {
        return QtFuture::makeReadyFuture(Result<void>(tl::unexpected<Error>(refused)));
    }
    const auto pending = stopFor(m_pending, scope.endpoint, scope.agent);
    const auto written = m_store.write<void>([scope, reason, pending, person = request.person](
                                                 Transaction &open) -> Result<void> {
        const auto known = open.stops();
        if (!known) {
            return tl::unexpected<Error>(known.error());
        }
        StopOrder order{.scope = scope};
        if (!holdsAmong(*known, scope) && pending) { // both belong into the record
            order = *pending;
            if (auto set = append(open, event::stopSet, order, order.person, order.reason); !set) {
                return set;
            }
        }
        return append(open, event::stopLifted, order, person, reason);
    });
    return continued(written, this, [this, scope](const Result<void> &lifted) -> Result<void> {
        if (lifted) {
            ++m_change;
            drop(m_pending, scope);
            drop(m_recorded, scope);
            m_onceLifted = true;
            publish();
        }
        return lifted;
    });
}

void StopService::settle(const QList<StopOrder> &recorded)
{
    m_recorded = recorded;
    m_pending.removeIf(
        [&](const StopOrder &order) -> bool { return holdsAmong(recorded, order.scope); });
    publish();
}

void StopService::publish()
{
    m_desk.setPendingStops(stops());
    tell();
    Q_EMIT stopsChanged();
}

/// What an endpoint should have heard: each agent that is stopped, and that the rest may go on.
QList<StopService::Heard> StopService::wanted(const EndpointId &endpoint) const
{
    QList<Heard> wanted;
    for (const StopOrder &order : stops()) {
        const Heard one{order.scope.agent, true};
        if ((order.scope.endpoint.isEmpty() || order.scope.endpoint == endpoint)
            && !wanted.contains(one)) {
            wanted.append(one);
        }
    }
    return wanted;
}

void StopService::tell()
{
    if (!m_started) {
        return;
    }
    for (const EndpointView &view : m_endpoints.endpoints()) {
        tell(view);
    }
}

void StopService::tell(const EndpointView &view)
{
    const EndpointId id = view.endpoint.id;
    AgentEndpoint *connection = m_endpoints.connection(id);
    Ear &ear = m_ears[id];
    if (connection == nullptr || ear.asking) {
        return;
    }
    const QList<Heard> wanted = this->wanted(id);
    std::optional<Heard> next;
    for (const Heard &one : std::as_const(wanted)) {
        if (!ear.heard.contains(one)) {
            next = one;
        }
    }
    for (const Heard &one : std::as_const(ear.heard)) {
        if (one.stopped && !wanted.contains(one)) {
            next = Heard{one.agent, false};
        }
    }
    if (!next && wanted.isEmpty() && m_onceLifted && ear.heard.isEmpty()) {
        next = Heard{{}, false}; // a start after a stop: it may have missed the end of it
    }
    if (!next) {
        ear.fault.clear();
        return;
    }
    ear.asking = true;
    const auto order = stopFor(stops(), id, next->agent);
    const auto told
        = connection->tellStop(next->agent, next->stopped, order ? order->reason : QString());
    (void)continued(told, this, [this, id, heard = *next](const Result<bool> &answer) -> void {
        Ear &after = m_ears[id];
        after.asking = false;
        if (!answer) {
            after.fault = answer.error().text;
            m_again.start();
            Q_EMIT stopsChanged();
            return;
        }
        after.fault.clear(); // or its protocol cannot say so: then Delivery alone holds it
        after.heard.removeIf([&](const Heard &one) -> bool { return one.agent == heard.agent; });
        after.heard.append(heard);
        Q_EMIT stopsChanged();
        tell();
    });
}

} // namespace countersign
