// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/schema.h"

#include "domain/decimal.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace countersign {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Schema", text);
}

constexpr int maxDepth = 64;

std::optional<Decimal> number(const Json &value)
{
    return value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
}

struct Digits
{
    QByteArray digits;
    int scale = 0; // how many of them stand after the point
};

Digits digitsOf(const QByteArray &written)
{
    QByteArray text = written.toLower();
    const qsizetype exponentAt = text.indexOf('e');
    const int exponent = exponentAt < 0 ? 0 : text.mid(exponentAt + 1).toInt();
    text = text.left(exponentAt < 0 ? text.size() : exponentAt).replace("-", "");
    const qsizetype point = text.indexOf('.');
    Digits out{.digits = text.replace(".", ""), .scale = point < 0 ? 0 : int(text.size() - point)};
    out.scale -= exponent;
    return out;
}

/// a mod b is zero, exactly; nothing where `b` is no positive number of at most 17 digits.
std::optional<bool> isMultiple(const QByteArray &a, const QByteArray &b)
{
    Digits dividend = digitsOf(a);
    Digits divisor = digitsOf(b);
    const int scale = std::max(dividend.scale, divisor.scale);
    dividend.digits += QByteArray(scale - dividend.scale, '0');
    divisor.digits += QByteArray(scale - divisor.scale, '0');
    bool ok = false;
    const quint64 by = divisor.digits.toULongLong(&ok);
    if (!ok || by == 0 || by > 100'000'000'000'000'000ULL) {
        return std::nullopt;
    }
    quint64 rest = 0;
    for (const char digit : std::as_const(dividend.digits)) {
        rest = (rest * 10 + quint64(digit - '0')) % by;
    }
    return rest == 0;
}

bool isInteger(const Json &value)
{
    return value.isNumber() && Decimal::parse(value.numberText())
        && isMultiple(value.numberText(), QByteArrayLiteral("1")).value_or(false);
}

/// Equal as JSON Schema means it: 1 and 1.0 are one value, members have no order.
bool same(const Json &a, const Json &b)
{
    if (a.type() != b.type()) {
        return false;
    }
    if (a.isNumber()) {
        const auto left = number(a);
        const auto right = number(b);
        return left && right ? *left == *right : a == b;
    }
    if (a.isArray()) {
        return std::equal(a.items().cbegin(), a.items().cend(), b.items().cbegin(),
                          b.items().cend(), same);
    }
    if (a.isObject()) {
        return a.members().size() == b.members().size()
            && std::all_of(a.members().cbegin(), a.members().cend(),
                           [&b](const Json::Member &member) -> bool {
                               return b.contains(member.first)
                                   && same(member.second, b[member.first]);
                           });
    }
    return a == b;
}

bool hasType(const Json &value, const QString &type)
{
    switch (value.type()) {
    case Json::Type::Null:
        return type == QLatin1String("null");
    case Json::Type::Bool:
        return type == QLatin1String("boolean");
    case Json::Type::Number:
        return type == QLatin1String("number")
            || (type == QLatin1String("integer") && isInteger(value));
    case Json::Type::String:
        return type == QLatin1String("string");
    case Json::Type::Array:
        return type == QLatin1String("array");
    case Json::Type::Object:
        return type == QLatin1String("object");
    }
    Q_UNREACHABLE();
}

class Validator
{
public:
    explicit Validator(const Json &root) : m_root(root) { }

    Result<void> check(const Json &schema, const Json &value, const QString &path, int depth);

private:
    using Check = Result<void> (Validator::*)(const Json &, const Json &, const QString &, int);

    static auto wrong(const QString &path, const QString &text)
    {
        return fail(ErrorCode::InvalidInput,
                    tr("%1: %2").arg(path.isEmpty() ? tr("The whole value") : path, text));
    }
    static auto broken(const QString &text)
    {
        return fail(ErrorCode::Protocol, tr("The server's schema cannot be used: %1").arg(text));
    }

    Result<void> references(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> types(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> numbers(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> strings(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> arrays(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> objects(const Json &schema, const Json &value, const QString &path, int depth);
    Result<void> members(const Json &schema, const Json::Member &member, const QString &path,
                         int depth);
    Result<void> combinations(const Json &schema, const Json &value, const QString &path,
                              int depth);
    Result<void> conditions(const Json &schema, const Json &value, const QString &path, int depth);
    Result<int> matches(const Json &schemas, const Json &value, const QString &path, int depth);
    Result<bool> fits(const QString &pattern, const QString &text) const;

    const Json &m_root;
};

Result<void> Validator::check(const Json &schema, const Json &value, const QString &path, int depth)
{
    if (depth > maxDepth) {
        return broken(tr("it is nested too deeply or refers to itself."));
    }
    if (schema.isBool()) {
        return schema.toBool() ? Result<void>() : wrong(path, tr("nothing is allowed here."));
    }
    if (!schema.isObject()) {
        return broken(tr("a schema is an object."));
    }
    for (const Check step : {&Validator::references, &Validator::types, &Validator::numbers,
                             &Validator::strings, &Validator::arrays, &Validator::objects,
                             &Validator::combinations, &Validator::conditions}) {
        if (const auto result = (this->*step)(schema, value, path, depth); !result) {
            return result;
        }
    }
    return {};
}

Result<void> Validator::references(const Json &schema, const Json &value, const QString &path,
                                   int depth)
{
    if (!schema.contains(u"$ref")) {
        return {};
    }
    const QString target = schema[u"$ref"].toString();
    const Json *at = target.startsWith(u'#')
        ? m_root.at(QUrl::fromPercentEncoding(target.mid(1).toUtf8()))
        : nullptr;
    if (at == nullptr) {
        return broken(tr("it refers to “%1”, which is not in it.").arg(target.left(80)));
    }
    return check(*at, value, path, depth + 1);
}

Result<void> Validator::types(const Json &schema, const Json &value, const QString &path, int)
{
    if (schema.contains(u"type")) {
        const Json &type = schema[u"type"];
        const QStringList names = type.isString() ? QStringList{type.toString()} : type.toStrings();
        if (std::none_of(names.cbegin(), names.cend(),
                         [&value](const QString &name) -> bool { return hasType(value, name); })) {
            return wrong(path, tr("must be of type %1.").arg(names.join(QStringLiteral(", "))));
        }
    }
    if (schema.contains(u"const") && !same(schema[u"const"], value)) {
        return wrong(path,
                     tr("must be %1.").arg(QString::fromUtf8(toJson(schema[u"const"])).left(80)));
    }
    const Json::Array &choices = schema[u"enum"].items();
    if (schema[u"enum"].isArray()
        && std::none_of(choices.cbegin(), choices.cend(),
                        [&value](const Json &choice) -> bool { return same(choice, value); })) {
        return wrong(
            path,
            tr("must be one of %1.").arg(QString::fromUtf8(toJson(schema[u"enum"])).left(200)));
    }
    return {};
}

Result<void> Validator::numbers(const Json &schema, const Json &value, const QString &path, int)
{
    const auto actual = number(value);
    if (!actual) {
        return {};
    }
    const auto bound = [&schema](QStringView word) -> std::optional<Decimal> {
        return number(schema[word]);
    };
    const auto text = [&schema](QStringView word) -> QString {
        return QString::fromUtf8(toJson(schema[word]));
    };
    // Draft 4 wrote exclusiveMinimum as a flag beside minimum.
    const bool openBelow = schema[u"exclusiveMinimum"].toBool();
    const bool openAbove = schema[u"exclusiveMaximum"].toBool();
    if (const auto least = bound(u"minimum");
        least && (*actual < *least || (openBelow && *actual == *least))) {
        return wrong(path, tr("must be at least %1.").arg(text(u"minimum")));
    }
    if (const auto most = bound(u"maximum");
        most && (*actual > *most || (openAbove && *actual == *most))) {
        return wrong(path, tr("must be at most %1.").arg(text(u"maximum")));
    }
    if (const auto below = bound(u"exclusiveMinimum"); below && *actual <= *below) {
        return wrong(path, tr("must be more than %1.").arg(text(u"exclusiveMinimum")));
    }
    if (const auto above = bound(u"exclusiveMaximum"); above && *actual >= *above) {
        return wrong(path, tr("must be less than %1.").arg(text(u"exclusiveMaximum")));
    }
    if (bound(u"multipleOf")) {
        const auto multiple = isMultiple(value.numberText(), schema[u"multipleOf"].numberText());
        if (!multiple) {
            return broken(tr("multipleOf must be a number above 0."));
        }
        if (!*multiple) {
            return wrong(path, tr("must be a multiple of %1.").arg(text(u"multipleOf")));
        }
    }
    return {};
}

Result<bool> Validator::fits(const QString &pattern, const QString &text) const
{
    const QRegularExpression expression(pattern, QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid() || !expression.match(text).isValid()) {
        return broken(tr("the pattern “%1” cannot be used.").arg(pattern.left(80)));
    }
    return expression.match(text).hasMatch();
}

Result<void> Validator::strings(const Json &schema, const Json &value, const QString &path, int)
{
    if (!value.isString()) {
        return {};
    }
    const QString text = value.toString();
    const qint64 length = text.toUcs4().size();
    if (length < schema[u"minLength"].toInteger(0)) {
        return wrong(path,
                     tr("must have at least %1 characters.").arg(schema[u"minLength"].toInteger()));
    }
    if (length > schema[u"maxLength"].toInteger(length)) {
        return wrong(path,
                     tr("must have at most %1 characters.").arg(schema[u"maxLength"].toInteger()));
    }
    if (schema[u"pattern"].isString()) {
        const QString pattern = schema[u"pattern"].toString();
        const Result<bool> match = fits(pattern, text);
        if (!match) {
            return tl::unexpected<Error>(match.error());
        }
        if (!*match) {
            return wrong(path, tr("must match the pattern %1.").arg(pattern.left(80)));
        }
    }
    return {};
}

Result<void> Validator::arrays(const Json &schema, const Json &value, const QString &path,
                               int depth)
{
    if (!value.isArray()) {
        return {};
    }
    const Json::Array &items = value.items();
    if (items.size() < schema[u"minItems"].toInteger(0)) {
        return wrong(path, tr("must have at least %1 items.").arg(schema[u"minItems"].toInteger()));
    }
    if (items.size() > schema[u"maxItems"].toInteger(items.size())) {
        return wrong(path, tr("must have at most %1 items.").arg(schema[u"maxItems"].toInteger()));
    }
    const bool oldTuple = schema[u"items"].isArray();
    const Json::Array &tuple = oldTuple ? schema[u"items"].items() : schema[u"prefixItems"].items();
    const QStringView restWord = oldTuple ? u"additionalItems" : u"items";
    for (qsizetype i = 0; i < items.size(); ++i) {
        const bool inTuple = i < tuple.size();
        if (!inTuple && !schema.contains(restWord)) {
            break;
        }
        const auto result = check(inTuple ? tuple.at(i) : schema[restWord], items.at(i),
                                  QStringLiteral("%1/%2").arg(path).arg(i), depth + 1);
        if (!result) {
            return result;
        }
    }
    if (schema[u"uniqueItems"].toBool()) {
        for (qsizetype i = 1; i < items.size(); ++i) {
            if (std::any_of(
                    items.cbegin(), items.cbegin() + i,
                    [&items, i](const Json &item) -> bool { return same(item, items.at(i)); })) {
                return wrong(path, tr("must not hold an item twice."));
            }
        }
    }
    if (schema.contains(u"contains")) {
        for (const Json &item : items) {
            const auto found = check(schema[u"contains"], item, path, depth + 1);
            if (found || found.error().code != ErrorCode::InvalidInput) {
                return found;
            }
        }
        return wrong(path, tr("must hold an item of another kind."));
    }
    return {};
}

Result<void> Validator::members(const Json &schema, const Json::Member &member, const QString &path,
                                int depth)
{
    const auto &[name, value] = member;
    const QString place = path + u'/' + name;
    bool known = false;
    if (schema[u"properties"].contains(name)) {
        known = true;
        if (const auto result = check(schema[u"properties"][name], value, place, depth + 1);
            !result) {
            return result;
        }
    }
    for (const auto &[pattern, rule] : schema[u"patternProperties"].members()) {
        const Result<bool> match = fits(pattern, name);
        if (!match) {
            return tl::unexpected<Error>(match.error());
        }
        known = known || *match;
        if (const auto result = *match ? check(rule, value, place, depth + 1) : Result<void>();
            !result) {
            return result;
        }
    }
    if (known || !schema.contains(u"additionalProperties")) {
        return {};
    }
    const Json &rule = schema[u"additionalProperties"];
    return rule.isBool() && !rule.toBool() ? wrong(place, tr("is not known here."))
                                           : check(rule, value, place, depth + 1);
}

Result<void> Validator::objects(const Json &schema, const Json &value, const QString &path,
                                int depth)
{
    if (!value.isObject()) {
        return {};
    }
    for (const QString &name : schema[u"required"].toStrings()) {
        if (!value.contains(name)) {
            return wrong(path, tr("“%1” is missing.").arg(name));
        }
    }
    const qint64 count = value.members().size();
    if (count < schema[u"minProperties"].toInteger(0)
        || count > schema[u"maxProperties"].toInteger(count)) {
        return wrong(path, tr("has too few or too many members."));
    }
    for (const Json::Member &member : value.members()) {
        if (schema.contains(u"propertyNames")) {
            const auto named = check(schema[u"propertyNames"], Json(member.first), path, depth + 1);
            if (!named) {
                return named;
            }
        }
        if (const auto result = members(schema, member, path, depth); !result) {
            return result;
        }
    }
    for (const auto &[name, others] : schema[u"dependentRequired"].members()) {
        for (const QString &other : others.toStrings()) {
            if (value.contains(name) && !value.contains(other)) {
                return wrong(path, tr("“%1” is missing.").arg(other));
            }
        }
    }
    return {};
}

Result<int> Validator::matches(const Json &schemas, const Json &value, const QString &path,
                               int depth)
{
    int count = 0;
    for (const Json &schema : schemas.items()) {
        const auto result = check(schema, value, path, depth + 1);
        if (!result && result.error().code != ErrorCode::InvalidInput) {
            return tl::unexpected<Error>(result.error());
        }
        count += result ? 1 : 0;
    }
    return count;
}

Result<void> Validator::combinations(const Json &schema, const Json &value, const QString &path,
                                     int depth)
{
    for (const Json &part : schema[u"allOf"].items()) {
        if (const auto result = check(part, value, path, depth + 1); !result) {
            return result;
        }
    }
    for (const QStringView word : {QStringView(u"anyOf"), QStringView(u"oneOf")}) {
        if (!schema.contains(word)) {
            continue;
        }
        const Result<int> count = matches(schema[word], value, path, depth);
        if (!count) {
            return tl::unexpected<Error>(count.error());
        }
        if (*count == 0 || (word == u"oneOf" && *count > 1)) {
            return wrong(path, tr("fits none, or more than one, of the forms that are allowed."));
        }
    }
    return {};
}

Result<void> Validator::conditions(const Json &schema, const Json &value, const QString &path,
                                   int depth)
{
    const auto holds = [&](QStringView word) -> Result<int> {
        return matches(Json::array({schema[word]}), value, path, depth);
    };
    if (schema.contains(u"not")) {
        const Result<int> met = holds(u"not");
        if (!met) {
            return tl::unexpected<Error>(met.error());
        }
        if (*met > 0) {
            return wrong(path, tr("has a form that is not allowed."));
        }
    }
    if (!schema.contains(u"if")) {
        return {};
    }
    const Result<int> met = holds(u"if");
    if (!met) {
        return tl::unexpected<Error>(met.error());
    }
    const QStringView then = *met > 0 ? u"then" : u"else";
    return schema.contains(then) ? check(schema[then], value, path, depth + 1) : Result<void>();
}

} // namespace

Result<void> validateAgainst(const Json &schema, const Json &value)
{
    return Validator(schema).check(schema, value, QString(), 0);
}

} // namespace countersign
