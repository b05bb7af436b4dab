// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/codec.h"

#include "domain/clock.h"
#include "domain/translate.h"


namespace countersign::native {

namespace {

EffectReport readReport(const Json &json, bool outcome)
{
    EffectReport report;
    report.question = json[u"case"].toString();
    report.part = int(json[u"part"].toInteger(1));
    report.decision = DecisionId(json[u"decision_id"].toString());
    report.outcome = outcome;
    report.word = json[outcome ? u"outcome" : u"effect"].toString();
    report.text = json[u"text"].toString();
    report.reportedMs = parseIsoTime(json[u"at"].toString());
    return report;
}

Result<News> readCaseEvent(const Json &json, const Endpoint &endpoint)
{
    const auto read = readCase(json, endpoint);
    if (!read) {
        return tl::unexpected<Error>(read.error());
    }
    News news;
    if (read->state == u"waiting") {
        news.seen.proposals = read->proposals;
    }
    return news;
}

/// What an agent did by itself tells all of it; after a decision the case is known already.
Result<News> readExecuted(const Json &json, const Endpoint &endpoint)
{
    News news;
    const Json &performed = json[u"performed"];
    if (!performed.isObject()) {
        news.seen.effects.append(readReport(json, false));
        return news;
    }
    auto read = readCase(performed, endpoint);
    if (!read) {
        return tl::unexpected<Error>(read.error());
    }
    Performed done{read->proposals.first(), readReport(json, false)};
    if (done.proposal.trouble) { // nothing is answered, so nothing hangs on the digest
        done.proposal.marks.append(done.proposal.trouble->text);
        done.proposal.trouble.reset();
    }
    done.effect.question = done.proposal.source.question;
    done.effect.decision = {};
    news.seen.performed.append(done);
    return news;
}

Gone readGone(const QString &type, const Json &json)
{
    const auto winner = readWinner(json[u"winner"]);
    if (type == u"case.decided") {
        return {json[u"case"].toString(), true,
                winner ? winner->sentence() : tr("Somebody else decided it.")};
    }
    return {json[u"case"].toString(), false,
            json[u"reason"].toString() == u"expired" ? tr("Its time ran out at the agent.")
                                                     : tr("The agent withdrew it.")};
}

} // namespace

std::optional<Winner> readWinner(const Json &json)
{
    if (!json[u"decision_id"].isString()) {
        return std::nullopt;
    }
    return Winner{DecisionId(json[u"decision_id"].toString()), json[u"kind"].toString(),
                  json[u"reviewer"].toString(), json[u"decided_at"].toString()};
}

QString Winner::sentence() const
{
    return reviewer.isEmpty() ? tr("Another client decided first: %1 (%2).").arg(kind, decidedAt)
                              : tr("%1 decided first: %2 (%3).").arg(reviewer, kind, decidedAt);
}

Result<Page> readPage(const Json &json, const Endpoint &endpoint)
{
    if (!json[u"cases"].isArray() || !(json[u"next"].isNull() || json[u"next"].isString())) {
        return fail(
            ErrorCode::Protocol,
            tr("The server's list of cases cannot be read: it is not what countersign/1 says."));
    }
    Page page;
    page.next = json[u"next"].toString();
    page.eventsAfter = json[u"events_after"].toString().toUtf8();
    for (const Json &item : json[u"cases"].items()) {
        const QString id = item[u"id"].toString();
        if (page.open.contains(id)) {
            continue; // listed twice
        }
        if (!id.isEmpty()) {
            page.open.insert(id);
        }
        if (const auto read = readCase(item, endpoint); read) {
            page.proposals += read->proposals;
        } else {
            page.faults.append(read.error().text);
        }
    }
    return page;
}

namespace {

Result<Receipt> readReceipt(const Json &json)
{
    for (const char *name : {"decision_id", "case", "digest", "kind"}) {
        if (!json[QString::fromLatin1(name)].isString()) {
            return fail(ErrorCode::Protocol,
                        tr("The server's receipt cannot be read: it has no \"%1\".")
                            .arg(QString::fromLatin1(name)));
        }
    }
    Receipt receipt{DecisionId(json[u"decision_id"].toString()),
                    json[u"case"].toString(),
                    json[u"digest"].toString(),
                    json[u"kind"].toString(),
                    {}};
    if (json[u"effect"].isObject()) {
        receipt.effect = readReport(json[u"effect"], false);
        receipt.effect->question = receipt.caseId;
        receipt.effect->decision = receipt.decision;
        receipt.effect->part = int(json[u"part"].toInteger(1));
    }
    return receipt;
}

} // namespace

Result<QList<Receipt>> readReceipts(const Json &json)
{
    QList<Receipt> receipts;
    const bool several = json[u"parts"].isArray();
    for (const Json &item : several ? json[u"parts"].items() : Json::Array{json}) {
        const auto receipt = readReceipt(item);
        if (!receipt) {
            return tl::unexpected<Error>(receipt.error());
        }
        receipts.append(*receipt);
    }
    return receipts;
}

Result<News> readEvent(const ServerEvent &event, const Endpoint &endpoint)
{
    const auto json = parseJson(event.data);
    if (!json || !json->isObject()) {
        return fail(ErrorCode::Protocol, tr("An event of the server cannot be read."),
                    json ? QString() : json.error().text);
    }
    News news;
    if (event.type == u"stream.reset") {
        news.reset = true;
    } else if (event.type == u"case.proposed" || event.type == u"case.changed"
               || event.type == u"artifact.revised") {
        return readCaseEvent(*json, endpoint);
    } else if (event.type == u"case.withdrawn" || event.type == u"case.decided") {
        news.seen.gone.append(readGone(event.type, *json));
    } else if (event.type == u"action.executed") {
        return readExecuted(*json, endpoint);
    } else if (event.type == u"outcome.reported") {
        news.seen.effects.append(readReport(*json, true));
    }
    return news;
}

Refusal readRefusal(const QByteArray &body)
{
    const auto json = parseJson(body);
    if (!json) {
        return {};
    }
    return {(*json)[u"error"][u"code"].toString(), (*json)[u"error"][u"message"].toString(),
            readWinner((*json)[u"winner"]), (*json)[u"case"]};
}

} // namespace countersign::native
