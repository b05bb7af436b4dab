// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/codec.h"

#include "domain/schema/schema.h"
#include "domain/translate.h"
#include "endpoints/langgraph/dialects.h"


#include <algorithm>

namespace countersign::langgraph {

namespace {

auto refuse(const QString &text)
{
    return fail(ErrorCode::InvalidInput, text);
}

bool isDialect(const Proposal &proposal, const char *name)
{
    return proposal.dialect == QLatin1String(name);
}

/// Whether the answer is one JSON value of the person's own.
bool isFree(const Proposal &proposal)
{
    return isDialect(proposal, dialect::free) || isDialect(proposal, dialect::schema)
        || isDialect(proposal, dialect::mcp);
}

/// A schema that cannot be used says nothing; the reader has marked it.
Result<void> meets(const Json &schema, const Json &value)
{
    const auto result = schema.isNull() ? Result<void>() : validateAgainst(schema, value);
    return !result && result.error().code == ErrorCode::InvalidInput ? result : Result<void>();
}

Json freeAnswer(const AnsweredPart &part)
{
    return part.arguments ? *part.arguments : Json(part.message);
}

Json inboxAnswer(const AnsweredPart &part)
{
    const auto answer = [](const char *type, const Json &args) -> Json {
        return Json::object({{QStringLiteral("type"), Json(QString::fromLatin1(type))},
                             {QStringLiteral("args"), args}});
    };
    const auto action = [&part](const Json &arguments) -> Json {
        return Json::object({{QStringLiteral("action"), Json(part.proposal.action)},
                             {QStringLiteral("args"), arguments}});
    };
    switch (part.kind) {
    case DecisionKind::Approve:
        return answer("accept", action(part.proposal.arguments));
    case DecisionKind::Edit:
        return answer("edit", action(*part.arguments));
    case DecisionKind::Respond:
        return answer("response", Json(part.message));
    case DecisionKind::Ignore:
    case DecisionKind::Reject:
        return answer("ignore", Json());
    }
    Q_UNREACHABLE();
}

/// The part as the agent wrote it, to answer in its own spelling.
Json requestOf(const Proposal &proposal)
{
    return understand(proposal.raw).parts.value(proposal.source.part - 1).request;
}

Json decision(const AnsweredPart &part)
{
    Json out = Json::object({{QStringLiteral("type"), Json(toWord(part.kind))}});
    if (part.kind == DecisionKind::Edit) {
        const QString key = requestOf(part.proposal).contains(u"arguments")
            ? QStringLiteral("arguments")
            : QStringLiteral("args");
        const Json edited = Json::object(
            {{QStringLiteral("name"), Json(part.proposal.action)}, {key, *part.arguments}});
        // Each runtime reads its own spelling and leaves the other alone.
        out.set(QStringLiteral("edited_action"), edited);
        out.set(QStringLiteral("editedAction"), edited);
    }
    if (!part.message.isEmpty()
        && (part.kind == DecisionKind::Reject || part.kind == DecisionKind::Respond)) {
        out.set(QStringLiteral("message"), Json(part.message));
    }
    return out;
}

Json wholeAnswer(const QList<AnsweredPart> &parts)
{
    const Proposal &first = parts.first().proposal;
    if (isFree(first)) {
        return freeAnswer(parts.first());
    }
    if (isDialect(first, dialect::toolApproval)) {
        return decision(parts.first());
    }
    const bool inbox = isDialect(first, dialect::inbox);
    Json list = Json::array();
    for (const AnsweredPart &part : parts) {
        list.append(inbox ? inboxAnswer(part) : decision(part));
    }
    return inbox ? list : Json::object({{QStringLiteral("decisions"), list}});
}

Result<void> validateRespond(const AnsweredPart &part)
{
    const bool said = !part.message.trimmed().isEmpty();
    if (!isFree(part.proposal)) {
        if (part.arguments) {
            return refuse(tr("This agent takes a message here, not a value."));
        }
        return said ? Result<void>()
                    : refuse(tr("Write what the agent is to be told; nothing is no answer."));
    }
    if (part.arguments && said) {
        return refuse(tr("Give the answer as a message or as a value, not as both."));
    }
    if (!part.arguments && !said) {
        return refuse(tr("Write the answer; nothing is no answer."));
    }
    return meets(part.proposal.answerSchema, freeAnswer(part));
}

} // namespace

Result<void> validateAnswer(const AnsweredPart &part)
{
    const Proposal &proposal = part.proposal;
    if (proposal.trouble) {
        return fail(ErrorCode::NotAllowed, proposal.trouble->text);
    }
    if (!proposal.allowed.testFlag(part.kind)) {
        return fail(
            ErrorCode::NotAllowed,
            tr("This question does not take “%1”, only: %2.")
                .arg(toWord(part.kind), toWords(proposal.allowed).join(QStringLiteral(", "))));
    }
    if (part.kind == DecisionKind::Edit) {
        if (!part.arguments || !part.arguments->isObject()) {
            return refuse(tr("An edit needs the whole new arguments, as a JSON object."));
        }
        return meets(proposal.schema, *part.arguments);
    }
    if (part.kind == DecisionKind::Respond) {
        return validateRespond(part);
    }
    return part.arguments ? refuse(tr("Only an edit or an answer carries arguments."))
                          : Result<void>();
}

Result<Json> encodeAnswer(const QList<AnsweredPart> &parts)
{
    if (parts.isEmpty() || parts.size() != parts.first().proposal.source.of) {
        return refuse(tr("This question takes the decisions on all its actions together."));
    }
    const Source &source = parts.first().proposal.source;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const AnsweredPart &part = parts.at(i);
        if (part.proposal.source.question != source.question
            || part.proposal.source.part != i + 1) {
            return refuse(tr("The decisions are not those of one question, in its order."));
        }
        if (const auto valid = validateAnswer(part); !valid) {
            return tl::unexpected<Error>(valid.error());
        }
    }
    if (isDialect(parts.first().proposal, dialect::breakpoint)) {
        return Json::object({{QStringLiteral("input"), Json()}});
    }
    const QString interrupt = source.ids[u"interrupt"].toString();
    if (interrupt.isEmpty()) {
        return fail(ErrorCode::Protocol,
                    tr("The question has no id; an answer without one could reach another."));
    }
    const Json answer = wholeAnswer(parts);
    if (const auto valid = meets(responseSchema(parts.first().proposal.raw), answer); !valid) {
        return tl::unexpected<Error>(valid.error());
    }
    const Json resume = Json::object({{interrupt, answer}});
    return Json::object(
        {{QStringLiteral("command"), Json::object({{QStringLiteral("resume"), resume}})}});
}

Result<Json> joinAnswers(const QList<QByteArray> &answers)
{
    Json resume = Json::object();
    for (const QByteArray &bytes : answers) {
        const auto answer = parseJson(bytes);
        if (!answer) {
            return tl::unexpected<Error>(answer.error());
        }
        if (answers.size() == 1) {
            return *answer;
        }
        const Json::Object &members = (*answer)[u"command"][u"resume"].members();
        if (members.isEmpty()) {
            return fail(ErrorCode::Protocol, tr("These answers cannot be sent together."));
        }
        for (const auto &[id, value] : members) {
            resume.set(id, value);
        }
    }
    return Json::object(
        {{QStringLiteral("command"), Json::object({{QStringLiteral("resume"), resume}})}});
}

} // namespace countersign::langgraph
