// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/jsonchanges.h"

namespace countersign {

namespace {

void compare(const QString &path, const Json &before, const Json &after, QList<JsonChange> &found)
{
    if (before == after) {
        return;
    }
    if (!before.isObject() || !after.isObject()) {
        found.append({path, before, after});
        return;
    }
    const auto inner = [&path](const QString &key) -> QString {
        return path.isEmpty() ? key : path + QLatin1Char('.') + key;
    };
    for (const auto &[key, value] : before.members()) {
        if (after.contains(key)) {
            compare(inner(key), value, after[key], found);
        } else {
            found.append({inner(key), value, std::nullopt});
        }
    }
    for (const auto &[key, value] : after.members()) {
        if (!before.contains(key)) {
            found.append({inner(key), std::nullopt, value});
        }
    }
}

} // namespace

QList<JsonChange> jsonChanges(const Json &before, const Json &after)
{
    QList<JsonChange> found;
    compare({}, before, after, found);
    return found;
}

QString jsonText(const Json &value)
{
    return value.isString() ? value.toString() : QString::fromUtf8(toJson(value));
}

} // namespace countersign
