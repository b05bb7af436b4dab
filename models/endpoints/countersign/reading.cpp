// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clock.h"
#include "domain/translate.h"
#include "endpoints/countersign/codec.h"
#include "endpoints/extraction.h"


namespace countersign::native {

namespace {

constexpr qsizetype maxIdLength = 200;
constexpr qsizetype maxParts = 100;

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

/// Nothing, with a mark, where it cannot be used: then it is not part of the digest either, and the
/// server's digest tells that something is missing.
std::optional<Artifact> readArtifact(Members &members)
{
    const Json &json = members.take("artifact", &Json::isObject);
    const auto type = artifactTypeFromWord(json[u"type"].toString());
    if (json.isNull()) {
        return std::nullopt;
    }
    if (!type || !json[u"title"].isString() || !Artifact::check(*type, json[u"content"])) {
        members.leaveOut("artifact");
        return std::nullopt;
    }
    return Artifact{.type = *type,
                    .title = json[u"title"].toString(),
                    .content = json[u"content"],
                    .revision = int(json[u"revision"].toInteger(1)),
                    .note = json[u"note"].toString()};
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
    proposal.artifact = readArtifact(members);
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

/// The case as it would be if it asked about that part alone: what a part does not say, the whole
/// case says.
Json partOf(const Json &whole, const Json &part)
{
    Json merged = whole;
    merged.remove(QStringLiteral("parts"));
    for (const auto &[key, value] : part.members()) {
        if (key != u"id" && key != u"state" && key != u"revision") {
            merged.set(key, value);
        }
    }
    return merged;
}

Source sourceOf(const Json &json, int part, int of)
{
    Source source;
    source.question = json[u"id"].toString();
    source.part = part;
    source.of = of;
    source.lane = source.question;
    source.ids = Json::object({{QStringLiteral("case"), json[u"id"]}});
    for (const char16_t *name : {u"revision", u"follows"}) {
        if (const QString key = QString::fromUtf16(name); json.contains(key)) {
            source.ids.set(key, json[key]);
        }
    }
    return source;
}

Result<Proposal> readProposal(const Json &json, const Json &whole, const Endpoint &endpoint)
{
    if (auto demanded = demand(json); !demanded) {
        return tl::unexpected<Error>(demanded.error());
    }
    Proposal proposal;
    proposal.dialect = QStringLiteral("countersign/1");
    proposal.agent = json[u"agent"].toString();
    proposal.action = json[u"action"].toString();
    proposal.arguments = json[u"arguments"];
    proposal.question = json[u"question"].toString();
    proposal.allowed = allowedFromWords(json[u"allowed"].toStrings());
    readAbout(json, proposal);
    proposal.raw = whole;
    if (!endpoint.extraction.isEmpty()) {
        extract(endpoint, {.value = whole, .values = {}, .metadata = {}, .action = json}, proposal);
    }
    if (proposal.digest() != json[u"digest"].toString()) {
        proposal.trouble = Trouble{
            QStringLiteral("digest"),
            tr("The server's digest is not that of what it sent, so an answer could not be tied to "
               "what you see. The server must be mended."),
            false};
    }
    return proposal;
}

} // namespace

Result<WireCase> readCase(const Json &json, const Endpoint &endpoint)
{
    const bool asksSeveral = json[u"parts"].isArray();
    const Json::Array parts = asksSeveral ? json[u"parts"].items() : Json::Array{Json::object()};
    if (parts.isEmpty() || parts.size() > maxParts) {
        return fail(ErrorCode::Protocol,
                    tr("A case of the server asks about %1 actions at once; it cannot be shown.")
                        .arg(parts.size()));
    }
    WireCase read;
    read.state = json[u"state"].toString();
    read.winner = readWinner(json[u"decision"]);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        auto proposal = readProposal(partOf(json, parts.at(i)), json, endpoint);
        if (!proposal) {
            return tl::unexpected<Error>(proposal.error());
        }
        proposal->source = sourceOf(json, int(i) + 1, int(parts.size()));
        read.proposals.append(*proposal);
    }
    return read;
}

} // namespace countersign::native
