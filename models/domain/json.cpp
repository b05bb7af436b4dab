// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

const Json nullJson;

} // namespace

Json::Json(bool value) : m_value(value) { }

Json::Json(const QString &value) : m_value(value) { }

Json::Json(qint64 value) : m_value(Number{QByteArray::number(value)}) { }

Json::Json(int value) : Json(qint64(value)) { }

Json::Json(const Array &value) : m_value(value) { }

Json Json::object(Object members)
{
    Json json;
    json.m_value = std::move(members);
    return json;
}

Json Json::array(Array items)
{
    Json json;
    json.m_value = std::move(items);
    return json;
}

Json Json::fromStrings(const QStringList &items)
{
    Array array;
    array.reserve(items.size());
    for (const QString &item : items) {
        array.append(Json(item));
    }
    return Json::array(std::move(array));
}

Json Json::number(QByteArray written)
{
    Q_ASSERT(isJsonNumber(written));
    Json json;
    json.m_value = Number{std::move(written)};
    return json;
}

Json::Type Json::type() const
{
    return Type(m_value.index());
}

bool Json::toBool() const
{
    const bool *value = std::get_if<bool>(&m_value);
    return value != nullptr && *value;
}

QString Json::toString() const
{
    const QString *value = std::get_if<QString>(&m_value);
    return value != nullptr ? *value : QString();
}

QByteArray Json::numberText() const
{
    const Number *value = std::get_if<Number>(&m_value);
    return value != nullptr ? value->written : QByteArray();
}

double Json::toDouble(bool *ok) const
{
    bool converted = false;
    const double value = numberText().toDouble(&converted);
    converted = converted && std::isfinite(value);
    if (ok != nullptr) {
        *ok = converted;
    }
    return converted ? value : 0.0;
}

qint64 Json::toInteger(qint64 fallback) const
{
    bool ok = false;
    const qint64 value = numberText().toLongLong(&ok);
    return ok ? value : fallback;
}

const Json::Array &Json::items() const
{
    static const Array none;
    const Array *value = std::get_if<Array>(&m_value);
    return value != nullptr ? *value : none;
}

const Json::Object &Json::members() const
{
    static const Object none;
    const Object *value = std::get_if<Object>(&m_value);
    return value != nullptr ? *value : none;
}

QStringList Json::toStrings() const
{
    QStringList strings;
    for (const Json &item : items()) {
        if (item.isString()) {
            strings.append(item.toString());
        }
    }
    return strings;
}

const Json &Json::operator[](QStringView key) const
{
    for (const auto &[name, member] : members()) {
        if (name == key) {
            return member;
        }
    }
    return nullJson;
}

bool Json::contains(QStringView key) const
{
    return std::any_of(members().begin(), members().end(),
                       [&](const Member &member) -> bool { return member.first == key; });
}

void Json::set(const QString &key, const Json &value)
{
    if (!isObject()) {
        m_value = Object();
    }
    Object &object = std::get<Object>(m_value);
    for (auto &[name, member] : object) {
        if (name == key) {
            member = value;
            return;
        }
    }
    object.append({key, value});
}

void Json::remove(QStringView key)
{
    if (Object *object = std::get_if<Object>(&m_value)) {
        object->removeIf([&](const Member &member) -> bool { return member.first == key; });
    }
}

void Json::append(const Json &item)
{
    if (!isArray()) {
        m_value = Array();
    }
    std::get<Array>(m_value).append(item);
}

const Json *Json::at(const QString &pointer) const
{
    if (pointer.isEmpty()) {
        return this;
    }
    if (!pointer.startsWith(QLatin1Char('/'))) {
        return nullptr;
    }
    const Json *value = this;
    const QStringList tokens = pointer.mid(1).split(QLatin1Char('/'));
    for (QString token : tokens) {
        token.replace(QStringLiteral("~1"), QStringLiteral("/"));
        token.replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (value->isObject()) {
            if (!value->contains(token)) {
                return nullptr;
            }
            value = &(*value)[token];
        } else if (value->isArray()) {
            bool ok = false;
            const qsizetype index = token.toInt(&ok);
            if (!ok || QString::number(index) != token || index >= value->items().size()) {
                return nullptr;
            }
            value = &value->items().at(index);
        } else {
            return nullptr;
        }
    }
    return value;
}

bool operator==(const Json &a, const Json &b)
{
    return a.m_value == b.m_value;
}

} // namespace countersign
