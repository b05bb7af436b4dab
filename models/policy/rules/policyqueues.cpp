// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreader.h"

namespace countersign {

namespace {

constexpr int mostQueues = 200;
constexpr int mostPeople = 100;
constexpr qsizetype longestQueueName = 60;

QStringList readPeople(PolicyObjectReader &queue)
{
    const QLatin1String key("people");
    const Json *given = queue.take(key);
    if (!given) {
        return {};
    }
    if (!given->isArray() || given->items().size() > mostPeople) {
        queue.fault(key, trPolicy("A list of at most %1 names is wanted here.").arg(mostPeople));
        return {};
    }
    QStringList people;
    for (int i = 0; i < given->items().size(); ++i) {
        const QString name = given->items()[i].toString().trimmed();
        const QString path = queue.pathOf(u"people") + QStringLiteral("/%1").arg(i);
        if (name.isEmpty() || name.size() > 80) {
            queue.faults().append({path, trPolicy("The name of a person is wanted here.")});
        } else if (people.contains(name)) {
            queue.faults().append({path, trPolicy("“%1” is named already.").arg(name)});
        } else {
            people.append(name);
        }
    }
    return people;
}

} // namespace

QList<PolicyQueue> readQueues(PolicyObjectReader &object)
{
    const QLatin1String key("queues");
    const Json *given = object.take(key);
    if (!given) {
        return {};
    }
    if (!given->isArray() || given->items().size() > mostQueues) {
        object.fault(key, trPolicy("A list of at most %1 queues is wanted here.").arg(mostQueues));
        return {};
    }
    QList<PolicyQueue> queues;
    QSet<QString> names;
    for (int i = 0; i < given->items().size(); ++i) {
        const Json &item = given->items()[i];
        PolicyObjectReader reader(item, object.pathOf(u"queues") + QStringLiteral("/%1").arg(i),
                                  object.faults());
        PolicyQueue queue;
        const QLatin1String nameKey("name");
        queue.name = reader.text(nameKey, longestQueueName).value_or(QString());
        if (item.isObject() && !item.contains(u"name")) {
            reader.fault(nameKey, trPolicy("Every queue needs a name."));
        } else if (names.contains(queue.name)) {
            reader.fault(nameKey,
                         trPolicy("“%1” is the name of an earlier queue already.").arg(queue.name));
        }
        names.insert(queue.name);
        queue.people = readPeople(reader);
        queue.due = readDue(reader);
        reader.refuseUnknownMembers();
        queues.append(queue);
    }
    return queues;
}

} // namespace countersign
