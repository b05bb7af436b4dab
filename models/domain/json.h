// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <utility>
#include <variant>

namespace countersign {

/// A JSON value that stays what it was: numbers keep their written form (100.10, 1e400,
/// 12345678901234567890), objects keep the order of their members. Cheap to copy, immutable use
/// preferred, reentrant. Equality compares numbers as written and objects in order; compare
/// canonicalJson() where the order does not matter.
class Json
{
public:
    enum class Type
    {
        Null,
        Bool,
        Number,
        String,
        Array,
        Object
    };
    using Member = std::pair<QString, Json>;
    using Array = QList<Json>;
    using Object = QList<Member>;

    Json() = default; ///< null
    Json(bool value); // NOLINT: implicit on purpose, as are the next ones
    Json(const QString &value);
    Json(qint64 value);
    Json(int value);
    Json(const Array &value);
    Json(const char *) = delete; ///< would become a bool

    [[nodiscard]] static Json object(Object members = {});
    [[nodiscard]] static Json array(Array items = {});
    [[nodiscard]] static Json fromStrings(const QStringList &items);
    /// A number in its written form; the caller has checked isJsonNumber().
    [[nodiscard]] static Json number(QByteArray written);

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool isNull() const { return type() == Type::Null; }
    [[nodiscard]] bool isBool() const { return type() == Type::Bool; }
    [[nodiscard]] bool isNumber() const { return type() == Type::Number; }
    [[nodiscard]] bool isString() const { return type() == Type::String; }
    [[nodiscard]] bool isArray() const { return type() == Type::Array; }
    [[nodiscard]] bool isObject() const { return type() == Type::Object; }

    /// Accessors give a default (false, empty, null) where the type is another.
    [[nodiscard]] bool toBool() const;
    [[nodiscard]] QString toString() const;
    [[nodiscard]] QByteArray numberText() const; ///< as written
    [[nodiscard]] double toDouble(bool *ok = nullptr) const; ///< may round; never for money
    [[nodiscard]] qint64 toInteger(qint64 fallback = 0) const; ///< exact or the fallback
    [[nodiscard]] const Array &items() const;
    [[nodiscard]] const Object &members() const;
    [[nodiscard]] QStringList toStrings() const; ///< the strings of an array, others left out

    /// Member of an object, null where absent; contains() tells the two apart.
    [[nodiscard]] const Json &operator[](QStringView key) const;
    [[nodiscard]] bool contains(QStringView key) const;
    /// Replaces or appends a member (a null value becomes an empty object first).
    void set(const QString &key, const Json &value);
    void remove(QStringView key);
    void append(const Json &item);

    /// RFC 6901. Nothing where the pointer leads nowhere; "" is the whole value.
    [[nodiscard]] const Json *at(const QString &pointer) const;

    friend bool operator==(const Json &a, const Json &b);

private:
    struct Number
    {
        QByteArray written;
        friend bool operator==(const Number &, const Number &) = default;
    };
    std::variant<std::monostate, bool, Number, QString, Array, Object> m_value;
};

struct JsonLimits
{
    int depth = 128;
    qsizetype bytes = 8 * 1024 * 1024;
};

/// Strict RFC 8259 reader: UTF-8 without BOM, no duplicate keys, no lone surrogates, no NaN,
/// nothing after the value, depth and size bounded. The error's text names the fault and the byte.
[[nodiscard]] Result<Json> parseJson(const QByteArray &bytes, const JsonLimits &limits = {});

/// Whether `text` is a JSON number (RFC 8259 section 6).
[[nodiscard]] bool isJsonNumber(const QByteArray &text);

/// Valid UTF-8 as it is; QString::fromUtf8() drops a U+FEFF at the start.
[[nodiscard]] QString textFromUtf8(QByteArrayView bytes);

/// Compact, members in their order, numbers as written.
[[nodiscard]] QByteArray toJson(const Json &value);
/// For people: two spaces, members in their order.
[[nodiscard]] QByteArray toPrettyJson(const Json &value);
/// Compact, keys sorted by UTF-16 code unit, strings escaped as RFC 8785 says, numbers as written.
/// The form that case digests hash.
[[nodiscard]] QByteArray canonicalJson(const Json &value);

/// The name of a member, from a literal.
[[nodiscard]] inline QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace countersign
