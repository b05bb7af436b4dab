// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/dialects.h"

#include "domain/translate.h"
#include "endpoints/langgraph/codec.h"


#include <algorithm>

namespace countersign::langgraph {

namespace {

const Json &requestsOf(const Json &value)
{
    return oneOf(value, {u"action_requests", u"actionRequests"});
}

const Json &argumentsOf(const Json &request)
{
    return oneOf(request, {u"args", u"arguments"});
}

bool isInboxItem(const Json &value)
{
    return oneOf(value, {u"action_request", u"actionRequest"})[u"action"].isString()
        && value[u"config"].isObject();
}

AskedPart inboxPart(const Json &item)
{
    const Json &request = oneOf(item, {u"action_request", u"actionRequest"});
    const Json &config = item[u"config"];
    AskedPart part;
    part.action = request[u"action"].toString();
    part.arguments = request[u"args"];
    part.question = item[u"description"].toString();
    part.request = request;
    part.allowed.setFlag(DecisionKind::Approve,
                         oneOf(config, {u"allow_accept", u"allowAccept"}).toBool());
    part.allowed.setFlag(DecisionKind::Edit, oneOf(config, {u"allow_edit", u"allowEdit"}).toBool());
    part.allowed.setFlag(DecisionKind::Respond,
                         oneOf(config, {u"allow_respond", u"allowRespond"}).toBool());
    part.allowed.setFlag(DecisionKind::Ignore,
                         oneOf(config, {u"allow_ignore", u"allowIgnore"}).toBool());
    return part;
}

/// A, also as a list and as JSON in a string.
bool understandInbox(const Json &written, Asked &asked)
{
    Json value = written;
    if (value.isString()) {
        const QString text = value.toString().trimmed();
        if (const auto parsed = text.startsWith(u'{') || text.startsWith(u'[')
                ? parseJson(text.toUtf8())
                : Result<Json>(Json())) {
            value = *parsed;
        }
    }
    const Json::Array items = value.isArray() ? value.items() : Json::Array{value};
    if (items.isEmpty() || !std::all_of(items.cbegin(), items.cend(), isInboxItem)) {
        return false;
    }
    asked.dialect = QLatin1String(dialect::inbox);
    std::transform(items.cbegin(), items.cend(), std::back_inserter(asked.parts), inboxPart);
    return true;
}

AllowedDecisions allowedDecisions(const Json &list, bool takesRespond)
{
    AllowedDecisions known = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
    known.setFlag(DecisionKind::Respond, takesRespond);
    return list.isBool() && list.toBool() ? known : allowedFromWords(list.toStrings()) & known;
}

/// By position where the name agrees, else by a name that is given once.
const Json *reviewOf(const Json::Array &reviews, qsizetype position, const QString &name)
{
    const auto nameOf = [](const Json &review) -> QString {
        return oneOf(review, {u"action_name", u"actionName"}).toString();
    };
    if (position < reviews.size()
        && (nameOf(reviews.at(position)) == name || nameOf(reviews.at(position)).isEmpty())) {
        return &reviews.at(position);
    }
    const auto isNamed = [&](const Json &review) -> bool {
        return nameOf(review) == name;
    };
    return std::count_if(reviews.cbegin(), reviews.cend(), isNamed) == 1
        ? &*std::find_if(reviews.cbegin(), reviews.cend(), isNamed)
        : nullptr;
}

/// B, both spellings.
bool understandHitl(const Json &value, Asked &asked)
{
    const Json::Array &requests = requestsOf(value).items();
    if (requests.isEmpty()
        || !std::all_of(requests.cbegin(), requests.cend(),
                        [](const Json &request) -> bool { return request[u"name"].isString(); })) {
        return false;
    }
    const bool camel = value.contains(u"actionRequests");
    const Json::Array &reviews = oneOf(value, {u"review_configs", u"reviewConfigs"}).items();
    asked.dialect = QLatin1String(camel ? dialect::hitlJs : dialect::hitl);
    asked.rejectCancelsSiblings = camel && requests.size() > 1;
    for (qsizetype i = 0; i < requests.size(); ++i) {
        const Json &request = requests.at(i);
        AskedPart part;
        part.action = request[u"name"].toString();
        part.arguments = argumentsOf(request);
        part.question = request[u"description"].toString();
        part.request = request;
        if (const Json *review = reviewOf(reviews, i, part.action); review != nullptr) {
            part.allowed = allowedDecisions(
                oneOf(*review, {u"allowed_decisions", u"allowedDecisions"}), !camel);
            part.schema = oneOf(
                *review, {u"args_schema", u"argsSchema", u"arguments_schema", u"argumentsSchema"});
            part.question
                = part.question.isEmpty() ? (*review)[u"description"].toString() : part.question;
        } else {
            part.marks.append(tr(
                "The agent did not say which decisions this action takes, so none can be sent."));
        }
        asked.parts.append(part);
    }
    return true;
}

/// The decision types that a response schema names, anywhere in it.
QStringList decisionTypes(const Json &schema)
{
    QStringList types = schema[u"properties"][u"type"][u"enum"].toStrings();
    if (const Json &only = schema[u"properties"][u"type"][u"const"]; only.isString()) {
        types.append(only.toString());
    }
    const auto descend = [&types](const Json &child) -> void {
        types += decisionTypes(child);
    };
    for (const QStringView word : {QStringView(u"anyOf"), QStringView(u"oneOf")}) {
        std::for_each(schema[word].items().cbegin(), schema[word].items().cend(), descend);
    }
    for (const auto &[name, definition] : schema[u"$defs"].members()) {
        descend(definition);
    }
    return types;
}

/// C: one decision object for one call.
bool understandToolApproval(const Json &interrupt, Asked &asked)
{
    const Json &value = interrupt[u"value"];
    if (value[u"type"].toString() != QLatin1String("tool_approval") || !value[u"name"].isString()) {
        return false;
    }
    const QStringList types = decisionTypes(responseSchema(interrupt));
    const Json &listed = oneOf(value, {u"allowed_decisions", u"allowedDecisions"});
    AskedPart part;
    part.action = value[u"name"].toString();
    part.arguments = argumentsOf(value);
    part.schema = oneOf(value, {u"args_schema", u"argsSchema"});
    part.question = value[u"description"].toString();
    part.request = value;
    part.allowed = allowedDecisions(!listed.isNull()       ? listed
                                        : !types.isEmpty() ? Json::fromStrings(types)
                                                           : Json(true),
                                    true);
    asked.dialect = QLatin1String(dialect::toolApproval);
    asked.parts = {part};
    return true;
}

/// E: what an MCP server wants to know, by key.
bool understandMcp(const Json &value, Asked &asked)
{
    if (value[u"type"].toString() != QLatin1String("mcp_input_required")
        || !value[u"requests"].isObject()) {
        return false;
    }
    QStringList messages;
    for (const auto &[key, request] : value[u"requests"].members()) {
        messages.append(request[u"message"].toString());
    }
    asked.dialect = QLatin1String(dialect::mcp);
    asked.parts = {AskedPart{.action = value[u"tool"].toString(),
                             .arguments = value[u"requests"],
                             .schema = {},
                             .question = messages.join(u'\n'),
                             .allowed = DecisionKind::Respond,
                             .request = value,
                             .marks = {}}};
    return true;
}

/// D and F: any JSON value may be the answer.
void understandFree(const Json &interrupt, Asked &asked)
{
    const Json &value = interrupt[u"value"];
    AskedPart part;
    part.allowed = DecisionKind::Respond;
    part.request = value;
    if (value.isObject()) {
        part.arguments = value;
        part.question
            = oneOf(value, {u"question", u"message", u"description", u"prompt", u"title", u"text"})
                  .toString();
    } else {
        part.question = value.isString() ? value.toString() : QString::fromUtf8(toJson(value));
    }
    asked.answerSchema = responseSchema(interrupt);
    asked.dialect = QLatin1String(asked.answerSchema.isNull() ? dialect::free : dialect::schema);
    asked.parts = {part};
}

} // namespace

const Json &oneOf(const Json &object, std::initializer_list<QStringView> keys)
{
    static const Json none;
    const auto *const key
        = std::find_if(keys.begin(), keys.end(),
                       [&object](QStringView name) -> bool { return object.contains(name); });
    return key == keys.end() ? none : object[*key];
}

const Json &responseSchema(const Json &interrupt)
{
    return oneOf(interrupt, {u"response_schema", u"responseSchema"});
}

Asked understand(const Json &interrupt)
{
    Asked asked;
    const Json &value = interrupt[u"value"];
    if (!understandToolApproval(interrupt, asked) && !understandHitl(value, asked)
        && !understandInbox(value, asked) && !understandMcp(value, asked)) {
        understandFree(interrupt, asked);
    }
    return asked;
}

} // namespace countersign::langgraph
