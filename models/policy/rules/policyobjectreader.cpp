// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreader.h"

#include <QCoreApplication>

#include <limits>

namespace countersign {

namespace {

QString escaped(QStringView key)
{
    QString step = key.toString();
    return step.replace(QLatin1Char('~'), QLatin1String("~0"))
        .replace(QLatin1Char('/'), QLatin1String("~1"));
}

} // namespace

QString trPolicy(const char *text)
{
    return QCoreApplication::translate("Policy", text);
}

PolicyObjectReader::PolicyObjectReader(const Json &object, QString path, QList<PolicyFault> &faults)
    : m_object(object),
      m_path(std::move(path)),
      m_faults(faults)
{
    if (!object.isObject()) {
        m_faults.append({m_path, trPolicy("An object is wanted here.")});
    }
}

QString PolicyObjectReader::pathOf(QStringView key) const
{
    return m_path + QLatin1Char('/') + escaped(key);
}

const Json *PolicyObjectReader::take(QLatin1String key)
{
    const QString name = key;
    m_known.append(name);
    return m_object.contains(name) ? &m_object[name] : nullptr;
}

void PolicyObjectReader::fault(QLatin1String key, const QString &sentence)
{
    m_faults.append({pathOf(QString(key)), sentence});
}

void PolicyObjectReader::notOneOf(QLatin1String key, const QString &given,
                                  const QStringList &offered)
{
    fault(key,
          trPolicy("“%1” is not known here. Use one of: %2.")
              .arg(given, offered.join(QLatin1String(", "))));
}

std::optional<QString> PolicyObjectReader::text(QLatin1String key, qsizetype longest)
{
    const Json *value = take(key);
    if (!value) {
        return std::nullopt;
    }
    if (!value->isString() || value->toString().trimmed().isEmpty()) {
        fault(key, trPolicy("A text that is not empty is wanted here."));
        return std::nullopt;
    }
    if (value->toString().size() > longest) {
        fault(key, trPolicy("This text is longer than %1 characters.").arg(longest));
        return std::nullopt;
    }
    return value->toString();
}

std::optional<bool> PolicyObjectReader::flag(QLatin1String key)
{
    const Json *value = take(key);
    if (value && !value->isBool()) {
        fault(key, trPolicy("true or false is wanted here."));
        return std::nullopt;
    }
    return value ? std::optional<bool>(value->toBool()) : std::nullopt;
}

std::optional<qint64> PolicyObjectReader::integer(QLatin1String key, qint64 least, qint64 most)
{
    const Json *value = take(key);
    if (!value) {
        return std::nullopt;
    }
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 number = value->isNumber() ? value->toInteger(none) : none;
    if (number < least || number > most) {
        fault(key, trPolicy("A whole number from %1 to %2 is wanted here.").arg(least).arg(most));
        return std::nullopt;
    }
    return number;
}

std::optional<Decimal> PolicyObjectReader::decimal(QLatin1String key, int least, int most)
{
    const Json *value = take(key);
    if (!value) {
        return std::nullopt;
    }
    const auto number = value->isNumber() ? Decimal::parse(value->numberText()) : std::nullopt;
    if (!number || *number < *Decimal::parse(QByteArray::number(least))
        || *number > *Decimal::parse(QByteArray::number(most))) {
        fault(key, trPolicy("A number from %1 to %2 is wanted here.").arg(least).arg(most));
        return std::nullopt;
    }
    return number;
}

std::optional<QString> PolicyObjectReader::oneOf(QLatin1String key, const QStringList &offered)
{
    const auto given = text(key);
    if (given && !offered.contains(*given)) {
        notOneOf(key, *given, offered);
        return std::nullopt;
    }
    return given;
}

void PolicyObjectReader::refuseUnknownMembers()
{
    for (const auto &[key, value] : m_object.members()) {
        if (!m_known.contains(key)) {
            m_faults.append({pathOf(key),
                             trPolicy("“%1” is not known here. Known are: %2.")
                                 .arg(key.left(60), m_known.join(QLatin1String(", ")))});
        }
    }
}

} // namespace countersign
