// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/template.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

namespace countersign::demo {

namespace {

Json amount(qint64 cents)
{
    return Json::number(QByteArray::number(cents / 100) + '.'
                        + QByteArray::number(cents % 100).rightJustified(2, '0'));
}

qint64 toCents(const QString &text)
{
    const QStringList parts = text.split(u'.');
    return parts.first().toLongLong() * 100
        + parts.value(1).leftJustified(2, u'0').left(2).toLongLong();
}

QString asText(const Json &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberText()) : value.toString();
}

const Json *lookUp(const Json &vars, QStringView path)
{
    return vars.at(u'/' + path.toString().replace(u'.', u'/'));
}

QString thousands(const QString &number)
{
    QString text = number;
    const qsizetype point = text.indexOf(u'.');
    for (qsizetype at = (point < 0 ? text.size() : point) - 3; at > 0; at -= 3) {
        text.insert(at, u',');
    }
    return text;
}

QString characters(const QString &alphabet, int count, Dice &dice)
{
    QString text;
    for (int i = 0; i < count; ++i) {
        // No leading zero, so that it reads as a number wherever it lands.
        text += alphabet.at(i == 0 ? 1 + dice.below(alphabet.size() - 1)
                                   : dice.below(alphabet.size()));
    }
    return text;
}

Json rollDate(const QString &verb, int days, qint64 nowMs)
{
    const QDate date = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).date().addDays(days);
    return verb == u"date" ? Json(date.toString(Qt::ISODate))
                           : Json(QLocale::c().dayName(date.dayOfWeek()));
}

Json rollMoney(qint64 low, qint64 high, Dice &dice)
{
    static constexpr int endings[] = {0, 0, 0, 50, 90, 95, 99, 40};
    return amount(dice.between(low, high) * 100 + endings[dice.below(std::size(endings))]);
}

Json rollWord(const QString &spec, const Json &vars, const Json &pools, Dice &dice, qint64 nowMs)
{
    const QStringList words = spec.split(u':');
    const QString verb = words.first();
    const auto number = [&words](int i) {
        return words.value(i).toLongLong();
    };
    const auto cents = [&words, &vars](int i) {
        const Json *value = lookUp(vars, words.value(i));
        return toCents(value ? asText(*value) : words.value(i));
    };
    if (verb == u"pool") {
        const Json::Array &pool = pools[words.value(1)].items();
        return pool.isEmpty() ? Json() : pool.at(dice.below(pool.size()));
    }
    if (verb == u"digits") {
        return Json(characters(QStringLiteral("0123456789"), int(number(1)), dice));
    }
    if (verb == u"hex") {
        return Json(characters(QStringLiteral("0123456789abcdef"), int(number(1)), dice));
    }
    if (verb == u"int") {
        return Json(dice.between(number(1), number(2)));
    }
    if (verb == u"money") {
        return rollMoney(number(1), number(2), dice);
    }
    if (verb == u"plus") {
        return amount(cents(1) + cents(2));
    }
    if (verb == u"minus") {
        return amount(qAbs(cents(1) - cents(2)));
    }
    if (verb == u"percent") {
        return amount(cents(1) * number(2) / 100);
    }
    if (verb == u"date" || verb == u"day") {
        return rollDate(verb, int(number(1)), nowMs);
    }
    return Json(spec);
}

} // namespace

qint64 Dice::below(qint64 count)
{
    return count > 0 ? qint64(m_engine() % quint64(count)) : 0;
}

qint64 Dice::between(qint64 low, qint64 high)
{
    return low + below(high - low + 1);
}

Json rollVars(const Json &vars, const Json &pools, Dice &dice, qint64 nowMs)
{
    Json rolled = Json::object();
    for (const auto &[name, spec] : vars.members()) {
        if (spec.isArray()) {
            rolled.set(name, spec.items().value(dice.below(spec.items().size())));
        } else if (spec.isString()) {
            rolled.set(name, rollWord(spec.toString(), rolled, pools, dice, nowMs));
        } else {
            rolled.set(name, spec);
        }
    }
    return rolled;
}

QString fillText(const QString &text, const Json &vars)
{
    static const QRegularExpression placeholder(QStringLiteral(R"(\{([a-z_][a-z0-9_.]*)(\|n)?\})"));
    QString filled;
    qsizetype end = 0;
    auto matches = placeholder.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const Json *value = lookUp(vars, match.capturedView(1));
        filled += QStringView(text).mid(end, match.capturedStart() - end);
        if (!value) {
            filled += match.capturedView();
        } else {
            filled += match.hasCaptured(2) ? thousands(asText(*value)) : asText(*value);
        }
        end = match.capturedEnd();
    }
    return filled + QStringView(text).mid(end).toString();
}

Json fill(const Json &value, const Json &vars)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (text.startsWith(u"{=") && text.endsWith(u'}')) {
            const Json *found = lookUp(vars, QStringView(text).mid(2).chopped(1));
            return found ? *found : value;
        }
        return Json(fillText(text, vars));
    }
    Json filled = value;
    if (value.isArray()) {
        filled = Json::array();
        for (const Json &item : value.items()) {
            filled.append(fill(item, vars));
        }
    } else if (value.isObject()) {
        filled = Json::object();
        for (const auto &[key, member] : value.members()) {
            filled.set(key, fill(member, vars));
        }
    }
    return filled;
}

} // namespace countersign::demo
