// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/past.h"

#include <cmath>

namespace countersign {

namespace {

Json::Member field(const char *key, const Json &value)
{
    return {QString::fromLatin1(key), value};
}

Json words(const QString &text)
{
    return Json::object({field("text", text)});
}

Actor person()
{
    return Actor::person(PersonId(QStringLiteral("p-1")), QStringLiteral("Ana Pérez"));
}

Actor policy()
{
    return {.type = Actor::Type::Policy,
            .id = QStringLiteral("policy v3"),
            .name = QStringLiteral("policy v3")};
}

EndpointId desk()
{
    return EndpointId(QStringLiteral("e-1"));
}

EventDraft proposed(const CaseId &id, const Proposal &proposal)
{
    EventDraft draft{.kind = QLatin1String(event::caseProposed),
                     .actor = Actor::endpoint(desk(), QStringLiteral("Desk")),
                     .caseId = id,
                     .endpoint = desk(),
                     .agent = proposal.agent,
                     .action = proposal.action,
                     .risk = proposal.risk};
    draft.fields = Json::object(
        {field("question", proposal.source.question), field("part", Json(1)), field("of", Json(1)),
         field("occurrence", Json(0)), field("digest", proposal.digest()),
         field("allowed", Json::fromStrings(toWords(proposal.allowed))),
         field("dialect", proposal.dialect), field("disposition", QStringLiteral("approve")),
         field("policy", QStringLiteral("policy v3")), field("queue", QStringLiteral("general")),
         field("reversibility", toWord(proposal.reversibility)),
         field("case_type", proposal.caseType)});
    if (proposal.confidence) {
        draft.fields.set(QStringLiteral("confidence"), proposal.confidence->toString());
    }
    if (proposal.impact.amount) {
        draft.fields.set(QStringLiteral("amount"), proposal.impact.amount->toString());
        draft.fields.set(QStringLiteral("currency"), proposal.impact.currency);
    }
    draft.payload = Json::object({field("proposal", proposal.toJson())});
    return draft;
}

} // namespace

QString PastMaker::one(std::initializer_list<const char *> of)
{
    return QString::fromUtf8(*(of.begin() + m_random.bounded(int(of.size()))));
}

/// Log-normal around the median, in cents.
QByteArray PastMaker::money(double median)
{
    double sum = 0;
    for (int i = 0; i < 12; ++i) {
        sum += m_random.generateDouble();
    }
    return QByteArray::number(median * std::exp(sum - 6), 'f', 2);
}

void PastMaker::refund(Proposal &made, qint64 number)
{
    made.action = one({"issue_refund", "issue_refund", "exchange_item"});
    made.caseType = one({"damaged_order", "damaged_order", "late_delivery", "changed_mind"});
    const QByteArray amount = money(80);
    // A few customers ask often.
    const double skew = std::pow(m_random.generateDouble(), 3);
    made.arguments = Json::object(
        {field("order", QStringLiteral("A-%1").arg(number)),
         field("customer", QStringLiteral("cust-%1").arg(qint64(skew * 200'000))),
         field("amount", Json::number(amount)), field("currency", one({"EUR", "EUR", "USD"})),
         field("method", one({"card", "card", "voucher", "transfer"})),
         field("express", Json(m_random.bounded(5) == 0)),
         field("sku", QStringLiteral("SKU-%1").arg(m_random.bounded(4000)))});
    made.impact.amount = Decimal::parse(amount);
    made.impact.currency = made.arguments[u"currency"].toString();
    made.question
        = QStringLiteral("The customer writes that the %1 %2 and asks for %3.")
              .arg(one({"lamp", "table", "headset", "jacket", "coffee machine", "bicycle light"}),
                   one({"arrived with a cracked cover", "never arrived at the given address",
                        "does not fit the description", "stopped working after two days"}),
                   one({"a full refund", "a replacement", "a partial refund and an apology"}));
}

void PastMaker::invoice(Proposal &made, qint64 number)
{
    made.action = QStringLiteral("pay_invoice");
    made.caseType = one({"match", "no_order", "price_differs"});
    const QByteArray amount = money(1800);
    made.arguments = Json::object(
        {field("invoice", QStringLiteral("INV-%1").arg(number)),
         field("supplier", QStringLiteral("supplier-%1").arg(m_random.bounded(900))),
         field("amount", Json::number(amount)), field("currency", QStringLiteral("EUR")),
         field("lines",
               Json::array(
                   {Json(qint64(m_random.bounded(40))), Json(qint64(m_random.bounded(40)))}))});
    made.impact.amount = Decimal::parse(amount);
    made.impact.currency = QStringLiteral("EUR");
}

void PastMaker::message(Proposal &made)
{
    made.action = QStringLiteral("send_message");
    made.caseType = one({"reminder", "answer", "apology"});
    made.arguments = Json::object(
        {field("to", QStringLiteral("cust-%1").arg(m_random.bounded(200'000))),
         field("channel", one({"mail", "mail", "chat"})),
         field("body",
               QStringLiteral("Dear customer, %1. %2 Kind regards, your %3 team.")
                   .arg(one({"thank you for your patience with the delivery",
                             "your contract ends next month",
                             "we have looked into the invoice that you wrote about"}),
                        one({"Please tell us whether the new date suits you.",
                             "There is nothing that you have to do.",
                             "We have added a voucher to your account."}),
                        one({"support", "billing", "service"})))});
}

void PastMaker::deployment(Proposal &made)
{
    made.action = QStringLiteral("deploy");
    made.caseType = one({"service", "database"});
    made.arguments = Json::object(
        {field("service", QStringLiteral("svc-%1").arg(m_random.bounded(60))),
         field("environment", one({"staging", "production", "production"})),
         field("replicas", Json(qint64(1 + m_random.bounded(12)))),
         field("version",
               QStringLiteral("1.%1.%2").arg(m_random.bounded(40)).arg(m_random.bounded(20)))});
}

Proposal PastMaker::proposal(qint64 number)
{
    Proposal made;
    made.source.question = QStringLiteral("past/%1").arg(number);
    made.source.lane = made.source.question;
    made.dialect = QStringLiteral("past");
    made.agent = QStringLiteral("desk");
    made.allowed = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
    made.risk = Risk::Low;
    made.reversibility = Reversibility::Costly;
    made.confidence = Decimal::parse(QByteArray::number(double(50 + number * 37 % 50) / 100));
    switch (const int kind = m_random.bounded(10); kind) {
    case 0:
    case 1:
        invoice(made, number);
        break;
    case 2:
        message(made);
        break;
    case 3:
        deployment(made);
        break;
    default:
        refund(made, number);
    }
    return made;
}

Result<EventRecord> PastMaker::endpoint(Transaction &transaction)
{
    return transaction.append(
        {.kind = QLatin1String(event::endpointAdded),
         .actor = person(),
         .endpoint = desk(),
         .fields = Json::object({field("name", QStringLiteral("Desk")),
                                 field("protocol", QStringLiteral("countersign")),
                                 field("url", QStringLiteral("http://127.0.0.1:2024"))}),
         .payload = Endpoint().settingsJson()});
}

Result<CaseId> PastMaker::propose(Transaction &transaction, const Proposal &proposal)
{
    const auto id = transaction.nextCaseId();
    if (!id) {
        return id;
    }
    return transaction.append(proposed(*id, proposal)).map([&](const EventRecord &) -> CaseId {
        return *id;
    });
}

Result<CaseId> PastMaker::settle(Transaction &transaction, qint64 number)
{
    const Proposal made = proposal(number);
    const auto id = propose(transaction, made);
    if (!id) {
        return id;
    }
    const int luck = m_random.bounded(100);
    const bool edits = luck < 5 && made.impact.amount;
    const char *kind = edits ? event::decisionEdit
        : luck < 12          ? event::decisionReject
                             : event::decisionApprove;
    const DecisionId decision(QStringLiteral("d-%1").arg(number));
    EventDraft draft{.kind = QLatin1String(kind),
                     .actor = luck < 30 ? person() : policy(),
                     .caseId = *id,
                     .endpoint = desk(),
                     .agent = made.agent,
                     .action = made.action,
                     .decision = decision,
                     .fields = Json::object(
                         {field("digest", made.digest()), field("question", made.source.question),
                          field("occurrence", Json(0)), field("part", Json(1)),
                          field("of", Json(1)), field("send_at_ms", Json(transaction.nowMs()))}),
                     .payload = Json::object()};
    if (edits) {
        Json arguments = made.arguments;
        arguments.set(QStringLiteral("amount"), Json::number("50.00"));
        draft.payload->set(QStringLiteral("arguments"), arguments);
    } else if (luck < 12) {
        draft.payload->set(QStringLiteral("message"), Json(QStringLiteral("Against the rules.")));
    }
    const auto on = [&](const char *what, const Json &fields, const QString &text) -> EventDraft {
        return {.kind = QLatin1String(what),
                .actor = Actor::system(),
                .caseId = *id,
                .endpoint = desk(),
                .decision = QLatin1String(what).startsWith(QLatin1String("decision"))
                    ? decision
                    : DecisionId(),
                .fields = fields,
                .payload = words(text)};
    };
    auto done = transaction.append(draft).and_then([&](const EventRecord &) {
        return transaction.append(
            on(event::decisionDelivered, Json::object(), QStringLiteral("Taken.")));
    });
    if (done && m_random.bounded(40) == 0) {
        done = transaction.append(on(event::outcomeReported,
                                     Json::object({field("outcome", one({"bad", "good"}))}),
                                     QStringLiteral("Looked at again.")));
    }
    return done.map([&](const EventRecord &) -> CaseId { return *id; });
}

Result<void> PastMaker::fill(Store &store, qint64 from, qint64 count, int batch,
                             const std::function<void(qint64)> &progress)
{
    for (qint64 done = 0; done < count; done += batch) {
        const qint64 until = std::min<qint64>(done + batch, count);
        const auto written = store
                                 .write<CaseId>([&](Transaction &transaction) -> Result<CaseId> {
                                     Result<CaseId> last;
                                     for (qint64 i = done; last && i < until; ++i) {
                                         last = settle(transaction, from + i);
                                     }
                                     return last;
                                 })
                                 .result();
        if (!written) {
            return tl::unexpected<Error>(written.error());
        }
        progress(until);
    }
    return {};
}

} // namespace countersign
