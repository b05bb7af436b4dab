// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreader.h"

namespace countersign {

namespace {

constexpr int mostConditions = 100;

/// The steps of a pointer, or nothing where it is none.
std::optional<QStringList> steps(const QString &pointer)
{
    if (!pointer.startsWith(QLatin1Char('/'))) {
        return std::nullopt;
    }
    QStringList path = pointer.mid(1).split(QLatin1Char('/'));
    for (QString &step : path) {
        for (qsizetype i = step.indexOf(QLatin1Char('~')); i >= 0;
             i = step.indexOf(QLatin1Char('~'), i + 1)) {
            if (i + 1 >= step.size() || (step[i + 1] != u'0' && step[i + 1] != u'1')) {
                return std::nullopt;
            }
        }
        step.replace(QLatin1String("~1"), QLatin1String("/"))
            .replace(QLatin1String("~0"), QLatin1String("~"));
    }
    return path;
}

bool isOrdering(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Less:
    case Comparison::AtMost:
    case Comparison::Greater:
    case Comparison::AtLeast:
    case Comparison::Between:
        return true;
    default:
        return false;
    }
}

void readValues(PolicyObjectReader &object, PolicyCondition &condition)
{
    const QLatin1String key("value");
    const Json *value = object.take(key);
    const Comparison how = condition.comparison;
    if (how == Comparison::Missing || how == Comparison::Present) {
        if (value) {
            object.fault(key, trPolicy("This comparison takes no value."));
        }
        return;
    }
    const bool list
        = how == Comparison::In || how == Comparison::NotIn || how == Comparison::Between;
    const bool fits = value && value->isArray() == list && (!list || !value->items().isEmpty())
        && (how != Comparison::Between || value->items().size() == 2);
    if (!fits) {
        object.fault(key,
                     how == Comparison::Between ? trPolicy("A list of two numbers is wanted here.")
                         : list                 ? trPolicy("A list of values is wanted here.")
                                                : trPolicy("One value is wanted here."));
        return;
    }
    condition.values = list ? value->items() : QList<Json>{*value};
    for (const Json &item : std::as_const(condition.values)) {
        const auto number = item.isNumber() ? Decimal::parse(item.numberText()) : std::nullopt;
        if (number) {
            condition.numbers.append(*number);
        }
        if (isOrdering(how) && !number) {
            object.fault(key, trPolicy("Only numbers can be put in order."));
            return;
        }
        if (how == Comparison::Matches && !item.isString()) {
            object.fault(key, trPolicy("A text with * and ? is wanted here."));
            return;
        }
        if (item.isObject() || item.isArray()) {
            object.fault(key, trPolicy("A text, a number, true, false or null is wanted here."));
            return;
        }
    }
    if (how == Comparison::Between && condition.numbers[0] > condition.numbers[1]) {
        object.fault(key, trPolicy("The first number is above the second."));
    }
}

PolicyCondition readCondition(const Json &json, const QString &path, QList<PolicyFault> &faults)
{
    PolicyCondition condition;
    PolicyObjectReader object(json, path, faults);
    const QLatin1String fieldKey("field");
    const auto field = object.text(fieldKey);
    const auto pointer = field ? steps(*field) : std::nullopt;
    const bool known = pointer
        && ((pointer->first() == u"arguments" && pointer->size() > 1)
            || policyFields().contains(*field));
    if (field && !known) {
        object.fault(fieldKey,
                     trPolicy("“%1” names no field. Use /arguments/… or one of: %2.")
                         .arg(*field, policyFields().join(QLatin1String(", "))));
    } else if (!field && !json.contains(u"field")) {
        object.fault(fieldKey, trPolicy("Say which field to look at."));
    }
    condition.field = field.value_or(QString());
    condition.path = pointer.value_or(QStringList());
    condition.place = int(policyFields().indexOf(condition.field));
    const QLatin1String isKey("is");
    const auto comparison = object.word(
        isKey,
        QList{Comparison::Equal, Comparison::NotEqual, Comparison::Less, Comparison::AtMost,
              Comparison::Greater, Comparison::AtLeast, Comparison::In, Comparison::NotIn,
              Comparison::Between, Comparison::Missing, Comparison::Present, Comparison::Matches});
    if (comparison) {
        condition.comparison = *comparison;
        readValues(object, condition);
    } else {
        object.take(QLatin1String("value"));
        if (!json.contains(u"is")) {
            object.fault(isKey, trPolicy("Say how to compare."));
        }
    }
    condition.then = object
                         .word(QLatin1String("then"),
                               QList{Disposition::Review, Disposition::Approve,
                                     Disposition::Escalate, Disposition::Block})
                         .value_or(Disposition::Approve);
    condition.reason = object.text(QLatin1String("reason")).value_or(QString());
    condition.queue = object.text(QLatin1String("queue"), 60).value_or(QString());
    if (condition.then == Disposition::Escalate && condition.queue.isEmpty()) {
        object.fault(QLatin1String("queue"), trPolicy("Say to which queue it is escalated."));
    }
    object.refuseUnknownMembers();
    return condition;
}

} // namespace

QStringList policyFields()
{
    return {QStringLiteral("/endpoint"),       QStringLiteral("/agent"),
            QStringLiteral("/action"),         QStringLiteral("/case_type"),
            QStringLiteral("/confidence"),     QStringLiteral("/amount"),
            QStringLiteral("/currency"),       QStringLiteral("/people"),
            QStringLiteral("/risk"),           QStringLiteral("/reversibility"),
            QStringLiteral("/recommendation"), QStringLiteral("/question"),
            QStringLiteral("/uncertainty"),    QStringLiteral("/parts"),
            QStringLiteral("/reasoning"),      QStringLiteral("/impact"),
            QStringLiteral("/evidence"),       QStringLiteral("/dialect")};
}

QList<PolicyCondition> readConditions(const Json &list, const QString &path,
                                      QList<PolicyFault> &faults)
{
    QList<PolicyCondition> conditions;
    if (!list.isArray() || list.items().size() > mostConditions) {
        faults.append(
            {path,
             trPolicy("A list of at most %1 conditions is wanted here.").arg(mostConditions)});
        return conditions;
    }
    for (int i = 0; i < list.items().size(); ++i) {
        conditions.append(
            readCondition(list.items()[i], path + QStringLiteral("/%1").arg(i), faults));
    }
    return conditions;
}

} // namespace countersign
