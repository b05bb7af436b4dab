// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/endpoint.h"

#include "domain/clock.h"
#include "domain/continued.h"
#include "endpoints/countersign/delivery.h"

namespace countersign {

namespace {

/// What an older server, or one that cannot, leaves out.
bool isNotServed(const Result<HttpReply> &reply)
{
    constexpr int noSuchPath = 404;
    constexpr int noSuchMethod = 405;
    return reply && (reply->status == noSuchPath || reply->status == noSuchMethod);
}

} // namespace

QString CountersignProtocol::kind() const
{
    return QStringLiteral("countersign");
}

QString CountersignProtocol::displayName() const
{
    return QStringLiteral("Countersign");
}

Result<void> CountersignProtocol::validate(const AnsweredPart &part) const
{
    return native::validateAnswer(part);
}

Result<QByteArray> CountersignProtocol::encode(const QList<AnsweredPart> &parts) const
{
    return native::encodeAnswer(parts);
}

std::unique_ptr<AgentEndpoint> CountersignProtocol::open(const EndpointContext &context) const
{
    return std::make_unique<CountersignEndpoint>(context, native::Timing());
}

CountersignEndpoint::CountersignEndpoint(const EndpointContext &context,
                                         const native::Timing &timing, QObject *parent)
    : AgentEndpoint(parent),
      m_api(context, timing),
      m_watch(m_api, nullptr)
{
    connect(&m_watch, &native::Watch::opened, this, [this](bool resumed) -> void {
        m_streaming = true;
        if (resumed && m_paged) {
            setStatus(EndpointStatus::State::Ok, {});
        } else {
            page();
        }
    });
    connect(&m_watch, &native::Watch::came, this, &CountersignEndpoint::takeEvent);
    connect(&m_watch, &native::Watch::lost, this, &CountersignEndpoint::takeLoss);
}

void CountersignEndpoint::start()
{
    m_running = true;
    m_watch.start();
}

void CountersignEndpoint::stop()
{
    m_running = false;
    m_streaming = false;
    m_watch.stop();
}

QFuture<Result<Observation>> CountersignEndpoint::observe()
{
    auto *round = new native::Round(m_api, true, &m_jobs);
    return continued(round->run(), this,
                     [this](const Result<native::RoundResult> &result) -> Result<Observation> {
                         return judged(result);
                     });
}

void CountersignEndpoint::page()
{
    if (m_paging) {
        m_pageAgain = true;
        return;
    }
    m_paging = true;
    m_told.clear();
    auto *round = new native::Round(m_api, false, &m_jobs);
    continued(round->run(), this,
              [this](const Result<native::RoundResult> &result) -> void { takeRound(result); });
}

void CountersignEndpoint::takeRound(const Result<native::RoundResult> &round)
{
    m_paging = false;
    if (!m_running) {
        return;
    }
    auto seen = judged(round);
    if (!seen) {
        m_watch.forget(); // the stream alone would not tell what waited before
    } else {
        m_paged = true;
        if (m_heard) {
            seen->readUpTo.reset(); // the stream knows better
        }
        // The stream is ahead of what was read by pages.
        seen->proposals.removeIf(
            [this](const Proposal &p) -> bool { return m_told.contains(p.source.question); });
        for (auto it = m_told.cbegin(); it != m_told.cend(); ++it) {
            if (it.value()) {
                seen->open->insert(it.key());
            } else {
                seen->open->remove(it.key());
            }
        }
        Q_EMIT observed(*seen);
    }
    m_told.clear();
    if (std::exchange(m_pageAgain, false)) {
        page();
    } else if (!seen && m_streaming) {
        m_watch.stop(); // again from the start, after a while
        m_streaming = false;
        QTimer::singleShot(m_api.timing().maxBackoffMs / 6, this, [this]() -> void {
            if (m_running) {
                m_watch.start();
            }
        });
    }
}

void CountersignEndpoint::takeEvent(const ServerEvent &event)
{
    const auto news = native::readEvent(event, m_api.context().endpoint);
    if (!news) {
        setStatus(EndpointStatus::State::Failing, news.error().text);
        page(); // what it would have told
        return;
    }
    m_status.lastSeenMs = m_api.context().clock->nowMs();
    m_heard = !news->reset;
    if (news->reset) {
        page();
        return;
    }
    if (m_paging) {
        for (const Proposal &proposal : news->seen.proposals) {
            m_told.insert(proposal.source.question, true);
        }
        for (const Gone &gone : news->seen.gone) {
            m_told.insert(gone.question, false);
        }
    }
    Observation seen = news->seen;
    seen.readUpTo = event.id;
    Q_EMIT observed(seen);
}

void CountersignEndpoint::takeLoss(const Error &error)
{
    if (!std::exchange(m_streaming, false)) {
        page(); // what waits is worth knowing even where its events cannot be had
    }
    setStatus(EndpointStatus::State::Failing, error.text);
}

Result<Observation> CountersignEndpoint::judged(const Result<native::RoundResult> &round)
{
    if (!round) {
        setStatus(EndpointStatus::State::Failing, round.error().text);
        return tl::unexpected<Error>(round.error());
    }
    m_status.lastSeenMs = m_api.context().clock->nowMs();
    if (!round->faults.isEmpty()) {
        setStatus(EndpointStatus::State::Failing,
                  tr("%1 of the server's cases could not be read. %2")
                      .arg(round->faults.size())
                      .arg(round->faults.first()));
    } else if (m_streaming || !m_running) {
        setStatus(EndpointStatus::State::Ok, {});
    }
    return round->seen;
}

QFuture<QList<DeliveryReport>> CountersignEndpoint::deliver(const QList<Dispatch> &dispatches)
{
    QList<QFuture<DeliveryReport>> running;
    for (const Dispatch &dispatch : dispatches) {
        running.append((new native::Delivery(m_api, dispatch, &m_jobs))->run());
    }
    return continued(QtFuture::whenAll(running.begin(), running.end()), this,
                     [](const QList<QFuture<DeliveryReport>> &done) -> QList<DeliveryReport> {
                         QList<DeliveryReport> reports;
                         for (const auto &report : done) {
                             reports.append(report.result());
                         }
                         return reports;
                     });
}

QFuture<Result<QString>> CountersignEndpoint::test()
{
    return continued(
        m_api.get("/v1/agent"), this, [](const Result<HttpReply> &reply) -> Result<QString> {
            const auto card = native::Api::read(reply);
            if (!card) {
                return tl::unexpected<Error>(card.error());
            }
            const QString protocol = (*card)[u"protocol"].toString();
            if (protocol != u"countersign/1") {
                return fail(
                    ErrorCode::Protocol,
                    tr("The server does not speak countersign/1. Check the address and the kind."),
                    protocol.left(100));
            }
            return tr("%1 answers, version %2, speaking %3.")
                .arg((*card)[u"name"].toString().left(200), (*card)[u"version"].toString().left(50),
                     protocol);
        });
}

QFuture<Result<bool>> CountersignEndpoint::tellStop(const QString &agent, bool stopped,
                                                    const QString &reason)
{
    Json body = Json::object({{QStringLiteral("stopped"), Json(stopped)}});
    if (!agent.isEmpty()) {
        body.set(QStringLiteral("agent"), Json(agent));
    }
    if (!reason.isEmpty()) {
        body.set(QStringLiteral("reason"), Json(reason));
    }
    const QList<Header> headers{{"Content-Type", "application/json"}};
    return continued(m_api.post("/v1/stop", toJson(body), headers), this,
                     [](const Result<HttpReply> &reply) -> Result<bool> {
                         if (isNotServed(reply)) {
                             return false;
                         }
                         return native::Api::read(reply).map([](const Json &) { return true; });
                     });
}

QFuture<Result<KeptPolicy>> CountersignEndpoint::pushPolicy(const PolicyRecord &policy)
{
    return continued(
        m_api.put("/v1/policy", native::encodePolicy(policy)), this,
        [digest = policy.digest](const Result<HttpReply> &reply) -> Result<KeptPolicy> {
            if (isNotServed(reply)) {
                return KeptPolicy();
            }
            const auto answer = native::Api::read(reply);
            auto kept = answer ? native::readKeptPolicy(*answer)
                               : Result<KeptPolicy>(tl::unexpected<Error>(answer.error()));
            if (kept && kept->digest != digest) {
                return fail(ErrorCode::Protocol,
                            tr("The server says that it keeps another policy than it was given."),
                            kept->digest.left(100));
            }
            return kept;
        });
}

void CountersignEndpoint::setStatus(EndpointStatus::State state, const QString &text)
{
    if (m_status.state != state || m_status.text != text) {
        m_status.state = state;
        m_status.text = text;
        Q_EMIT statusChanged();
    }
}

} // namespace countersign
