// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/schema.h"
#include "domain/translate.h"
#include "endpoints/countersign/codec.h"


namespace countersign::native {

namespace {

Result<void> validateArguments(const AnsweredPart &part)
{
    if (part.kind != DecisionKind::Edit) {
        return part.arguments ? fail(ErrorCode::InvalidInput, tr("Only an edit carries arguments."))
                              : Result<void>();
    }
    if (!part.arguments || !part.arguments->isObject()) {
        return fail(ErrorCode::InvalidInput,
                    tr("An edit needs the whole new arguments, as a JSON object."));
    }
    if (part.proposal.schema.isNull()) {
        return {};
    }
    const auto valid = validateAgainst(part.proposal.schema, *part.arguments);
    // A schema that cannot be used says nothing; the server will judge.
    return !valid && valid.error().code == ErrorCode::InvalidInput ? valid : Result<void>();
}

} // namespace

Result<void> validateAnswer(const AnsweredPart &part)
{
    if (part.proposal.trouble) {
        return fail(ErrorCode::NotAllowed, part.proposal.trouble->text);
    }
    if (!part.proposal.allowed.testFlag(part.kind)) {
        return fail(
            ErrorCode::NotAllowed,
            tr("This case does not take \"%1\". It takes: %2.")
                .arg(toWord(part.kind), toWords(part.proposal.allowed).join(QStringLiteral(", "))));
    }
    if (!part.work.isEmpty() && !part.proposal.artifact) {
        return fail(ErrorCode::InvalidInput, tr("This case has no artifact to work on."));
    }
    if (part.kind == DecisionKind::Respond && part.message.trimmed().isEmpty()
        && part.work.isEmpty()) {
        return fail(ErrorCode::InvalidInput, tr("Say what the agent should do differently."));
    }
    return validateArguments(part);
}

namespace {

Json bodyOf(const AnsweredPart &part)
{
    Json body = Json::object({{QStringLiteral("id"), Json(part.decision.toString())},
                              {QStringLiteral("digest"), Json(part.proposal.digest())},
                              {QStringLiteral("kind"), Json(toWord(part.kind))}});
    if (part.kind == DecisionKind::Edit) {
        body.set(QStringLiteral("arguments"), *part.arguments);
    }
    if (part.work.content) {
        body.set(QStringLiteral("artifact"), *part.work.content);
    }
    if (!part.work.comments.isEmpty()) {
        body.set(QStringLiteral("comments"), part.work.toJson()[u"comments"]);
    }
    if (!part.message.isEmpty()) {
        body.set(QStringLiteral("message"), Json(part.message));
    }
    if (!part.reasonCode.isEmpty()) {
        body.set(QStringLiteral("reason_code"), Json(part.reasonCode));
    }
    return body;
}

} // namespace

Result<QByteArray> encodeAnswer(const QList<AnsweredPart> &parts)
{
    Json bodies = Json::array();
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const AnsweredPart &part = parts.at(i);
        if (part.proposal.source.part != i + 1 || part.proposal.source.of != parts.size()) {
            return fail(ErrorCode::InvalidInput,
                        tr("The parts of a question are answered together, each once."));
        }
        if (auto valid = validateAnswer(part); !valid) {
            return tl::unexpected<Error>(valid.error());
        }
        bodies.append(bodyOf(part));
    }
    return toJson(parts.size() == 1 ? bodies.items().first()
                                    : Json::object({{QStringLiteral("parts"), bodies}}));
}

QByteArray encodePolicy(const PolicyRecord &policy)
{
    return toJson(Json::object({{QStringLiteral("version"), Json(policy.name())},
                                {QStringLiteral("digest"), Json(policy.digest)},
                                {QStringLiteral("document"), policy.document}}));
}

Result<KeptPolicy> readKeptPolicy(const Json &json)
{
    if (json.isNull()) {
        return KeptPolicy();
    }
    KeptPolicy kept{json[u"version"].toString(), json[u"digest"].toString()};
    if (kept.version.isEmpty() || kept.digest.isEmpty()) {
        return fail(ErrorCode::Protocol,
                    tr("The server does not say which policy it keeps, as countersign/1 asks."));
    }
    return kept;
}

} // namespace countersign::native
