// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policydiff.h"

namespace countersign {

namespace {

bool same(const Json &a, const Json &b)
{
    return canonicalJson(a) == canonicalJson(b);
}

/// Members of two objects that differ, the newer's order first.
void compareMembers(const QString &rule, const Json &before, const Json &after,
                    const QStringList &leftOut, QList<PolicyChange> &changes)
{
    const auto optional = [](const Json &object, const QString &key) -> std::optional<Json> {
        return object.contains(key) ? std::optional<Json>(object[key]) : std::nullopt;
    };
    QStringList keys;
    for (const Json &side : {after, before}) {
        for (const auto &[key, value] : side.members()) {
            if (!keys.contains(key) && !leftOut.contains(key)) {
                keys.append(key);
            }
        }
    }
    for (const QString &key : std::as_const(keys)) {
        const auto old = optional(before, key);
        const auto now = optional(after, key);
        if (old.has_value() != now.has_value() || (old && !same(*old, *now))) {
            changes.append({rule, key, old, now});
        }
    }
}

QMap<QString, Json> rulesById(const Json &document)
{
    QMap<QString, Json> rules;
    for (const Json &rule : document[u"rules"].items()) {
        rules.insert(rule[u"id"].toString(), rule);
    }
    return rules;
}

} // namespace

QList<PolicyChange> policyDiff(const Json &before, const Json &after)
{
    QList<PolicyChange> changes;
    compareMembers({}, before, after, {QStringLiteral("rules"), QStringLiteral("defaults")},
                   changes);
    compareMembers({}, before[u"defaults"], after[u"defaults"], {}, changes);
    const QMap<QString, Json> old = rulesById(before);
    const QMap<QString, Json> now = rulesById(after);
    for (const Json &rule : after[u"rules"].items()) {
        const QString id = rule[u"id"].toString();
        const auto known = old.constFind(id);
        if (known == old.cend()) {
            changes.append({id, {}, std::nullopt, rule});
        } else {
            compareMembers(id, *known, rule, {QStringLiteral("id")}, changes);
        }
    }
    for (auto it = old.cbegin(); it != old.cend(); ++it) {
        if (!now.contains(it.key())) {
            changes.append({it.key(), {}, *it, std::nullopt});
        }
    }
    return changes;
}

} // namespace countersign
