// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/policydesk.h"

#include "domain/displaytext.h"
#include "domain/translate.h"


namespace countersign {

namespace {

constexpr qint64 jumpMs = 60'000; ///< what a correction by the network may be
constexpr qint64 distrustMs = 600'000; ///< after a jump

DecisionKind answerOf(const Gate &gate)
{
    return gate.disposition == Disposition::Block ? DecisionKind::Reject : DecisionKind::Approve;
}

AnsweredPart answered(const Proposal &proposal, const Gate &gate)
{
    return {.proposal = proposal,
            .decision = DecisionId(QStringLiteral("d-policy")),
            .kind = answerOf(gate),
            .message
            = answerOf(gate) == DecisionKind::Reject ? gate.reasons.join(u' ') : QString()};
}

/// Why the endpoint would not take policy's answer; empty where it would.
QString refusalOf(const AnsweredPart &part, const Protocol *protocol)
{
    if (!part.proposal.allowed.testFlag(part.kind)) {
        return tr("Policy would answer “%1”, which cannot be said here.").arg(toWord(part.kind));
    }
    if (protocol == nullptr) {
        return tr("Policy would answer, but nothing here speaks to this endpoint.");
    }
    const auto valid = protocol->validate(part);
    return valid
        ? QString()
        : tr("Policy would answer, but the endpoint would not take it: %1").arg(valid.error().text);
}

} // namespace

QString sentenceOf(const StopOrder &order)
{
    return order.scope.isEverything()
        ? tr("%1 stopped everything, so nothing goes by itself.").arg(order.personName)
        : tr("%1 stopped this agent, so nothing goes by itself.").arg(order.personName);
}

Gate PolicyStanding::gate(const Proposal &proposal, const Endpoint &endpoint, qint64 seenMs) const
{
    Gate gate = countersign::gate(proposal);
    if (!fault.isEmpty()) {
        gate.policy = record.name();
        gate.reasons = PolicyEvaluator::unreadable(fault).sentences();
    } else if (evaluator) {
        gate = gateOf(evaluator->evaluate(proposal, endpoint.name, {.clockTrusted = clockTrusted}),
                      evaluator->policy().hours, record.name(), seenMs);
    }
    const auto stop = stopFor(stops, endpoint.id, shortName(proposal.agent));
    if (stop && gate.isAutomatic()) {
        toPerson(gate, sentenceOf(*stop));
    }
    return gate;
}

PolicyDesk::PolicyDesk(const Clock &clock, FindProtocol findProtocol)
    : m_clock(clock),
      m_findProtocol(std::move(findProtocol)),
      m_offsetMs(clock.nowMs() - clock.monotonicMs())
{
}

Result<PolicyStanding> PolicyDesk::standing(Reader &reader) const
{
    auto record = reader.policyInForce();
    auto stops = reader.stops();
    if (!record || !stops) {
        return tl::unexpected<Error>(record ? stops.error() : record.error());
    }
    PolicyStanding standing{.record = *record, .stops = *stops + pendingStops()};
    if (record->event.isEmpty()) {
        return standing;
    }
    const auto known = compiled(reader, *record);
    if (!known) {
        return tl::unexpected<Error>(known.error());
    }
    standing.evaluator = known->evaluator;
    standing.fault = known->fault;
    standing.clockTrusted = isClockTrusted(reader);
    return standing;
}

Result<PolicyDesk::Compiled> PolicyDesk::compiled(Reader &reader, const PolicyRecord &record) const
{
    const QMutexLocker lock(&m_mutex);
    if (m_newest.event == record.event) {
        return m_newest;
    }
    const auto whole = reader.policyVersion(record.version);
    if (!whole) {
        return tl::unexpected<Error>(whole.error());
    }
    Compiled made{.version = record.version, .event = record.event};
    PolicyReading reading = readPolicy(*whole ? (*whole)->document : Json());
    if (reading.policy && reading.policy->digest() != record.digest) {
        made.fault = tr("It is not the document that was signed.");
    } else if (reading.policy) {
        made.evaluator = std::make_shared<const PolicyEvaluator>(std::move(*reading.policy));
    } else {
        made.fault = reading.faults.first().text;
    }
    m_newest = made;
    return made;
}

/// The wall clock must agree with the one that never jumps, and must not be behind the log.
bool PolicyDesk::isClockTrusted(Reader &reader) const
{
    const QMutexLocker lock(&m_mutex);
    const qint64 monotonic = m_clock.monotonicMs();
    const qint64 offset = m_clock.nowMs() - monotonic;
    if (qAbs(offset - m_offsetMs) > jumpMs) {
        m_untrustedUntilMs = monotonic + distrustMs;
        m_offsetMs = offset;
    }
    const auto newest = reader.events({.limit = 1});
    const bool behind
        = newest && !newest->isEmpty() && newest->first().atMs > m_clock.nowMs() + jumpMs;
    return monotonic >= m_untrustedUntilMs && !behind;
}

QHash<int, Gate> PolicyDesk::gates(const PolicyStanding &standing, const QList<Proposal> &parts,
                                   const Endpoint &endpoint, qint64 seenMs) const
{
    QHash<int, Gate> gates;
    const Protocol *protocol = m_findProtocol ? m_findProtocol(endpoint.kind) : nullptr;
    QList<AnsweredPart> answers;
    for (const Proposal &part : parts) {
        Gate gate = standing.gate(part, endpoint, seenMs);
        if (gate.isAutomatic()) {
            const QString refusal = refusalOf(answered(part, gate), protocol);
            if (refusal.isEmpty()) {
                answers.append(answered(part, gate));
            } else {
                toPerson(gate, refusal);
            }
        }
        gates.insert(part.source.part, gate);
    }
    if (!answers.isEmpty() && answers.size() == parts.size()) {
        if (const auto whole = protocol->encode(answers); !whole) {
            for (Gate &gate : gates) {
                toPerson(gate,
                         tr("Policy would answer, but the endpoint would not take it: %1")
                             .arg(whole.error().text));
            }
        }
    }
    return gates;
}

void PolicyDesk::setPendingStops(const QList<StopOrder> &stops)
{
    const QMutexLocker lock(&m_mutex);
    m_pending = stops;
}

QList<StopOrder> PolicyDesk::pendingStops() const
{
    const QMutexLocker lock(&m_mutex);
    return m_pending;
}

} // namespace countersign
