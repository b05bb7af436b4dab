// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/jsonchanges.h"

#include <QHash>

namespace countersign {

namespace {

void compare(const QString &path, const Json &before, const Json &after, QList<JsonChange> &found);

void compareMembers(const QString &path, const Json &before, const Json &after,
                    QList<JsonChange> &found)
{
    QHash<QString, const Json *> now;
    for (const auto &[key, value] : after.members()) {
        now.insert(key, &value);
    }
    for (const auto &[key, value] : before.members()) {
        if (const Json *other = now.take(key)) {
            compare(pointerTo(path, key), value, *other, found);
        } else {
            found.append({pointerTo(path, key), value, std::nullopt});
        }
    }
    for (const auto &[key, value] : after.members()) {
        if (now.contains(key)) {
            found.append({pointerTo(path, key), std::nullopt, value});
        }
    }
}

void compareItems(const QString &path, const Json::Array &before, const Json::Array &after,
                  QList<JsonChange> &found)
{
    const qsizetype least = qMin(before.size(), after.size());
    qsizetype head = 0;
    while (head < least && before.at(head) == after.at(head)) {
        ++head;
    }
    qsizetype tail = 0;
    while (tail < least - head
           && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail)) {
        ++tail;
    }
    const qsizetype beforeEnd = before.size() - tail;
    const qsizetype afterEnd = after.size() - tail;
    for (qsizetype i = head; i < qMax(beforeEnd, afterEnd); ++i) {
        if (i < beforeEnd && i < afterEnd) {
            compare(pointerTo(path, i), before.at(i), after.at(i), found);
        } else if (i < beforeEnd) {
            found.append({pointerTo(path, i), before.at(i), std::nullopt});
        } else {
            found.append({pointerTo(path, i), std::nullopt, after.at(i)});
        }
    }
}

void compare(const QString &path, const Json &before, const Json &after, QList<JsonChange> &found)
{
    if (before.isObject() && after.isObject()) {
        compareMembers(path, before, after, found);
    } else if (before.isArray() && after.isArray()) {
        compareItems(path, before.items(), after.items(), found);
    } else if (before != after) {
        found.append({path, before, after});
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

QStringList pointerTokens(const QString &pointer)
{
    if (!pointer.startsWith(QLatin1Char('/'))) {
        return {};
    }
    QStringList tokens = pointer.mid(1).split(QLatin1Char('/'));
    for (QString &token : tokens) {
        token.replace(QStringLiteral("~1"), QStringLiteral("/"));
        token.replace(QStringLiteral("~0"), QStringLiteral("~"));
    }
    return tokens;
}

QString pointerTo(const QString &base, const QString &token)
{
    QString escaped = token;
    escaped.replace(QStringLiteral("~"), QStringLiteral("~0"));
    escaped.replace(QStringLiteral("/"), QStringLiteral("~1"));
    return base + QLatin1Char('/') + escaped;
}

QString pointerTo(const QString &base, qsizetype index)
{
    return base + QLatin1Char('/') + QString::number(index);
}

bool isWithin(const QString &pointer, const QString &base)
{
    return pointer.startsWith(base)
        && (pointer.size() == base.size() || pointer.at(base.size()) == QLatin1Char('/'));
}

} // namespace countersign
