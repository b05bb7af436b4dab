// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/delivery.h"

#include "domain/continued.h"
#include "services/crashpoint.h"
#include "services/deliveryrecords.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 pauseAfterFailureMs = 5'000; ///< where the database refused
constexpr qsizetype mostLanes = 32; ///< at once by the timer: the rest of a batch waits its turn
constexpr qint64 longestSleepMs = 60'000; ///< the clock may jump

QList<DeliveryReport> sameForAll(const QList<Dispatch> &dispatches, DeliveryReport::Outcome outcome,
                                 const QString &text)
{
    QList<DeliveryReport> reports;
    for (const Dispatch &dispatch : dispatches) {
        reports.append({.id = dispatch.id, .outcome = outcome, .text = text});
    }
    return reports;
}

bool isDue(const OutboxEntry &entry, qint64 nowMs)
{
    return (entry.state == OutboxState::Held || entry.state == OutboxState::Sending)
        && entry.dueMs <= nowMs;
}

} // namespace

/// One call of runDue(): open batches, and the promise that ends with them.
struct Delivery::Pass
{
    QPromise<Result<int>> promise;
    int open = 0;
    int tried = 0;
    bool finished = false;

    void finish(const Result<int> &result)
    {
        if (!std::exchange(finished, true)) {
            promise.addResult(result);
            promise.finish();
        }
    }
};

Delivery::Delivery(Store &store, const Clock &clock, FindEndpoint findEndpoint,
                   const PolicyDesk *desk, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_clock(clock),
      m_findEndpoint(std::move(findEndpoint)),
      m_desk(desk)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Delivery::pump);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if ((changes.outbox || changes.stops) && m_running) {
            m_timer.start(0);
        }
    });
}

void Delivery::start()
{
    m_running = true;
    m_timer.start(0);
}

void Delivery::stop()
{
    m_running = false;
    m_timer.stop();
}

QFuture<Result<int>> Delivery::runDue(qint64 deadlineMs, const std::optional<OutboxId> &only)
{
    auto pass = std::make_shared<Pass>();
    pass->promise.start();
    (void)continued(readOpen(), this, [this, pass, only](const Result<Open> &open) -> void {
        if (!open) {
            pass->finish(tl::unexpected<Error>(open.error()));
            return;
        }
        QList<Batch> batches = plan(open->entries, only);
        pass->open = int(batches.size());
        for (Batch &batch : batches) {
            batch.pass = pass;
            pass->tried += int(batch.entries.size());
            begin(batch);
        }
        if (batches.isEmpty()) {
            pass->finish(0);
        }
    });
    const qint64 left = std::max<qint64>(0, deadlineMs - m_clock.monotonicMs());
    QTimer::singleShot(std::chrono::milliseconds(left), this,
                       [pass]() -> void { pass->finish(pass->tried); });
    return pass->promise.future();
}

/// What has to go out, without what is stopped.
QFuture<Result<Delivery::Open>> Delivery::readOpen()
{
    return m_store.read<Open>([desk = m_desk](Reader &reader) -> Result<Open> {
        auto entries = reader.outbox(true);
        auto stops = reader.stops();
        if (!entries || !stops) {
            return tl::unexpected<Error>(entries ? stops.error() : entries.error());
        }
        if (desk != nullptr) {
            *stops += desk->pendingStops();
        }
        entries->removeIf(
            [&](const OutboxEntry &entry) -> bool { return isStopped(entry, *stops); });
        return Open{std::move(*entries), std::move(*stops)};
    });
}

void Delivery::pump()
{
    if (std::exchange(m_reading, true)) {
        m_again = true; // changes may come faster than they are read
        return;
    }
    (void)continued(readOpen(), this, [this](const Result<Open> &open) -> void {
        m_reading = false;
        const bool again = std::exchange(m_again, false);
        if (!m_running) {
            return;
        }
        qint64 sleep = open ? longestSleepMs : pauseAfterFailureMs;
        if (open) {
            for (const Batch &batch : plan(open->entries, {})) {
                if (m_busy.size() >= mostLanes) {
                    break; // the end of any lane looks again
                }
                begin(batch);
            }
            const qint64 now = m_clock.nowMs();
            for (const OutboxEntry &entry : open->entries) {
                if (entry.dueMs > now) {
                    sleep = std::min(sleep, entry.dueMs - now);
                }
            }
        }
        if (!m_timer.isActive()) {
            sleep = open && again ? 0 : sleep;
            m_timer.start(std::chrono::milliseconds(sleep));
        }
    });
}

/// Answers of one lane that are due go together. A lane in back-off waits; a repair goes alone and
/// first.
QList<Delivery::Batch> Delivery::plan(const QList<OutboxEntry> &open,
                                      const std::optional<OutboxId> &only) const
{
    const qint64 now = m_clock.nowMs();
    QMap<Lane, QList<OutboxEntry>> lanes;
    for (const OutboxEntry &entry : open) {
        lanes[{entry.endpoint, entry.lane}].append(entry);
    }
    QList<Batch> batches;
    for (auto it = lanes.cbegin(); it != lanes.cend(); ++it) {
        const QList<OutboxEntry> &entries = it.value();
        const auto waits = [&](const OutboxEntry &entry) -> bool {
            return entry.state == OutboxState::Sending && !isDue(entry, now);
        };
        const auto wanted = [&](const OutboxEntry &entry) -> bool {
            return entry.id == only;
        };
        if (m_busy.contains(it.key()) || std::any_of(entries.begin(), entries.end(), waits)
            || (only && std::none_of(entries.begin(), entries.end(), wanted))) {
            continue;
        }
        Batch batch{.endpoint = it.key().first, .lane = it.key().second};
        for (const OutboxEntry &entry : entries) {
            if (!isDue(entry, now)) {
                continue;
            }
            if (entry.kind == OutboxEntry::Kind::Repair) {
                batch.entries = {entry.id};
                batch.agents = entry.agents;
                break;
            }
            batch.entries.append(entry.id);
            batch.agents += entry.agents;
        }
        if (!batch.entries.isEmpty()) {
            batches.append(batch);
        }
    }
    return batches;
}

void Delivery::begin(const Batch &batch)
{
    m_busy.insert({batch.endpoint, batch.lane});
    if (m_signs) {
        dispatch(batch);
        return;
    }
    (void)continued(m_store.checkpoint(), this,
                    [this, batch](const Result<QByteArray> &note) -> void {
                        if (!note) {
                            holdBack(batch, note.error());
                            return;
                        }
                        m_signs = true;
                        if (std::exchange(m_told, false)) {
                            Q_EMIT heldBack(std::nullopt);
                        }
                        dispatch(batch);
                    });
}

/// Tried again after a while, and when something else is decided.
void Delivery::holdBack(const Batch &batch, const Error &why)
{
    m_busy.remove({batch.endpoint, batch.lane});
    if (batch.pass) {
        batch.pass->finish(tl::unexpected<Error>(why));
    } else if (m_running) {
        m_timer.start(std::chrono::milliseconds(longestSleepMs));
    }
    if (!std::exchange(m_told, true)) {
        Q_EMIT heldBack(why);
    }
}

void Delivery::dispatch(const Batch &batch)
{
    const auto recorded = m_store.write<QList<Dispatch>>(
        [batch, desk = m_desk](Transaction &transaction) -> Result<QList<Dispatch>> {
            return recordSending(transaction, batch.entries, desk);
        });
    (void)continued(recorded, this,
                    [this, batch](const Result<QList<Dispatch>> &dispatches) -> void {
                        if (!dispatches || dispatches->isEmpty()) {
                            end(batch, dispatches.has_value());
                            return;
                        }
                        crashPoint("sent");
                        send(batch, *dispatches);
                    });
}

void Delivery::send(const Batch &batch, const QList<Dispatch> &dispatches)
{
    (void)continued(
        m_store.checkpoint(), this,
        [this, batch, dispatches](const Result<QByteArray> &note) -> void {
            using Outcome = DeliveryReport::Outcome;
            if (isStoppedNow(batch)) { // since a moment ago: nothing has left yet
                record(batch, dispatches,
                       sameForAll(dispatches, Outcome::Retry, tr("Stopped before it was sent.")));
                return;
            }
            AgentEndpoint *endpoint = m_findEndpoint(batch.endpoint);
            m_signs = note.has_value();
            if (!note || endpoint == nullptr) {
                const QString text
                    = note ? tr("The endpoint is not connected.") : note.error().text;
                record(batch, dispatches, sameForAll(dispatches, Outcome::Retry, text));
                return;
            }
            QList<Dispatch> sent = dispatches;
            for (Dispatch &dispatch : sent) {
                dispatch.checkpoint = *note;
            }
            // Where the connection goes first, nothing is reported: the outcome is unknown.
            const auto reports
                = endpoint->deliver(sent).onCanceled([]() -> QList<DeliveryReport> { return {}; });
            (void)continued(reports, this,
                            [this, batch, sent](const QList<DeliveryReport> &reported) -> void {
                                crashPoint("acknowledged");
                                record(batch, sent, reported);
                            });
        });
}

bool Delivery::isStoppedNow(const Batch &batch) const
{
    if (m_desk == nullptr) {
        return false;
    }
    const QList<StopOrder> stops = m_desk->pendingStops();
    return std::any_of(batch.agents.cbegin(), batch.agents.cend(),
                       [&](const QString &agent) -> bool {
                           return stopFor(stops, batch.endpoint, agent).has_value();
                       });
}

void Delivery::record(const Batch &batch, const QList<Dispatch> &dispatches,
                      const QList<DeliveryReport> &reports)
{
    const auto written = m_store.write<int>(
        [batch, dispatches, reports, desk = m_desk](Transaction &transaction) -> Result<int> {
            for (qsizetype i = 0; i < dispatches.size(); ++i) {
                const DeliveryReport report = i < reports.size()
                    ? reports.at(i)
                    : DeliveryReport{.outcome = DeliveryReport::Outcome::Unknown,
                                     .text = tr("The endpoint gave no report.")};
                const auto recorded
                    = recordReport(transaction, batch.endpoint, dispatches.at(i), report, desk);
                if (!recorded) {
                    return tl::unexpected<Error>(recorded.error());
                }
            }
            return int(dispatches.size());
        });
    (void)continued(written, this, [this, batch](const Result<int> &recorded) -> void {
        // Where it could not be recorded the entry is still `sending`: tried again, the
        // endpoint looks first.
        end(batch, recorded.has_value());
    });
}

void Delivery::end(const Batch &batch, bool recorded)
{
    m_busy.remove({batch.endpoint, batch.lane});
    if (batch.pass && --batch.pass->open == 0) {
        batch.pass->finish(batch.pass->tried);
    }
    if (m_running && !batch.pass) {
        m_timer.start(std::chrono::milliseconds(recorded ? 0 : pauseAfterFailureMs));
    }
}

} // namespace countersign
