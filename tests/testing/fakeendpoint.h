// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"

#include <QFile>

#include <deque>
#include <functional>

namespace countersign {

/// An agent server in memory: what it asks, what it was answered, and how it misbehaves. With `log`
/// set, what it applied is kept in that file, so that it survives the process that answers it.
struct FakeServer
{
    using Script = std::function<DeliveryReport(const Dispatch &dispatch)>;

    QMap<QString, QList<Proposal>> asks; ///< by question
    std::deque<Script> scripts; ///< the next deliveries; empty: an honest server
    QString log;
    QStringList applied; ///< outbox ids, in order
    QList<Dispatch> received;
    int calls = 0;
    std::optional<Error> unreachable;
    bool keepsPolicies = false;
    QList<PolicyRecord> given; ///< policies, in order

    void ask(const QList<Proposal> &parts) { asks.insert(parts.first().source.question, parts); }

    /// Outbox ids that took effect, as often as they did.
    [[nodiscard]] QStringList effects() const
    {
        if (log.isEmpty()) {
            return applied;
        }
        QStringList ids;
        for (const QString &line : logged()) {
            ids.append(line.section(QLatin1Char(' '), 0, 0));
        }
        return ids;
    }
    /// "outbox question", line by line.
    [[nodiscard]] QStringList logged() const
    {
        QFile file(log);
        return file.open(QIODevice::ReadOnly)
            ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)
            : QStringList();
    }
    void apply(const Dispatch &dispatch)
    {
        applied.append(dispatch.id.toString());
        asks.remove(dispatch.parts.first().proposal.source.question);
        if (!log.isEmpty()) {
            QFile file(log);
            if (file.open(QIODevice::Append)) {
                file.write(dispatch.id.toString().toUtf8() + ' '
                           + dispatch.parts.first().proposal.source.question.toUtf8() + '\n');
            }
        }
    }
    [[nodiscard]] Observation look() const
    {
        Observation seen;
        seen.open = QSet<QString>(asks.keyBegin(), asks.keyEnd());
        for (const QList<Proposal> &parts : asks) {
            seen.proposals += parts;
        }
        return seen;
    }
    /// Looks first, as an endpoint must.
    [[nodiscard]] DeliveryReport honest(const Dispatch &dispatch)
    {
        using End = DeliveryReport::Outcome;
        DeliveryReport report{.id = dispatch.id};
        const QString question = dispatch.parts.first().proposal.source.question;
        if (dispatch.maybeSent && effects().contains(dispatch.id.toString())) {
            report.outcome = End::Delivered;
            report.text = QStringLiteral("It had arrived.");
            return report;
        }
        const QList<Proposal> now = asks.value(question);
        QStringList digests;
        for (const Proposal &proposal : now) {
            digests.append(proposal.digest());
        }
        if (now.isEmpty()) {
            report.outcome = End::Superseded;
            report.text = QStringLiteral("Somebody else answered.");
        } else if (digests != dispatch.digests) {
            report.outcome = End::Changed;
            report.text = QStringLiteral("The proposal is another one now.");
            report.seen.proposals = now;
        } else {
            apply(dispatch);
            report.outcome = End::Delivered;
            report.text = QStringLiteral("Taken.");
            report.receipt = Json::object({{QStringLiteral("ok"), Json(true)}});
        }
        return report;
    }
    [[nodiscard]] DeliveryReport deliver(const Dispatch &dispatch)
    {
        ++calls;
        received.append(dispatch);
        if (scripts.empty()) {
            return honest(dispatch);
        }
        const Script script = scripts.front();
        scripts.pop_front();
        DeliveryReport report = script(dispatch);
        report.id = dispatch.id;
        return report;
    }
};

class FakeEndpoint final : public AgentEndpoint
{
    Q_OBJECT
public:
    explicit FakeEndpoint(FakeServer &server) : m_server(server) { }

    void start() override { m_started = true; }
    void stop() override { m_started = false; }
    QFuture<Result<Observation>> observe() override
    {
        return QtFuture::makeReadyFuture(
            m_server.unreachable ? Result<Observation>(tl::unexpected<Error>(*m_server.unreachable))
                                 : Result<Observation>(m_server.look()));
    }
    QFuture<QList<DeliveryReport>> deliver(const QList<Dispatch> &dispatches) override
    {
        QList<DeliveryReport> reports;
        for (const Dispatch &dispatch : dispatches) {
            reports.append(m_server.deliver(dispatch));
        }
        return QtFuture::makeReadyFuture(reports);
    }
    QFuture<Result<QString>> test() override
    {
        return QtFuture::makeReadyFuture(Result<QString>(QStringLiteral("fake 1.0")));
    }
    QFuture<Result<KeptPolicy>> pushPolicy(const PolicyRecord &policy) override
    {
        m_server.given.append(policy);
        return QtFuture::makeReadyFuture(
            m_server.unreachable ? Result<KeptPolicy>(tl::unexpected<Error>(*m_server.unreachable))
                : m_server.keepsPolicies
                ? Result<KeptPolicy>(KeptPolicy{policy.name(), policy.digest})
                : Result<KeptPolicy>(KeptPolicy()));
    }
    [[nodiscard]] EndpointStatus status() const override
    {
        return {.state = EndpointStatus::State::Ok};
    }
    [[nodiscard]] bool isStarted() const { return m_started; }

private:
    FakeServer &m_server;
    bool m_started = false;
};

class FakeProtocol final : public Protocol
{
public:
    explicit FakeProtocol(FakeServer &server) : m_server(server) { }

    [[nodiscard]] QString kind() const override { return QStringLiteral("fake"); }
    [[nodiscard]] QString displayName() const override { return QStringLiteral("Fake"); }
    [[nodiscard]] Result<void> validate(const AnsweredPart &part) const override
    {
        return part.kind == DecisionKind::Edit && !part.arguments->isObject()
            ? fail(ErrorCode::InvalidInput, QStringLiteral("The arguments must be an object."))
            : Result<void>();
    }
    [[nodiscard]] Result<QByteArray> encode(const QList<AnsweredPart> &parts) const override
    {
        Json answer = Json::array();
        for (const AnsweredPart &part : parts) {
            Json one = Json::object({{QStringLiteral("type"), Json(toWord(part.kind))}});
            if (part.arguments) {
                one.set(QStringLiteral("args"), *part.arguments);
            }
            if (!part.message.isEmpty()) {
                one.set(QStringLiteral("message"), Json(part.message));
            }
            answer.append(one);
        }
        return toJson(answer);
    }
    [[nodiscard]] std::unique_ptr<AgentEndpoint>
    open(const EndpointContext & /*context*/) const override
    {
        return std::make_unique<FakeEndpoint>(m_server);
    }

private:
    FakeServer &m_server;
};

} // namespace countersign
