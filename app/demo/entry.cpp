// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/entry.h"

#include "app/demo/jsonobject.h"
#include "domain/trust.h"

namespace countersign::demo {

namespace {

/// Defined in countersign-1.openapi.yaml, schema Case, member digest.
QString digestOf(const Json &wire)
{
    Json hashed = jsonObject({{"action", wire[u"action"]},
                              {"allowed", wire[u"allowed"]},
                              {"arguments", wire[u"arguments"]},
                              {"question", wire[u"question"]}});
    if (const Json &artifact = wire[u"artifact"]; artifact.isObject()) {
        hashed.set(QStringLiteral("artifact"),
                   jsonObject({{"content", artifact[u"content"]},
                               {"title", artifact[u"title"]},
                               {"type", artifact[u"type"]}}));
    }
    return QString::fromLatin1(sha256(canonicalJson(hashed)).toHex());
}

Json numbers(const QSet<int> &set)
{
    Json list = Json::array();
    for (const int number : set) {
        list.append(Json(number));
    }
    return list;
}

QSet<int> numbersFrom(const Json &list)
{
    QSet<int> set;
    for (const Json &number : list.items()) {
        set.insert(int(number.toInteger()));
    }
    return set;
}

} // namespace

int Entry::parts() const
{
    return wire.contains(u"parts") ? int(wire[u"parts"].items().size()) : 1;
}

Json Entry::partOf(int part) const
{
    Json alone = wire;
    if (wire.contains(u"parts")) {
        alone.remove(u"parts");
        for (const auto &[key, value] : wire[u"parts"].items().at(part - 1).members()) {
            alone.set(key, value);
        }
    }
    return alone;
}

Json Entry::scriptOf(int part) const
{
    return wire.contains(u"parts") ? draft.script[u"parts"].items().at(part - 1) : draft.script;
}

Json Entry::receipt() const
{
    return wire.contains(u"parts") ? jsonObject({{"case", wire[u"id"]}, {"parts", receipts}})
                                   : receipts.items().value(0);
}

void Entry::refresh()
{
    if (!wire.contains(u"parts")) {
        wire.set(QStringLiteral("digest"), Json(digestOf(wire)));
        return;
    }
    Json list = Json::array();
    for (int part = 1; part <= parts(); ++part) {
        Json one = wire[u"parts"].items().at(part - 1);
        one.set(QStringLiteral("digest"), Json(digestOf(partOf(part))));
        list.append(one);
    }
    wire.set(QStringLiteral("parts"), list);
}

Json Entry::toJson() const
{
    Json json = jsonObject({{"content", draft.content},
                            {"script", draft.script},
                            {"vars", draft.vars},
                            {"right", Json(draft.right)},
                            {"created_ms", Json(draft.createdMs)},
                            {"wire", wire},
                            {"body", Json(QString::fromUtf8(body))},
                            {"decisions", decisions},
                            {"receipts", receipts},
                            {"told", numbers(told)},
                            {"asked_again", numbers(askedAgain)}});
    if (draft.dueMs) {
        json.set(QStringLiteral("due_ms"), Json(*draft.dueMs));
    }
    return json;
}

Entry Entry::fromJson(const Json &json)
{
    Entry entry;
    entry.draft = {.content = json[u"content"],
                   .script = json[u"script"],
                   .vars = json[u"vars"],
                   .right = json[u"right"].toBool(),
                   .createdMs = json[u"created_ms"].toInteger()};
    if (json.contains(u"due_ms")) {
        entry.draft.dueMs = json[u"due_ms"].toInteger();
    }
    entry.wire = json[u"wire"];
    entry.body = json[u"body"].toString().toUtf8();
    entry.decisions = json[u"decisions"];
    entry.receipts = json[u"receipts"];
    entry.told = numbersFrom(json[u"told"]);
    entry.askedAgain = numbersFrom(json[u"asked_again"]);
    return entry;
}

} // namespace countersign::demo
