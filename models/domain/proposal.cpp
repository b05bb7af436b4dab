// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/proposal.h"

#include "domain/translate.h"
#include "domain/trust.h"


namespace countersign {

namespace {

/// Members that are empty are left out, so that small proposals stay small.
void setText(Json &object, const char *key, const QString &text)
{
    if (!text.isEmpty()) {
        object.set(QString::fromLatin1(key), Json(text));
    }
}

void setValue(Json &object, const char *key, const Json &value)
{
    if (!value.isNull()) {
        object.set(QString::fromLatin1(key), value);
    }
}

void setInteger(Json &object, const char *key, const std::optional<qint64> &value)
{
    if (value) {
        object.set(QString::fromLatin1(key), Json(*value));
    }
}

std::optional<qint64> integer(const Json &value)
{
    return value.isNumber() ? std::optional<qint64>(value.toInteger()) : std::nullopt;
}

Json impactJson(const Impact &impact)
{
    Json json = Json::object();
    if (impact.amount) {
        json.set(QStringLiteral("amount"), Json(impact.amount->toString()));
    }
    setText(json, "currency", impact.currency);
    setInteger(json, "people", impact.people);
    setText(json, "sentence", impact.sentence);
    return json;
}

Impact impactFromJson(const Json &json)
{
    return {.amount = Decimal::parse(json[u"amount"].toString()),
            .currency = json[u"currency"].toString(),
            .people = integer(json[u"people"]),
            .sentence = json[u"sentence"].toString()};
}

Json evidenceJson(const QList<Evidence> &evidence)
{
    Json list = Json::array();
    for (const Evidence &item : evidence) {
        Json json = Json::object();
        setText(json, "title", item.title);
        setText(json, "text", item.text);
        setText(json, "link", item.link);
        list.append(json);
    }
    return list;
}

QList<Evidence> evidenceFromJson(const Json &json)
{
    QList<Evidence> evidence;
    for (const Json &item : json.items()) {
        evidence.append({.title = item[u"title"].toString(),
                         .text = item[u"text"].toString(),
                         .link = item[u"link"].toString()});
    }
    return evidence;
}

} // namespace

Json Source::toJson() const
{
    Json json = Json::object();
    setText(json, "question", question);
    json.set(QStringLiteral("part"), Json(part));
    json.set(QStringLiteral("of"), Json(of));
    setText(json, "lane", lane);
    setText(json, "rebind", rebind);
    json.set(QStringLiteral("ids"), ids);
    return json;
}

Source Source::fromJson(const Json &json)
{
    return {.question = json[u"question"].toString(),
            .part = int(json[u"part"].toInteger(1)),
            .of = int(json[u"of"].toInteger(1)),
            .lane = json[u"lane"].toString(),
            .rebind = json[u"rebind"].toString(),
            .ids = json[u"ids"]};
}

QString Proposal::digest() const
{
    Json hashed = Json::object({{QStringLiteral("action"), Json(action)},
                                {QStringLiteral("allowed"), Json::fromStrings(toWords(allowed))},
                                {QStringLiteral("arguments"), arguments},
                                {QStringLiteral("question"), Json(question)}});
    if (artifact) {
        hashed.set(QStringLiteral("artifact"), artifact->hashed());
    }
    return QString::fromLatin1(sha256(canonicalJson(hashed)).toHex());
}

Json Proposal::toJson() const
{
    Json json = Json::object();
    json.set(QStringLiteral("source"), source.toJson());
    setText(json, "dialect", dialect);
    setText(json, "agent", agent);
    setText(json, "action", action);
    json.set(QStringLiteral("arguments"), arguments);
    setValue(json, "schema", schema);
    setValue(json, "answer_schema", answerSchema);
    if (artifact) {
        json.set(QStringLiteral("artifact"), artifact->toJson());
    }
    setText(json, "question", question);
    json.set(QStringLiteral("allowed"), Json::fromStrings(toWords(allowed)));
    if (rejectCancelsSiblings) {
        json.set(QStringLiteral("reject_cancels_siblings"), Json(true));
    }
    setText(json, "case_type", caseType);
    if (confidence) {
        json.set(QStringLiteral("confidence"), Json(confidence->toString()));
    }
    setText(json, "recommendation", recommendation);
    setText(json, "reasoning", reasoning);
    if (!evidence.isEmpty()) {
        json.set(QStringLiteral("evidence"), evidenceJson(evidence));
    }
    if (!uncertainty.isEmpty()) {
        json.set(QStringLiteral("uncertainty"), Json::fromStrings(uncertainty));
    }
    json.set(QStringLiteral("impact"), impactJson(impact));
    json.set(QStringLiteral("risk"), Json(toWord(risk)));
    json.set(QStringLiteral("reversibility"), Json(toWord(reversibility)));
    setInteger(json, "due_ms", dueMs);
    setInteger(json, "reported_ms", reportedMs);
    if (!marks.isEmpty()) {
        json.set(QStringLiteral("marks"), Json::fromStrings(marks));
    }
    if (trouble) {
        json.set(QStringLiteral("trouble"),
                 Json::object({{QStringLiteral("code"), Json(trouble->code)},
                               {QStringLiteral("text"), Json(trouble->text)},
                               {QStringLiteral("repairable"), Json(trouble->repairable)}}));
    }
    json.set(QStringLiteral("raw"), raw);
    return json;
}

Result<Proposal> Proposal::fromJson(const Json &json)
{
    if (!json.isObject() || !json[u"source"].isObject()) {
        return fail(ErrorCode::Unreadable, tr("A stored proposal cannot be read."));
    }
    Proposal proposal;
    proposal.source = Source::fromJson(json[u"source"]);
    proposal.dialect = json[u"dialect"].toString();
    proposal.agent = json[u"agent"].toString();
    proposal.action = json[u"action"].toString();
    proposal.arguments = json[u"arguments"];
    proposal.schema = json[u"schema"];
    proposal.answerSchema = json[u"answer_schema"];
    proposal.artifact = Artifact::fromJson(json[u"artifact"]);
    proposal.question = json[u"question"].toString();
    proposal.allowed = allowedFromWords(json[u"allowed"].toStrings());
    proposal.rejectCancelsSiblings = json[u"reject_cancels_siblings"].toBool();
    proposal.caseType = json[u"case_type"].toString();
    proposal.confidence = Decimal::parse(json[u"confidence"].toString());
    proposal.recommendation = json[u"recommendation"].toString();
    proposal.reasoning = json[u"reasoning"].toString();
    proposal.evidence = evidenceFromJson(json[u"evidence"]);
    proposal.uncertainty = json[u"uncertainty"].toStrings();
    proposal.impact = impactFromJson(json[u"impact"]);
    proposal.risk = fromWord<Risk>(json[u"risk"].toString()).value_or(Risk::Unknown);
    proposal.reversibility = fromWord<Reversibility>(json[u"reversibility"].toString())
                                 .value_or(Reversibility::Unknown);
    proposal.dueMs = integer(json[u"due_ms"]);
    proposal.reportedMs = integer(json[u"reported_ms"]);
    proposal.marks = json[u"marks"].toStrings();
    if (const Json &trouble = json[u"trouble"]; trouble.isObject()) {
        proposal.trouble = Trouble{.code = trouble[u"code"].toString(),
                                   .text = trouble[u"text"].toString(),
                                   .repairable = trouble[u"repairable"].toBool()};
    }
    proposal.raw = json[u"raw"];
    return proposal;
}

} // namespace countersign
