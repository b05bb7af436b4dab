// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/decisioncheck.h"

#include "domain/decimal.h"

namespace countersign::demo {

namespace {

bool hasType(const Json &value, const QString &type)
{
    switch (value.type()) {
    case Json::Type::Null:
        return type == u"null";
    case Json::Type::Bool:
        return type == u"boolean";
    case Json::Type::Number:
        return type == u"number" || (type == u"integer" && !value.numberText().contains('.'));
    case Json::Type::String:
        return type == u"string";
    case Json::Type::Array:
        return type == u"array";
    case Json::Type::Object:
        return type == u"object";
    }
    return false;
}

Result<void> checkValue(const QString &name, const Json &value, const Json &schema)
{
    const Json &type = schema[u"type"];
    const QStringList types = type.isArray() ? type.toStrings() : QStringList{type.toString()};
    const auto fits = [&value](const QString &word) {
        return hasType(value, word);
    };
    if (!type.isNull() && std::none_of(types.begin(), types.end(), fits)) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("%1 must be of type %2.").arg(name, types.join(u'/')));
    }
    if (schema[u"enum"].isArray() && !schema[u"enum"].items().contains(value)) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("%1 is none of the values it may have.").arg(name));
    }
    if (!value.isNumber()) {
        return {};
    }
    const auto number = Decimal::parse(value.numberText());
    const auto low = Decimal::parse(schema[u"minimum"].numberText());
    const auto high = Decimal::parse(schema[u"maximum"].numberText());
    if ((number && low && *number < *low) || (number && high && *number > *high)) {
        return fail(ErrorCode::InvalidInput, QStringLiteral("%1 is out of its range.").arg(name));
    }
    return {};
}

} // namespace

Result<void> checkArguments(const Json &arguments, const Json &schema)
{
    if (!arguments.isObject()) {
        return fail(ErrorCode::InvalidInput, QStringLiteral("The arguments must be an object."));
    }
    for (const QString &name : schema[u"required"].toStrings()) {
        if (!arguments.contains(name)) {
            return fail(ErrorCode::InvalidInput, QStringLiteral("%1 is missing.").arg(name));
        }
    }
    const Json &properties = schema[u"properties"];
    for (const auto &[name, value] : arguments.members()) {
        if (properties.contains(name)) {
            if (auto checked = checkValue(name, value, properties[name]); !checked) {
                return checked;
            }
        } else if (schema[u"additionalProperties"] == Json(false)) {
            return fail(ErrorCode::InvalidInput,
                        QStringLiteral("%1 is no argument of this action.").arg(name));
        }
    }
    return {};
}

namespace {

Result<void> checkWork(const Json &decision, const Json &wireArtifact)
{
    const auto artifact = Artifact::fromJson(wireArtifact);
    const QString kind = decision[u"kind"].toString();
    if (!artifact) {
        return fail(ErrorCode::InvalidInput, QStringLiteral("This case has no artifact."));
    }
    if (kind != u"respond" && (kind != u"edit" || decision.contains(u"comments"))) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("Only an edit or a response carries an artifact, and only a "
                                   "response comments."));
    }
    return workOf(decision).check(*artifact);
}

} // namespace

ArtifactWork workOf(const Json &decision)
{
    Json work = Json::object({{QStringLiteral("comments"), decision[u"comments"]}});
    if (decision.contains(u"artifact")) {
        work.set(QStringLiteral("content"), decision[u"artifact"]);
    }
    return ArtifactWork::fromJson(work);
}

Result<void> checkDecision(const Json &decision, const Json &wireCase)
{
    const QString kind = decision[u"kind"].toString();
    const bool worksOn = decision.contains(u"artifact") || decision.contains(u"comments");
    const QString id = decision[u"id"].toString();
    if (id.isEmpty() || id.size() > 200) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("The decision needs an id of 1 to 200 characters."));
    }
    if (!wireCase[u"allowed"].toStrings().contains(kind)) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("This case does not take \"%1\".").arg(kind));
    }
    if (worksOn) {
        if (auto checked = checkWork(decision, wireCase[u"artifact"]); !checked) {
            return checked;
        }
    }
    if (kind == u"edit") {
        return checkArguments(decision[u"arguments"], wireCase[u"arguments_schema"]);
    }
    if (decision.contains(u"arguments")) {
        return fail(ErrorCode::InvalidInput, QStringLiteral("Only an edit carries arguments."));
    }
    if (kind == u"respond" && decision[u"message"].toString().trimmed().isEmpty() && !worksOn) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("Sending back needs a message, comments or an own draft."));
    }
    return {};
}

} // namespace countersign::demo
