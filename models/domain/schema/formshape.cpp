// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/formshape.h"

#include "domain/schema/numbers.h"
#include "domain/schema/validator.h"
#include "domain/translate.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace countersign {

namespace {

constexpr int deepestMerge = 16;
constexpr int mostMerges = 64;
constexpr int deepestBranch = 3;
constexpr int mostSteps = 5'000; // while a person waits
constexpr qsizetype mostBranches = 40;
constexpr qsizetype mostChoices = 2000;

QStringList typesOf(const Json &schema)
{
    const Json &type = schema[u"type"];
    return type.isString() ? QStringList{type.toString()} : type.toStrings();
}

bool isNullOnly(const Json &schema)
{
    return typesOf(schema) == QStringList{QStringLiteral("null")}
    || (schema.contains(u"const") && schema[u"const"].isNull());
}

/// Whether a branch says what a value is, rather than which members it must have.
bool saysWhat(const Json &branch)
{
    return std::any_of(
        branch.members().cbegin(), branch.members().cend(), [](const Json::Member &each) -> bool {
            static const QStringList words{
                QStringLiteral("type"),  QStringLiteral("properties"), QStringLiteral("enum"),
                QStringLiteral("const"), QStringLiteral("items"),      QStringLiteral("anyOf"),
                QStringLiteral("oneOf"), QStringLiteral("format"),     QStringLiteral("pattern")};
            return words.contains(each.first);
        });
}

void merge(Json &into, const Json &from);

void mergeProperties(Json &into, const Json &from)
{
    Json::Object members = into[u"properties"].members();
    QHash<QString, qsizetype> known;
    for (qsizetype i = 0; i < members.size(); ++i) {
        known.insert(members.at(i).first, i);
    }
    for (const Json::Member &each : from.members()) {
        const qsizetype at = known.value(each.first, -1);
        if (at < 0) {
            members.append(each);
        } else {
            merge(members[at].second, each.second);
        }
    }
    into.set(QStringLiteral("properties"), Json::object(std::move(members)));
}

/// For showing only: where both say something, the first is shown; the check holds to both.
void merge(Json &into, const Json &from)
{
    if (!into.isObject() || !from.isObject()) {
        return;
    }
    for (const auto &[word, rule] : from.members()) {
        if (!into.contains(word)) {
            into.set(word, rule);
        } else if (word == QLatin1String("properties")) {
            mergeProperties(into, rule);
        } else if (word == QLatin1String("required")) {
            QStringList all = into[u"required"].toStrings() + rule.toStrings();
            all.removeDuplicates();
            into.set(word, Json::fromStrings(all));
        }
    }
}

FormShape::Kind kindOfType(const QString &type)
{
    using Kind = FormShape::Kind;
    static const QHash<QString, Kind> kinds{
        {QStringLiteral("string"), Kind::Text},     {QStringLiteral("number"), Kind::Number},
        {QStringLiteral("integer"), Kind::Integer}, {QStringLiteral("boolean"), Kind::YesNo},
        {QStringLiteral("object"), Kind::Object},   {QStringLiteral("array"), Kind::List}};
    return kinds.value(type, Kind::Json);
}

QString typeOfValue(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Bool:
        return QStringLiteral("boolean");
    case Json::Type::Number:
        return QStringLiteral("number");
    case Json::Type::String:
        return QStringLiteral("string");
    case Json::Type::Array:
        return QStringLiteral("array");
    case Json::Type::Object:
        return QStringLiteral("object");
    case Json::Type::Null:
        break;
    }
    return {};
}

/// What a schema without a type speaks about.
QString impliedType(const Json &schema)
{
    const auto says = [&schema](std::initializer_list<QStringView> words) -> bool {
        return std::any_of(words.begin(), words.end(),
                           [&schema](QStringView word) -> bool { return schema.contains(word); });
    };
    if (says({u"properties", u"additionalProperties", u"patternProperties"})) {
        return QStringLiteral("object");
    }
    if (says({u"items", u"prefixItems"})) {
        return QStringLiteral("array");
    }
    if (says({u"pattern", u"minLength", u"maxLength", u"format"})) {
        return QStringLiteral("string");
    }
    return says({u"minimum", u"maximum", u"multipleOf", u"exclusiveMinimum", u"exclusiveMaximum"})
        ? QStringLiteral("number")
        : QString();
}

/// The editor follows the schema for single values, so that a wrong type can be put right; for
/// objects and lists it follows the value, so that nothing of it is hidden.
FormShape::Kind kindFor(const QString &type, const std::optional<Json> &value)
{
    using Kind = FormShape::Kind;
    const QString actual = value ? typeOfValue(*value) : QString();
    Kind kind = kindOfType(type.isEmpty() ? actual : type);
    const bool holdsMore = value && (value->isObject() || value->isArray());
    if (holdsMore && kind != kindOfType(actual)) {
        return kindOfType(actual);
    }
    if (value && !value->isNull() && !holdsMore && (kind == Kind::Object || kind == Kind::List)) {
        return Kind::Json;
    }
    return kind;
}

} // namespace

Json FormShape::member(const QString &key) const
{
    if (schema[u"properties"].contains(key)) {
        return schema[u"properties"][key];
    }
    for (const auto &[pattern, rule] : schema[u"patternProperties"].members()) {
        const QRegularExpression form(pattern, QRegularExpression::UseUnicodePropertiesOption);
        if (form.isValid() && form.match(key).hasMatch()) {
            return rule;
        }
    }
    const Json &rest = schema[u"additionalProperties"];
    return rest.isObject() ? rest : Json();
}

QStringList FormShape::named() const
{
    QStringList names;
    for (const auto &[name, rule] : schema[u"properties"].members()) {
        names.append(name);
    }
    names += schema[u"required"].toStrings();
    names.removeDuplicates();
    return names;
}

bool FormShape::needs(const QString &key) const
{
    const Json::Array &required = schema[u"required"].items();
    return std::any_of(required.cbegin(), required.cend(),
                       [&key](const Json &each) -> bool { return each.toString() == key; });
}

bool FormShape::takesMore() const
{
    const Json &rest = schema[u"additionalProperties"];
    return rest.isObject() || rest.toBool() || !schema[u"patternProperties"].members().isEmpty();
}

Json FormShape::item(qsizetype index) const
{
    const bool oldTuple = schema[u"items"].isArray();
    const Json::Array &tuple = oldTuple ? schema[u"items"].items() : schema[u"prefixItems"].items();
    return index < tuple.size() ? tuple.at(index)
                                : schema[oldTuple ? QStringView(u"additionalItems") : u"items"];
}

bool FormShape::takesItem(qsizetype count) const
{
    const Json rule = item(count);
    return count < schema[u"maxItems"].toInteger(count + 1) && (!rule.isBool() || rule.toBool());
}

bool FormShape::losesItem(qsizetype count) const
{
    return count > schema[u"minItems"].toInteger(0);
}

Json FormReader::flat(const Json &schema, const std::optional<Json> &value) const
{
    int left = mostMerges;
    return flat(schema, value, 0, left);
}

/// A schema that leads to itself several times over ends with `left`.
Json FormReader::flat(const Json &schema, const std::optional<Json> &value, int depth,
                      int &left) const
{
    if (!schema.isObject() || depth > deepestMerge || --left < 0) {
        return Json::object();
    }
    Json out = schema;
    for (const QStringView word : {u"$ref", u"allOf", u"if", u"then", u"else", u"$defs"}) {
        out.remove(word);
    }
    if (schema.contains(u"$ref")) {
        if (const Json *at = SchemaValidator::target(m_root, schema[u"$ref"].toString())) {
            merge(out, flat(*at, value, depth + 1, left));
        }
    }
    for (const Json &part : schema[u"allOf"].items()) {
        merge(out, flat(part, value, depth + 1, left));
    }
    if (schema.contains(u"if") && value) {
        const QStringView then = fits(schema[u"if"], *value) ? u"then" : u"else";
        merge(out, flat(schema[then], value, depth + 1, left));
    }
    return out;
}

bool FormReader::fits(const Json &schema, const Json &value) const
{
    return SchemaValidator(m_root, {.patterns = false, .mostSteps = mostSteps})
        .holds(schema, value);
}

QString FormReader::branchName(const Json &branch, qsizetype index) const
{
    const Json all = flat(branch, std::nullopt);
    if (all[u"title"].isString()) {
        return all[u"title"].toString();
    }
    for (const auto &[name, rule] : all[u"properties"].members()) {
        const Json &only = rule[u"const"];
        if (only.isString()) {
            return only.toString();
        }
    }
    const QString ref = branch[u"$ref"].toString().section(QLatin1Char('/'), -1);
    if (!ref.isEmpty() && ref != QLatin1String("#")) {
        return ref;
    }
    const QStringList types = typesOf(all);
    if (types.size() == 1) {
        const QString &type = types.first();
        return type == QLatin1String("string") ? tr("text")
            : type == QLatin1String("number")  ? tr("number")
            : type == QLatin1String("integer") ? tr("whole number")
            : type == QLatin1String("boolean") ? tr("yes or no")
            : type == QLatin1String("array")   ? tr("list")
            : type == QLatin1String("object")  ? tr("group")
                                               : type;
    }
    return tr("Form %1").arg(index + 1);
}

void FormReader::takeBranches(FormShape &shape, const QList<Json> &branches,
                              const std::optional<Json> &value, int wanted, int depth) const
{
    if (branches.size() == 1) {
        merge(shape.schema, flat(branches.first(), value));
        if (depth < deepestBranch
            && (shape.schema.contains(u"anyOf") || shape.schema.contains(u"oneOf"))) {
            readBranches(shape, value, wanted, depth + 1); // an optional union
        }
        return;
    }
    const auto constant = [](const Json &each) -> bool {
        return each.contains(u"const");
    };
    if (std::all_of(branches.cbegin(), branches.cend(), constant)) {
        for (const Json &each : branches) {
            shape.choices.append({each[u"const"], each[u"title"].toString()});
        }
        return;
    }
    shape.branch = wanted;
    for (qsizetype i = 0; i < branches.size(); ++i) {
        shape.branches.append({branchName(branches.at(i), i), branches.at(i)});
        if (shape.branch < 0 && value && !value->isNull() && fits(branches.at(i), *value)) {
            shape.branch = int(i);
        }
    }
    if (shape.branch < 0 && value) {
        shape.branch = SchemaValidator::likeliest(m_root, branches, *value);
    }
    shape.branch = qBound(0, shape.branch, int(branches.size()) - 1);
    Json taken = flat(branches.at(shape.branch), value);
    taken.remove(u"title"); // it names the branch, not the place
    merge(shape.schema, taken);
    // Branches within a branch; one that leads back to them ends here.
    if (depth < deepestBranch && (taken.contains(u"anyOf") || taken.contains(u"oneOf"))) {
        FormShape inner;
        inner.schema = shape.schema;
        readBranches(inner, value, -1, depth + 1);
        shape.schema = inner.schema;
        shape.choices = inner.choices;
        shape.nullable = shape.nullable || inner.nullable;
    }
}

void FormReader::readBranches(FormShape &shape, const std::optional<Json> &value, int wanted,
                              int depth) const
{
    const QStringView word = shape.schema.contains(u"oneOf") ? u"oneOf" : u"anyOf";
    QList<Json> branches;
    for (const Json &branch : shape.schema[word].items().mid(0, mostBranches)) {
        const Json all = flat(branch, std::nullopt);
        if (isNullOnly(all)) {
            shape.nullable = true;
        } else if (saysWhat(all)) {
            branches.append(branch);
        }
    }
    shape.schema.remove(word);
    const QStringList types = typesOf(shape.schema);
    if (branches.isEmpty() && types.size() > 1) {
        for (const QString &type : types) {
            if (type == QLatin1String("null")) {
                shape.nullable = true;
                continue;
            }
            Json one = shape.schema;
            one.set(QStringLiteral("type"), Json(type));
            branches.append(one);
        }
        shape.schema.remove(u"type");
    }
    if (!branches.isEmpty()) {
        takeBranches(shape, branches, value, wanted, depth);
    }
}

FormShape FormReader::shapeOf(const Json &schema, const std::optional<Json> &value,
                              int branch) const
{
    FormShape shape;
    shape.schema = flat(schema, value);
    readBranches(shape, value, branch, 0);
    const Json &all = shape.schema;
    shape.title = all[u"title"].toString();
    shape.description = all[u"description"].toString();
    shape.format = all[u"format"].toString();
    if (all.contains(u"default")) {
        shape.preset = all[u"default"];
    }
    shape.nullable = shape.nullable || all[u"nullable"].toBool();
    Json::Array listed = all[u"enum"].items().mid(0, mostChoices);
    if (all.contains(u"const")) {
        listed = {all[u"const"]};
    }
    for (const Json &each : std::as_const(listed)) {
        if (each.isNull()) {
            shape.nullable = true;
        } else {
            shape.choices.append({each, {}});
        }
    }
    const QStringList types = typesOf(all);
    shape.nullable = shape.nullable || types.contains(QStringLiteral("null"));
    const bool holdsMore = value && (value->isObject() || value->isArray());
    if (!shape.choices.isEmpty() && !holdsMore) {
        shape.kind = FormShape::Kind::Choice;
    } else {
        shape.kind = kindFor(types.isEmpty() ? impliedType(all) : types.first(), value);
    }
    return shape;
}

bool FormReader::isConditional(const Json &schema) const
{
    int left = mostMerges;
    return isConditional(schema, 0, left);
}

bool FormReader::isConditional(const Json &schema, int depth, int &left) const
{
    if (!schema.isObject() || depth > deepestMerge || --left < 0) {
        return false;
    }
    const Json *at = schema.contains(u"$ref")
        ? SchemaValidator::target(m_root, schema[u"$ref"].toString())
        : nullptr;
    const Json::Array &parts = schema[u"allOf"].items();
    return schema.contains(u"if") || (at != nullptr && isConditional(*at, depth + 1, left))
        || std::any_of(parts.cbegin(), parts.cend(),
                       [this, depth, &left](const Json &part) -> bool {
                           return isConditional(part, depth + 1, left);
                       });
}

std::optional<Json> FormReader::startOf(const Json &schema) const
{
    const FormShape shape = shapeOf(schema, std::nullopt);
    if (shape.kind == FormShape::Kind::Object) {
        Json made = Json::object();
        for (const QString &name : shape.named()) {
            const FormShape inner = shapeOf(shape.member(name), std::nullopt);
            if (shape.needs(name) && inner.choices.size() == 1) {
                made.set(name, inner.choices.first().value);
            }
        }
        return made;
    }
    if (shape.kind == FormShape::Kind::List) {
        return Json::array();
    }
    if (shape.choices.size() == 1 && !shape.nullable) {
        return shape.choices.first().value;
    }
    return std::nullopt;
}

std::optional<Json> FormReader::carriedOver(const std::optional<Json> &value,
                                            const FormBranch &branch) const
{
    if (value && fits(branch.schema, *value)) {
        return value;
    }
    std::optional<Json> made = startOf(branch.schema);
    if (!made || !made->isObject() || !value || !value->isObject()) {
        return made;
    }
    const FormShape shape = shapeOf(branch.schema, made);
    Json kept = Json::object();
    for (const auto &[name, member] : value->members()) {
        if (made->contains(name)) {
            kept.set(name, (*made)[name]);
        } else if (const Json rule = shape.member(name); !rule.isNull() && fits(rule, member)) {
            kept.set(name, member);
        }
    }
    for (const auto &[name, member] : made->members()) {
        if (!kept.contains(name)) {
            kept.set(name, member);
        }
    }
    return kept;
}

} // namespace countersign
