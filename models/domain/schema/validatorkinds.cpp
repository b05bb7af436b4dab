// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/formats.h"
#include "domain/schema/numbers.h"
#include "domain/schema/validator.h"
#include "domain/translate.h"

#include <QSet>

#include <algorithm>

// What a schema says of values of one type each.

namespace countersign {

namespace {

constexpr qsizetype manyProperties = 16;

qint64 lengthOf(const QString &text)
{
    qint64 length = text.size();
    for (const QChar c : text) {
        length -= c.isLowSurrogate() ? 1 : 0;
    }
    return length;
}

} // namespace

bool SchemaValidator::numbers(const Json &schema, const Json &value, int /*depth*/)
{
    if (!value.isNumber()) {
        return true;
    }
    const auto against = [&](QStringView word) -> std::optional<std::strong_ordering> {
        return schema[word].isNumber()
            ? std::optional(jsonnumber::compare(value.numberText(), schema[word].numberText()))
            : std::nullopt;
    };
    const auto text = [&schema](QStringView word) -> QString {
        return QString::fromUtf8(schema[word].numberText().left(80));
    };
    // Draft 4 wrote exclusiveMinimum as a flag beside minimum.
    const auto least = against(u"minimum");
    if (least && (*least < 0 || (schema[u"exclusiveMinimum"].toBool() && *least == 0))) {
        return fault(tr("must be at least %1.").arg(text(u"minimum")));
    }
    const auto most = against(u"maximum");
    if (most && (*most > 0 || (schema[u"exclusiveMaximum"].toBool() && *most == 0))) {
        return fault(tr("must be at most %1.").arg(text(u"maximum")));
    }
    if (const auto below = against(u"exclusiveMinimum"); below && *below <= 0) {
        return fault(tr("must be more than %1.").arg(text(u"exclusiveMinimum")));
    }
    if (const auto above = against(u"exclusiveMaximum"); above && *above >= 0) {
        return fault(tr("must be less than %1.").arg(text(u"exclusiveMaximum")));
    }
    if (schema[u"multipleOf"].isNumber()) {
        const auto multiple
            = jsonnumber::isMultiple(value.numberText(), schema[u"multipleOf"].numberText());
        if (!multiple) {
            return broken(tr("multipleOf must be a number above 0."));
        }
        return *multiple || fault(tr("must be a multiple of %1.").arg(text(u"multipleOf")));
    }
    return true;
}

std::optional<bool> SchemaValidator::fits(const QString &pattern, const QString &text)
{
    if (!m_options.patterns) {
        return true;
    }
    auto known = m_patterns.constFind(pattern);
    if (known == m_patterns.cend()) {
        known = m_patterns.insert(
            pattern, QRegularExpression(pattern, QRegularExpression::UseUnicodePropertiesOption));
    }
    if (!known->isValid()) {
        broken(tr("the pattern “%1” cannot be used.").arg(pattern.left(80)));
        return std::nullopt;
    }
    const QRegularExpressionMatch match = known->match(text);
    if (!match.isValid()) {
        broken(tr("the pattern “%1” takes too long.").arg(pattern.left(80)));
        return std::nullopt;
    }
    return match.hasMatch();
}

bool SchemaValidator::strings(const Json &schema, const Json &value, int /*depth*/)
{
    if (!value.isString()) {
        return true;
    }
    const QString text = value.toString();
    const qint64 length
        = schema.contains(u"minLength") || schema.contains(u"maxLength") ? lengthOf(text) : 0;
    if (length < schema[u"minLength"].toInteger(0)) {
        return fault(tr("must have at least %1 characters.").arg(schema[u"minLength"].toInteger()));
    }
    if (length > schema[u"maxLength"].toInteger(length)) {
        return fault(tr("must have at most %1 characters.").arg(schema[u"maxLength"].toInteger()));
    }
    if (schema[u"pattern"].isString()) {
        const QString pattern = schema[u"pattern"].toString();
        const std::optional<bool> match = fits(pattern, text);
        if (!match || !*match) {
            return match ? fault(tr("must match the pattern %1.").arg(pattern.left(80))) : false;
        }
    }
    if (m_options.formats && m_quiet == 0 && schema[u"format"].isString()) {
        if (const QString wrong = formatFault(schema[u"format"].toString(), text);
            !wrong.isEmpty()) {
            return fault(wrong, true);
        }
    }
    return true;
}

bool SchemaValidator::arrays(const Json &schema, const Json &value, int depth)
{
    if (!value.isArray()) {
        return true;
    }
    const Json::Array &items = value.items();
    if (items.size() < schema[u"minItems"].toInteger(0)) {
        return fault(tr("must have at least %1 items.").arg(schema[u"minItems"].toInteger()));
    }
    if (items.size() > schema[u"maxItems"].toInteger(items.size())) {
        return fault(tr("must have at most %1 items.").arg(schema[u"maxItems"].toInteger()));
    }
    const bool oldTuple = schema[u"items"].isArray();
    const Json::Array &tuple = oldTuple ? schema[u"items"].items() : schema[u"prefixItems"].items();
    const QStringView restWord = oldTuple ? u"additionalItems" : u"items";
    bool met = true;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const bool inTuple = i < tuple.size();
        if (!inTuple && !schema.contains(restWord)) {
            break;
        }
        m_path.append(QString::number(i));
        met = walk(inTuple ? tuple.at(i) : schema[restWord], items.at(i), depth + 1) && met;
        m_path.removeLast();
        if (!met && (m_quiet > 0 || isDone())) {
            return false;
        }
    }
    return contents(schema, value, depth) && met;
}

bool SchemaValidator::contents(const Json &schema, const Json &value, int depth)
{
    const Json::Array &items = value.items();
    if (schema[u"uniqueItems"].toBool()) {
        QSet<QByteArray> seen;
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QByteArray key = jsonnumber::sameKey(items.at(i));
            if (seen.contains(key)) {
                return faultAt(QString::number(i), tr("stands in the list already."));
            }
            seen.insert(key);
        }
    }
    if (!schema.contains(u"contains")) {
        return true;
    }
    const qint64 least = schema[u"minContains"].toInteger(1);
    const qint64 most = schema[u"maxContains"].toInteger(items.size());
    qint64 count = 0;
    for (const Json &item : items) {
        count += quietly(schema[u"contains"], item, depth + 1) ? 1 : 0;
        if (!m_unusable.isEmpty()) {
            return false;
        }
    }
    return (count >= least && count <= most)
        || fault(count < least ? tr("must hold an item of another kind.")
                               : tr("holds too many items of one kind."));
}

const Json *SchemaValidator::property(const Json &schema, const QString &name)
{
    const Json &properties = schema[u"properties"];
    if (properties.members().size() < manyProperties) {
        return properties.contains(name) ? &properties[name] : nullptr;
    }
    QHash<QString, const Json *> &index = m_properties[&properties];
    if (index.isEmpty()) {
        for (const auto &[key, rule] : properties.members()) {
            index.insert(key, &rule);
        }
    }
    return index.value(name);
}

bool SchemaValidator::member(const Json &schema, const Json::Member &member, int depth)
{
    const auto &[name, value] = member;
    bool met = true;
    const Json *rule = property(schema, name);
    bool known = rule != nullptr;
    if (rule != nullptr) {
        met = walk(*rule, value, depth + 1);
    }
    for (const auto &[pattern, more] : schema[u"patternProperties"].members()) {
        const std::optional<bool> match = fits(pattern, name);
        if (!match) {
            return false;
        }
        known = known || *match;
        met = (!*match || walk(more, value, depth + 1)) && met;
    }
    if (known || !schema.contains(u"additionalProperties")) {
        return met;
    }
    const Json &rest = schema[u"additionalProperties"];
    return rest.isBool() ? rest.toBool() || fault(tr("is not known here."))
                         : walk(rest, value, depth + 1);
}

bool SchemaValidator::objects(const Json &schema, const Json &value, int depth)
{
    if (!value.isObject()) {
        return true;
    }
    bool met = true;
    QSet<QString> present;
    for (const Json::Member &each : value.members()) {
        present.insert(each.first);
    }
    for (const QString &name : schema[u"required"].toStrings()) {
        met = (present.contains(name) || faultAt(name, tr("is missing."))) && met;
    }
    const qint64 count = value.members().size();
    if (count < schema[u"minProperties"].toInteger(0)
        || count > schema[u"maxProperties"].toInteger(count)) {
        met = fault(tr("has too few or too many members."));
    }
    for (const Json::Member &each : value.members()) {
        if (!met && (m_quiet > 0 || isDone())) {
            return false;
        }
        m_path.append(each.first);
        if (schema.contains(u"propertyNames")
            && !quietly(schema[u"propertyNames"], Json(each.first), depth + 1)) {
            met = fault(tr("has a name that is not allowed."));
        }
        met = member(schema, each, depth) && met;
        m_path.removeLast();
    }
    return dependents(schema, value, depth) && met;
}

bool SchemaValidator::dependents(const Json &schema, const Json &value, int depth)
{
    bool met = true;
    for (const auto &[name, others] : schema[u"dependentRequired"].members()) {
        if (!value.contains(name)) {
            continue;
        }
        for (const QString &other : others.toStrings()) {
            met = (value.contains(other) || faultAt(other, tr("is missing."))) && met;
        }
    }
    for (const auto &[name, rule] : schema[u"dependentSchemas"].members()) {
        met = (!value.contains(name) || walk(rule, value, depth + 1)) && met;
    }
    return met;
}

} // namespace countersign
