// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/catalog.h"

#include "domain/clock.h"

#include <QDir>
#include <QFile>

namespace countersign::demo {

namespace {

/// "-12m", "+3h", "+2d" as milliseconds, each a little off, so that no two cases are due at once.
qint64 offsetMs(const QString &text, Dice &dice)
{
    static const QMap<QChar, qint64> units{{u'm', 60'000}, {u'h', 3'600'000}, {u'd', 86'400'000}};
    if (text.size() < 2) {
        return 0;
    }
    const qint64 span = QStringView(text).chopped(1).toLongLong() * units.value(text.back(), 1000);
    return span + span / 100 * dice.between(-15, 15);
}

Result<Json> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Unreadable, path + QLatin1String(": ") + file.errorString());
    }
    auto json = parseJson(file.readAll());
    if (!json) {
        return fail(ErrorCode::Unreadable, path + QLatin1String(": ") + json.error().text);
    }
    return json;
}

/// Members that are the same for a whole file may stand once, beside its scenarios.
Json withDefaults(const Json &kind, const Json &scenario)
{
    Json whole = scenario;
    for (const auto &[key, value] : kind.members()) {
        if (key != u"scenarios" && key != u"kind" && !scenario.contains(key)) {
            whole.set(key, value);
        }
    }
    return whole;
}

/// What goes on the wire, and what the agent keeps to itself.
std::pair<Json, Json> split(const Json &scenario, const Json &vars)
{
    Json content = Json::object();
    Json script = Json::object();
    for (const auto &[key, value] : scenario.members()) {
        if (key == u"effects" || key == u"outcomes" || key == u"revision" || key == u"right") {
            script.set(key, value);
        } else if (key == u"arguments_schema") {
            content.set(key, value);
        } else if (key == u"parts") {
            Json contents = Json::array();
            Json scripts = Json::array();
            for (const Json &part : value.items()) {
                const auto [own, ownScript] = split(part, vars);
                contents.append(own);
                scripts.append(ownScript);
            }
            content.set(key, contents);
            script.set(key, scripts);
        } else if (key != u"vars" && key != u"created" && key != u"due") {
            content.set(key, fill(value, vars));
        }
    }
    return {content, script};
}

/// A confidence is kept if the agent is right as often as it says.
bool rollTruth(const Json &scenario, Dice &dice)
{
    const qint64 roll = dice.below(1000);
    if (scenario[u"right"].isBool()) {
        return scenario[u"right"].toBool();
    }
    const Json &confidence = scenario[u"confidence"];
    return double(roll) < 1000 * (confidence.isNumber() ? confidence.toDouble() : 0.6);
}

} // namespace

Result<Catalog> Catalog::load(const QString &folder, quint64 seed)
{
    Catalog catalog(seed);
    const QDir dir(folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        auto json = readFile(dir.filePath(name));
        if (!json) {
            return tl::unexpected(json.error());
        }
        if (name == u"pools.json") {
            catalog.m_pools = *json;
            continue;
        }
        json->set(QStringLiteral("kind"), Json(name.chopped(5)));
        catalog.m_kinds.append(*json);
        catalog.m_decks.append(QList<int>());
    }
    if (catalog.m_kinds.isEmpty()) {
        return fail(ErrorCode::Unreadable, folder + QLatin1String(": no cases in there"));
    }
    return catalog;
}

Draft Catalog::deal(qint64 nowMs)
{
    if (m_round.isEmpty()) {
        for (qsizetype i = 0; i < m_kinds.size(); ++i) {
            m_round.append(i);
        }
        m_dice.shuffle(m_round);
    }
    return draft(m_round.takeFirst(), nowMs);
}

Draft Catalog::deal(const QString &kind, qint64 nowMs)
{
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        if (m_kinds.at(i)[u"kind"].toString() == kind) {
            return draft(i, nowMs);
        }
    }
    return deal(nowMs);
}

Draft Catalog::draft(qsizetype kind, qint64 nowMs)
{
    const Json::Array &scenarios = m_kinds.at(kind)[u"scenarios"].items();
    QList<int> &deck = m_decks[kind];
    if (deck.isEmpty()) {
        for (int i = 0; i < scenarios.size(); ++i) {
            deck.append(i);
        }
        m_dice.shuffle(deck);
    }
    const Json scenario = withDefaults(m_kinds.at(kind), scenarios.at(deck.takeFirst()));

    Draft draft;
    draft.vars = rollVars(scenario[u"vars"], m_pools, m_dice, nowMs);
    draft.right = rollTruth(scenario, m_dice);
    draft.createdMs = nowMs + offsetMs(scenario[u"created"].toString(), m_dice);
    if (scenario[u"due"].isString()) {
        draft.dueMs = nowMs + offsetMs(scenario[u"due"].toString(), m_dice);
    }
    std::tie(draft.content, draft.script) = split(scenario, draft.vars);
    draft.content.set(QStringLiteral("created_at"), Json(isoTime(draft.createdMs)));
    if (draft.dueMs) {
        draft.content.set(QStringLiteral("due"), Json(isoTime(*draft.dueMs)));
    }
    return draft;
}

} // namespace countersign::demo
