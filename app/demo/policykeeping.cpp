// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"

namespace countersign::demo {

namespace {

/// What policy looks at, of a case as it would be served.
Proposal proposalOf(const Json &wire)
{
    Proposal proposal;
    proposal.agent = wire[u"agent"].toString();
    proposal.action = wire[u"action"].toString();
    proposal.arguments = wire[u"arguments"];
    proposal.caseType = wire[u"case_type"].toString();
    proposal.question = wire[u"question"].toString();
    proposal.recommendation = wire[u"recommendation"].toString();
    proposal.reasoning = wire[u"reasoning"].toString();
    proposal.uncertainty = wire[u"uncertainty"].toStrings();
    proposal.risk = fromWord<Risk>(wire[u"risk"].toString()).value_or(Risk::Unknown);
    proposal.reversibility = fromWord<Reversibility>(wire[u"reversibility"].toString())
                                 .value_or(Reversibility::Unknown);
    const auto decimal = [](const Json &value) -> std::optional<Decimal> {
        return value.isNumber() ? Decimal::parse(value.numberText())
                                : Decimal::parse(value.toString());
    };
    proposal.confidence = decimal(wire[u"confidence"]);
    const Json &impact = wire[u"impact"];
    proposal.impact.amount = decimal(impact[u"amount"]);
    proposal.impact.currency = impact[u"currency"].toString();
    proposal.impact.sentence = impact[u"sentence"].toString();
    if (impact[u"people"].isNumber()) {
        proposal.impact.people = impact[u"people"].toInteger();
    }
    return proposal;
}

Result<KeptGates> readGates(const Json &request)
{
    const auto bad = [](const QString &text) {
        return fail(ErrorCode::InvalidInput, text);
    };
    PolicyReading reading = readPolicy(request[u"document"]);
    if (!reading.policy) {
        const PolicyFault &fault = reading.faults.first();
        return bad(QStringLiteral("The policy cannot be read. At %1: %2")
                       .arg(fault.path.isEmpty() ? QStringLiteral("/") : fault.path, fault.text));
    }
    if (reading.policy->digest() != request[u"digest"].toString()) {
        return bad(QStringLiteral("The digest is not that of the document."));
    }
    const QString version = request[u"version"].toString();
    if (version.isEmpty()) {
        return bad(QStringLiteral("Say what the policy is called."));
    }
    return KeptGates{.version = version,
                     .request = request,
                     .evaluator = std::make_shared<const PolicyEvaluator>(*reading.policy)};
}

} // namespace

Answer DemoAgent::setPolicy(const QByteArray &body)
{
    const auto request = parseJson(body);
    if (!request || !(*request)[u"document"].isObject()) {
        return failure(400, "bad_request", QStringLiteral("A policy is wanted here."));
    }
    const auto gates = readGates(*request);
    if (!gates) {
        return failure(400, "bad_policy", gates.error().text);
    }
    m_gates = *gates;
    m_journal->write(QStringLiteral("policy"), keptPolicy());
    save();
    return {200, keptPolicy()};
}

Json DemoAgent::keptPolicy() const
{
    return m_gates
        ? jsonObject({{"version", Json(m_gates->version)}, {"digest", m_gates->request[u"digest"]}})
        : Json();
}

void DemoAgent::takeUpPolicy(const Json &request)
{
    if (auto gates = readGates(request)) {
        m_gates = std::move(*gates);
    }
}

/// While somebody is there, everything is asked: the client's policy answers.
std::optional<QString> DemoAgent::keepGate(const Draft &draft)
{
    if (!m_gates || !m_isWatched || m_isWatched() || !draft.content.contains(u"action")) {
        return std::nullopt;
    }
    const Evaluation said = m_gates->evaluator->evaluate(proposalOf(draft.content), QString());
    m_journal->write(QStringLiteral("gate"),
                     jsonObject({{"action", draft.content[u"action"]},
                                 {"policy", Json(m_gates->version)},
                                 {"disposition", Json(toWord(said.disposition))}}));
    switch (said.disposition) {
    case Disposition::AutoApprove:
    case Disposition::SpotCheck:
        return performDraft(draft);
    case Disposition::Block:
        return QString(); // not done, and nobody is asked
    case Disposition::Review:
    case Disposition::Approve:
    case Disposition::Escalate:
        break;
    }
    return std::nullopt;
}

} // namespace countersign::demo
