// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/validator.h"

#include "domain/jsonchanges.h"
#include "domain/schema/numbers.h"
#include "domain/translate.h"

#include <QUrl>

#include <algorithm>

namespace countersign {

namespace {

constexpr int maxDepth = 160; // more than a value's own levels (JsonLimits)
constexpr qsizetype mostLikely = 40;

bool hasType(const Json &value, const QString &type)
{
    switch (value.type()) {
    case Json::Type::Null:
        return type == QLatin1String("null");
    case Json::Type::Bool:
        return type == QLatin1String("boolean");
    case Json::Type::Number:
        return type == QLatin1String("number")
            || (type == QLatin1String("integer") && jsonnumber::isWhole(value.numberText()));
    case Json::Type::String:
        return type == QLatin1String("string");
    case Json::Type::Array:
        return type == QLatin1String("array");
    case Json::Type::Object:
        return type == QLatin1String("object");
    }
    Q_UNREACHABLE();
}

bool hasOneOf(const Json &value, const Json &type)
{
    const QStringList names = type.isString() ? QStringList{type.toString()} : type.toStrings();
    return std::any_of(names.cbegin(), names.cend(),
                       [&value](const QString &name) -> bool { return hasType(value, name); });
}

QString shortJson(const Json &value, int most)
{
    return QString::fromUtf8(toJson(value).left(most));
}

} // namespace

bool SchemaValidator::check(const Json &schema, const Json &value, const QString &pointer)
{
    m_base = pointer;
    m_path.clear();
    return walk(schema, value, 0);
}

bool SchemaValidator::holds(const Json &schema, const Json &value)
{
    m_path.clear();
    return quietly(schema, value, 0);
}

bool SchemaValidator::quietly(const Json &schema, const Json &value, int depth)
{
    ++m_quiet;
    const bool met = walk(schema, value, depth);
    --m_quiet;
    return met;
}

bool SchemaValidator::isDone() const
{
    return !m_unusable.isEmpty() || m_faults.size() >= m_options.mostFaults;
}

/// Always false, as a check is that does not hold.
bool SchemaValidator::fault(const QString &text, bool format)
{
    if (m_quiet == 0 && !isDone()) {
        QString pointer = m_base;
        for (const QString &step : m_path) {
            pointer = pointerTo(pointer, step);
        }
        m_faults.append({pointer, text, format});
    }
    return false;
}

bool SchemaValidator::faultAt(const QString &step, const QString &text)
{
    m_path.append(step);
    fault(text);
    m_path.removeLast();
    return false;
}

bool SchemaValidator::broken(const QString &text)
{
    if (m_unusable.isEmpty()) {
        m_unusable = tr("The server's schema cannot be used: %1").arg(text);
    }
    return false;
}

bool SchemaValidator::walk(const Json &schema, const Json &value, int depth)
{
    if (isDone()) {
        return false;
    }
    if (depth > maxDepth) {
        return broken(tr("it is nested too deeply or refers to itself."));
    }
    if (++m_steps > m_options.mostSteps) {
        return broken(tr("it takes too long to hold the value against it."));
    }
    if (schema.isBool()) {
        return schema.toBool() || fault(tr("nothing is allowed here."));
    }
    if (!schema.isObject()) {
        return broken(tr("a schema is an object."));
    }
    bool met = true;
    for (const auto step :
         {&SchemaValidator::references, &SchemaValidator::types, &SchemaValidator::numbers,
          &SchemaValidator::strings, &SchemaValidator::arrays, &SchemaValidator::objects,
          &SchemaValidator::combinations, &SchemaValidator::conditions}) {
        met = (this->*step)(schema, value, depth) && met;
        if (!met && (m_quiet > 0 || isDone())) {
            return false;
        }
    }
    return met;
}

const Json *SchemaValidator::target(const Json &root, const QString &ref)
{
    return ref.startsWith(QLatin1Char('#'))
        ? root.at(QUrl::fromPercentEncoding(ref.mid(1).toUtf8()))
        : nullptr;
}

bool SchemaValidator::references(const Json &schema, const Json &value, int depth)
{
    if (!schema.contains(u"$ref")) {
        return true;
    }
    const QString ref = schema[u"$ref"].toString();
    const Json *at = target(m_root, ref);
    if (at == nullptr) {
        return broken(tr("it refers to “%1”, which is not in it.").arg(ref.left(80)));
    }
    return walk(*at, value, depth + 1);
}

bool SchemaValidator::types(const Json &schema, const Json &value, int /*depth*/)
{
    if (const Json &type = schema[u"type"]; !type.isNull() && !hasOneOf(value, type)) {
        const QStringList names = type.isString() ? QStringList{type.toString()} : type.toStrings();
        return fault(tr("must be of type %1.").arg(names.join(QStringLiteral(", "))));
    }
    if (schema.contains(u"const") && !jsonnumber::same(schema[u"const"], value)) {
        return fault(tr("must be %1.").arg(shortJson(schema[u"const"], 80)));
    }
    if (const Json &choices = schema[u"enum"]; choices.isArray()
        && std::none_of(choices.items().cbegin(), choices.items().cend(),
                        [&value](const Json &choice) -> bool {
                            return jsonnumber::same(choice, value);
                        })) {
        return fault(tr("must be one of %1.").arg(shortJson(choices, 200)));
    }
    return true;
}

int SchemaValidator::likeliest(const Json &root, const Json::Array &branches, const Json &value)
{
    int found = -1;
    for (qsizetype i = 0; i < qMin(branches.size(), mostLikely); ++i) {
        const Json *branch = &branches.at(i);
        for (int hops = 0; hops < 8 && branch != nullptr && branch->contains(u"$ref"); ++hops) {
            branch = target(root, (*branch)[u"$ref"].toString());
        }
        if (branch == nullptr || !branch->isObject()
            || (branch->contains(u"type") && !hasOneOf(value, (*branch)[u"type"]))
            || (branch->contains(u"const") && !jsonnumber::same((*branch)[u"const"], value))) {
            continue;
        }
        const auto &properties = (*branch)[u"properties"].members();
        const bool meant = std::all_of(
            properties.cbegin(), properties.cend(), [&value](const Json::Member &each) -> bool {
                return !each.second.contains(u"const") || !value.contains(each.first)
                    || jsonnumber::same(each.second[u"const"], value[each.first]);
            });
        if (meant && found >= 0) {
            return -1;
        }
        found = meant ? int(i) : found;
    }
    return found;
}

bool SchemaValidator::oneOfMany(const Json &schema, QStringView word, const Json &value, int depth)
{
    const Json::Array &branches = schema[word].items();
    const bool onlyOne = word == u"oneOf";
    int count = 0;
    for (const Json &branch : branches) {
        count += quietly(branch, value, depth + 1) ? 1 : 0;
        if (!m_unusable.isEmpty()) {
            return false;
        }
    }
    if (count > 0 && (!onlyOne || count == 1)) {
        return true;
    }
    if (count > 1) {
        return fault(tr("fits more than one of the forms that are allowed."));
    }
    // Where only one can be meant, what is wrong there says more than that none fits.
    if (const int meant = m_quiet == 0 ? likeliest(m_root, branches, value) : -1; meant >= 0) {
        return walk(branches.at(meant), value, depth + 1);
    }
    return fault(tr("fits none of the forms that are allowed."));
}

bool SchemaValidator::combinations(const Json &schema, const Json &value, int depth)
{
    bool met = true;
    for (const Json &part : schema[u"allOf"].items()) {
        met = walk(part, value, depth + 1) && met;
        if (!met && (m_quiet > 0 || isDone())) {
            return false;
        }
    }
    for (const QStringView word : {QStringView(u"anyOf"), QStringView(u"oneOf")}) {
        if (schema.contains(word)) {
            met = oneOfMany(schema, word, value, depth) && met;
        }
    }
    return met;
}

bool SchemaValidator::conditions(const Json &schema, const Json &value, int depth)
{
    if (schema.contains(u"not") && quietly(schema[u"not"], value, depth + 1)) {
        return fault(tr("has a form that is not allowed."));
    }
    if (!m_unusable.isEmpty() || !schema.contains(u"if")) {
        return m_unusable.isEmpty();
    }
    const QStringView then = quietly(schema[u"if"], value, depth + 1) ? u"then" : u"else";
    return m_unusable.isEmpty() && (!schema.contains(then) || walk(schema[then], value, depth + 1));
}

Result<void> validateAgainst(const Json &schema, const Json &value)
{
    SchemaValidator validator(schema, {});
    if (validator.check(schema, value)) {
        return {};
    }
    if (!validator.unusable().isEmpty()) {
        return fail(ErrorCode::Protocol, validator.unusable());
    }
    return fail(ErrorCode::InvalidInput, toSentence(validator.faults().value(0)));
}

SchemaVerdict judgeBySchema(const Json &schema, const Json &value)
{
    if (schema.isNull()) {
        return {};
    }
    SchemaValidator validator(schema, {.mostFaults = schemaFaultLimit, .formats = true});
    (void)validator.check(schema, value);
    SchemaVerdict verdict{validator.faults(), validator.unusable()};
    if (!verdict.unusable.isEmpty()) {
        verdict.faults.clear(); // nothing is known then
    }
    return verdict;
}

QString toSentence(const SchemaFault &fault)
{
    return tr("%1: %2").arg(fault.pointer.isEmpty() ? tr("The whole value") : fault.pointer,
                            fault.text);
}

} // namespace countersign
