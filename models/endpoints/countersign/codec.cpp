// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/codec.h"

#include "domain/clock.h"
#include "endpoints/extraction.h"

#include <QCoreApplication>

namespace countersign::native {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CountersignProtocol", text);
}

constexpr qsizetype maxIdLength = 200;

/// Reads members that may be missing; one of the wrong type is left out with a mark.
class Members
{
public:
    Members(const Json &json, QStringList &marks) : m_json(json), m_marks(marks) { }

    [[nodiscard]] const Json &take(const char *name, bool (Json::*isRight)() const)
    {
        static const Json nothing;
        const Json &value = m_json[QString::fromLatin1(name)];
        if (value.isNull() || (value.*isRight)()) {
            return value;
        }
        leaveOut(name);
        return nothing;
    }
    [[nodiscard]] QString text(const char *name) { return take(name, &Json::isString).toString(); }
    [[nodiscard]] QStringList texts(const char *name)
    {
        return take(name, &Json::isArray).toStrings();
    }
    [[nodiscard]] std::optional<Decimal> decimal(const char *name)
    {
        const Json &value = m_json[QString::fromLatin1(name)];
        const auto number = value.isNumber() ? Decimal::parse(value.numberText())
                                             : Decimal::parse(value.toString());
        if (!number && !value.isNull()) {
            leaveOut(name);
        }
        return number;
    }
    [[nodiscard]] std::optional<qint64> time(const char *name)
    {
        const QString written = text(name);
        const auto ms = parseIsoTime(written);
        if (!ms && !written.isEmpty()) {
            leaveOut(name);
        }
        return ms;
    }
    template <class Enum> [[nodiscard]] Enum word(const char *name, Enum unknown)
    {
        const QString written = text(name);
        const auto value = fromWord<Enum>(written);
        if (!value && !written.isEmpty()) {
            leaveOut(name);
        }
        return value.value_or(unknown);
    }
    void leaveOut(const char *name)
    {
        m_marks.append(tr("The server sent a \"%1\" that cannot be used; it was left out.")
                           .arg(QString::fromLatin1(name)));
    }

private:
    const Json &m_json;
    QStringList &m_marks;
};

Result<void> demand(const Json &json)
{
    const auto missing = [](const char *name) {
        return fail(ErrorCode::Protocol,
                    tr("A case of the server has no usable \"%1\"; it cannot be shown.")
                        .arg(QString::fromLatin1(name)));
    };
    for (const char *name : {"id", "agent", "action", "question", "digest", "state"}) {
        if (!json[QString::fromLatin1(name)].isString()) {
            return missing(name);
        }
    }
    const QString id = json[u"id"].toString();
    if (id.isEmpty() || id.size() > maxIdLength) {
        return missing("id");
    }
    if (!json.contains(u"arguments")) {
        return missing("arguments");
    }
    return json[u"allowed"].isArray() ? Result<void>() : missing("allowed");
}

std::optional<Winner> readWinner(const Json &json)
{
    if (!json[u"decision_id"].isString()) {
        return std::nullopt;
    }
    return Winner{DecisionId(json[u"decision_id"].toString()), json[u"kind"].toString(),
                  json[u"reviewer"].toString(), json[u"decided_at"].toString()};
}

QList<Evidence> readEvidence(const Json &list)
{
    QList<Evidence> evidence;
    for (const Json &item : list.items()) {
        evidence.append(
            {item[u"title"].toString(), item[u"text"].toString(), item[u"link"].toString()});
    }
    return evidence;
}

Impact readImpact(const Json &json, QStringList &marks)
{
    Members members(json, marks);
    Impact impact;
    impact.amount = members.decimal("amount");
    impact.currency = members.text("currency");
    const Json &people = members.take("people", &Json::isNumber);
    if (people.isNumber()) {
        impact.people = people.toInteger();
    }
    impact.sentence = members.text("sentence");
    return impact;
}

void readConfidence(Members &members, Proposal &proposal)
{
    proposal.confidence = members.decimal("confidence");
    const Decimal zero;
    const auto one = Decimal::parse(QByteArray("1"));
    if (proposal.confidence && (*proposal.confidence < zero || *proposal.confidence > *one)) {
        proposal.confidence.reset();
        members.leaveOut("confidence");
    }
}

void readAbout(const Json &json, Proposal &proposal)
{
    Members members(json, proposal.marks);
    proposal.caseType = members.text("case_type");
    proposal.schema = members.take("arguments_schema", &Json::isObject);
    proposal.recommendation = members.text("recommendation");
    proposal.reasoning = members.text("reasoning");
    proposal.evidence = readEvidence(members.take("evidence", &Json::isArray));
    proposal.uncertainty = members.texts("uncertainty");
    proposal.impact = readImpact(members.take("impact", &Json::isObject), proposal.marks);
    proposal.risk = members.word("risk", Risk::Unknown);
    proposal.reversibility = members.word("reversibility", Reversibility::Unknown);
    readConfidence(members, proposal);
    proposal.dueMs = members.time("due");
    proposal.reportedMs = members.time("created_at");
    if (members.text("when_due") == u"expire") {
        proposal.marks.append(
            tr("Expires when its time runs out: the agent goes on without an answer."));
    }
    if (const QString before = members.text("follows"); !before.isEmpty()) {
        proposal.marks.append(tr("A new proposal, after %1 was sent back.").arg(before));
    }
}

EffectReport readReport(const Json &json, bool outcome)
{
    EffectReport report;
    report.question = json[u"case"].toString();
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
        news.seen.proposals.append(read->proposal);
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
    Performed done{read->proposal, readReport(json, false)};
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

QString Winner::sentence() const
{
    return reviewer.isEmpty() ? tr("Another client decided first: %1 (%2).").arg(kind, decidedAt)
                              : tr("%1 decided first: %2 (%3).").arg(reviewer, kind, decidedAt);
}

Result<WireCase> readCase(const Json &json, const Endpoint &endpoint)
{
    if (auto demanded = demand(json); !demanded) {
        return tl::unexpected<Error>(demanded.error());
    }
    WireCase read;
    read.state = json[u"state"].toString();
    read.winner = readWinner(json[u"decision"]);
    Proposal &proposal = read.proposal;
    proposal.source.question = json[u"id"].toString();
    proposal.source.lane = proposal.source.question;
    proposal.source.ids = Json::object({{QStringLiteral("case"), json[u"id"]}});
    for (const char16_t *name : {u"revision", u"follows"}) {
        if (const QString key = QString::fromUtf16(name); json.contains(key)) {
            proposal.source.ids.set(key, json[key]);
        }
    }
    proposal.dialect = QStringLiteral("countersign/1");
    proposal.agent = json[u"agent"].toString();
    proposal.action = json[u"action"].toString();
    proposal.arguments = json[u"arguments"];
    proposal.question = json[u"question"].toString();
    proposal.allowed = allowedFromWords(json[u"allowed"].toStrings());
    readAbout(json, proposal);
    proposal.raw = json;
    if (!endpoint.extraction.isEmpty()) {
        extract(endpoint, {.value = json, .values = {}, .metadata = {}, .action = json}, proposal);
    }
    if (proposal.digest() != json[u"digest"].toString()) {
        proposal.trouble = Trouble{
            QStringLiteral("digest"),
            tr("The server's digest is not that of what it sent, so an answer could not be tied to "
               "what you see. The server must be mended."),
            false};
    }
    return read;
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
    for (const Json &item : json[u"cases"].items()) {
        const QString id = item[u"id"].toString();
        if (page.open.contains(id)) {
            continue; // listed twice
        }
        if (!id.isEmpty()) {
            page.open.insert(id);
        }
        if (const auto read = readCase(item, endpoint); read) {
            page.proposals.append(read->proposal);
        } else {
            page.faults.append(read.error().text);
        }
    }
    return page;
}

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
    }
    return receipt;
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
    } else if (event.type == u"case.proposed" || event.type == u"case.changed") {
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
