// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/forms.h"

#include "domain/clock.h"
#include "domain/envelope.h"
#include "domain/json.h"

namespace countersign {

namespace {

Json number(const std::optional<Decimal> &value)
{
    return value ? Json::number(value->toString().toLatin1()) : Json();
}

Json time(const std::optional<qint64> &ms)
{
    return ms ? Json(isoTime(*ms)) : Json();
}

Json sourceForm(const Case &subject)
{
    const Source &source = subject.proposal.source;
    Json form = source.ids.isObject() ? source.ids : Json::object();
    form.set(key("question"), Json(source.question));
    form.set(key("part"), Json(source.part));
    form.set(key("of"), Json(source.of));
    form.set(key("occurrence"), Json(subject.occurrence));
    return form;
}

Json impactForm(const Impact &impact)
{
    return Json::object({{key("amount"), number(impact.amount)},
                         {key("currency"), textOrNull(impact.currency)},
                         {key("people"), impact.people ? Json(*impact.people) : Json()},
                         {key("sentence"), textOrNull(impact.sentence)}});
}

Json evidenceForm(const QList<Evidence> &evidence)
{
    Json list = Json::array();
    for (const Evidence &item : evidence) {
        list.append(Json::object({{key("title"), Json(item.title)},
                                  {key("text"), Json(item.text)},
                                  {key("link"), textOrNull(item.link)}}));
    }
    return list;
}

Json troubleForm(const std::optional<Trouble> &trouble)
{
    return trouble ? Json::object({{key("code"), Json(trouble->code)},
                                   {key("text"), Json(trouble->text)},
                                   {key("repairable"), Json(trouble->repairable)}})
                   : Json();
}

Json limitForms(const Person &person)
{
    Json limits = Json::object();
    for (auto it = person.limits.cbegin(); it != person.limits.cend(); ++it) {
        limits.set(it.key(), number(*it));
    }
    return limits;
}

Json approvalForms(const Case &subject)
{
    Json list = Json::array();
    for (const Approval &given : subject.approvals) {
        list.append(Json::object(
            {{key("person"), Json(given.personName)}, {key("at"), Json(isoTime(given.atMs))}}));
    }
    return list;
}

template <class Ids> Json idList(const Ids &ids)
{
    Json list = Json::array();
    for (const auto &id : ids) {
        list.append(Json(id.toString()));
    }
    return list;
}

} // namespace

Json textOrNull(const QString &text)
{
    return text.isEmpty() ? Json() : Json(text);
}

/// A known answer looks like work until it is answered.
static QString purposeWord(const Case &subject)
{
    const bool hidden
        = subject.purpose == Purpose::KnownAnswer && subject.state != CaseState::Marked;
    return toWord(hidden ? Purpose::Work : subject.purpose);
}

Json caseForm(const Case &subject)
{
    const Proposal &proposal = subject.proposal;
    return Json::object(
        {{key("id"), Json(subject.id.toString())},
         {key("purpose"), Json(purposeWord(subject))},
         {key("endpoint"), Json(subject.endpointName)},
         {key("endpoint_id"), Json(subject.endpoint.toString())},
         {key("agent"), Json(proposal.agent)},
         {key("action"), Json(proposal.action)},
         {key("case_type"), textOrNull(proposal.caseType)},
         {key("confidence"), number(proposal.confidence)},
         {key("risk"), Json(toWord(proposal.risk))},
         {key("reversibility"), Json(toWord(proposal.reversibility))},
         {key("impact"), impactForm(proposal.impact)},
         {key("state"), Json(toWord(subject.state))},
         {key("state_text"), textOrNull(subject.stateText)},
         {key("allowed"), Json::fromStrings(toWords(proposal.allowed))},
         {key("arguments"), proposal.arguments},
         {key("digest"), Json(subject.digest)},
         {key("queue"), Json(subject.queue)},
         {key("created_at"), Json(isoTime(subject.createdMs))},
         {key("updated_at"), Json(isoTime(subject.updatedMs))},
         {key("due_at"), time(proposal.dueMs)},
         {key("follow_up_at"), time(subject.followUpMs)},
         {key("assignee"), textOrNull(subject.assigneeName)},
         {key("decision"), subject.decision ? decisionForm(*subject.decision) : Json()},
         {key("source"), sourceForm(subject)}});
}

Json wholeCaseForm(const Case &subject)
{
    const Proposal &proposal = subject.proposal;
    Json form = caseForm(subject);
    form.set(key("endpoint_kind"), Json(subject.endpointKind));
    form.set(key("dialect"), Json(proposal.dialect));
    form.set(key("question"), Json(proposal.question));
    form.set(key("artifact"), proposal.artifact ? proposal.artifact->toJson() : Json());
    form.set(key("recommendation"), textOrNull(proposal.recommendation));
    form.set(key("reasoning"), textOrNull(proposal.reasoning));
    form.set(key("evidence"), evidenceForm(proposal.evidence));
    form.set(key("uncertainty"), Json::fromStrings(proposal.uncertainty));
    form.set(key("marks"), Json::fromStrings(proposal.marks));
    form.set(key("trouble"), troubleForm(proposal.trouble));
    form.set(key("reject_cancels_siblings"), Json(proposal.rejectCancelsSiblings));
    form.set(key("arguments_schema"), proposal.schema);
    form.set(key("answer_schema"), proposal.answerSchema);
    form.set(key("disposition"), Json(toWord(subject.disposition)));
    form.set(key("gate_reasons"), Json::fromStrings(subject.gateReasons));
    form.set(key("policy"), Json(subject.policyVersion));
    form.set(key("authority"), textOrNull(subject.terms.authority));
    form.set(key("approvers"), Json(subject.terms.approvers));
    form.set(key("approvals"), approvalForms(subject));
    const bool untilChange = subject.setAsideUntilMs == untilSomethingChanges;
    form.set(key("set_aside_until"), untilChange ? Json() : time(subject.setAsideUntilMs));
    form.set(key("set_aside_until_change"), Json(untilChange));
    form.set(key("back_because"), subject.back ? Json(toWord(*subject.back)) : Json());
    form.set(key("parts_decided"), Json(subject.partsDecided));
    form.set(key("effects"), Json::fromStrings(subject.effects));
    form.set(key("arguments_before"), subject.before ? subject.before->arguments : Json());
    form.set(key("raw"), proposal.raw);
    return form;
}

Json decisionForm(const Decision &decision)
{
    return Json::object({{key("id"), Json(decision.id.toString())},
                         {key("kind"), Json(toWord(decision.kind))},
                         {key("state"), Json(toWord(decision.state))},
                         {key("text"), textOrNull(decision.stateText)},
                         {key("digest"), Json(decision.digest)},
                         {key("arguments"), decision.arguments.value_or(Json())},
                         {key("message"), textOrNull(decision.message)},
                         {key("reason_code"), textOrNull(decision.reasonCode)},
                         {key("person"), Json(decision.personName)},
                         {key("decided_at"), Json(isoTime(decision.decidedMs))},
                         {key("send_at"), Json(isoTime(decision.sendAtMs))}});
}

Json outboxForm(const OutboxEntry &entry)
{
    const bool repair = entry.kind == OutboxEntry::Kind::Repair;
    return Json::object({{key("id"), Json(entry.id.toString())},
                         {key("kind"), Json(repair ? key("repair") : key("answer"))},
                         {key("endpoint"), Json(entry.endpoint.toString())},
                         {key("question"), Json(entry.question)},
                         {key("occurrence"), Json(entry.occurrence)},
                         {key("lane"), Json(entry.lane)},
                         {key("state"), Json(toWord(entry.state))},
                         {key("due_at"), Json(isoTime(entry.dueMs))},
                         {key("attempts"), Json(entry.attempts)},
                         {key("maybe_sent"), Json(entry.maybeSent)},
                         {key("decisions"), idList(entry.decisions)},
                         {key("cases"), idList(entry.cases)},
                         {key("last_error"), textOrNull(entry.lastError)}});
}

Json endpointForm(const Endpoint &endpoint)
{
    Json headers = Json::array();
    for (const auto &header : endpoint.headers) {
        headers.append(Json(QString::fromUtf8(header.first)));
    }
    Json secret = Json::array();
    for (const QByteArray &name : endpoint.secretHeaders) {
        secret.append(Json(QString::fromUtf8(name)));
    }
    Json rules = Json::object();
    for (auto it = endpoint.extraction.cbegin(); it != endpoint.extraction.cend(); ++it) {
        rules.set(it.key(),
                  Json::object({{key("pointer"), textOrNull(it->pointer)},
                                {key("constant"), it->constant}}));
    }
    return Json::object({{key("id"), Json(endpoint.id.toString())},
                         {key("name"), Json(endpoint.name)},
                         {key("kind"), Json(endpoint.kind)},
                         {key("url"), Json(endpoint.url.toString(QUrl::FullyEncoded))},
                         {key("headers"), headers},
                         {key("secret_headers"), secret},
                         {key("extract"), rules}});
}

Json personForm(const Person &person)
{
    return Json::object({{key("id"), Json(person.id.toString())},
                         {key("name"), Json(person.name)},
                         {key("role"), Json(person.role)},
                         {key("roles"), Json::fromStrings(person.roles)},
                         {key("limits"), limitForms(person)},
                         {key("absent_until"), time(person.absentUntilMs)},
                         {key("delegate"), textOrNull(person.delegate.toString())},
                         {key("key"), Json(person.keyId)}});
}

/// The envelope's own members, and what stands beside it.
Json eventForm(const EventRecord &event)
{
    const auto envelope = parseEnvelope(event.envelope);
    Json form = Json::object({{key("seq"), Json(event.seq)}});
    for (const auto &[name, value] : envelope ? envelope->members() : Json::Object()) {
        form.set(name, value);
    }
    form.set(key("leaf"), Json(QString::fromLatin1(event.leaf.toHex())));
    form.set(key("signature_key"), textOrNull(event.signatureKey));
    return form;
}

} // namespace countersign
