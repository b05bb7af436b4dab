// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/envelopescan.h"

#include "domain/json.h"

#include <cstring>

namespace countersign {

namespace {

bool isKey(QByteArrayView key)
{
    for (const char c : key) {
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') {
            return false;
        }
    }
    return !key.isEmpty() && key.front() >= 'a' && key.front() <= 'z';
}

/// Past the escape behind a backslash: the one form that each character has.
bool escape(const char *&at, const char *end)
{
    if (at < end && *at != 'u') {
        return std::strchr("\"\\btnfr", *at++) != nullptr && at[-1] != '\0';
    }
    if (end - at < 5 || at[1] != '0' || at[2] != '0' || (at[3] != '0' && at[3] != '1')) {
        return false;
    }
    const char low = at[4];
    const bool digit = (low >= '0' && low <= '9') || (low >= 'a' && low <= 'f');
    const bool named = at[3] == '0' && std::memchr("89acd", low, 5) != nullptr; // \b \t \n \f \r
    at += 5;
    return digit && !named;
}

/// Past one UTF-8 sequence of two to four bytes: no overlong forms, no surrogates, nothing above
/// U+10FFFF.
bool sequence(const char *&at, const char *end)
{
    const auto byte = [&at](int i) -> unsigned {
        return static_cast<unsigned char>(at[i]);
    };
    const unsigned lead = byte(0);
    const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || end - at < length) {
        return false;
    }
    for (int i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return false;
        }
    }
    const unsigned second = byte(1);
    at += length;
    return !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second >= 0xA0)
        && !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second >= 0x90);
}

bool string(const char *&at, const char *end)
{
    if (at == end || *at != '"') {
        return false;
    }
    ++at;
    while (at < end) {
        const auto c = static_cast<unsigned char>(*at);
        if (c == '"') {
            ++at;
            return true;
        }
        if (c == '\\') {
            ++at;
            if (!escape(at, end)) {
                return false;
            }
        } else if (c >= 0x80) {
            if (!sequence(at, end)) {
                return false;
            }
        } else if (c < 0x20) {
            return false;
        } else {
            ++at;
        }
    }
    return false;
}

/// A whole number within ±(2^53-1), without leading zeros or a negative zero.
bool integer(const char *&at, const char *end)
{
    const bool negative = *at == '-';
    at += negative ? 1 : 0;
    const char *digits = at;
    quint64 number = 0;
    while (at < end && *at >= '0' && *at <= '9' && at - digits < 17) {
        number = number * 10 + quint64(*at++ - '0');
    }
    const auto count = at - digits;
    return count > 0 && count < 17 && (*digits != '0' || (count == 1 && !negative))
        && number <= (quint64(1) << 53) - 1;
}

bool word(const char *&at, const char *end, QByteArrayView expected)
{
    if (!QByteArrayView(at, end - at).startsWith(expected)) {
        return false;
    }
    at += expected.size();
    return true;
}

} // namespace

bool EnvelopeScan::value(const char *&at, const char *end, int depth)
{
    if (at == end || depth > deepestEnvelope) {
        return false;
    }
    switch (*at) {
    case '{':
        return object(at, end, depth, nullptr);
    case '"':
        return string(at, end);
    case 't':
        return word(at, end, "true");
    case 'f':
        return word(at, end, "false");
    case 'n':
        return word(at, end, "null");
    case '[':
        break;
    default:
        return integer(at, end);
    }
    if (word(at, end, "[]")) {
        return true;
    }
    do {
        ++at; // the bracket or a comma
        if (!value(at, end, depth + 1)) {
            return false;
        }
    } while (at < end && *at == ',');
    return word(at, end, "]");
}

bool EnvelopeScan::object(const char *&at, const char *end, int depth, Members *members)
{
    if (word(at, end, "{}")) {
        return true;
    }
    QByteArrayView before;
    do {
        const char *key = ++at; // the brace or a comma
        if (!string(at, end)) {
            return false;
        }
        const QByteArrayView name(key + 1, at - key - 2);
        if (!isKey(name) || name.compare(before) <= 0 || !word(at, end, ":")) {
            return false;
        }
        before = name;
        const char *start = at;
        if (!value(at, end, depth + 1)) {
            return false;
        }
        if (members) {
            members->emplace_back(name, QByteArrayView(start, at - start));
        }
    } while (at < end && *at == ',');
    return word(at, end, "}");
}

bool EnvelopeScan::scan(QByteArrayView bytes)
{
    m_members.clear();
    const char *at = bytes.data();
    const char *end = at + bytes.size();
    return bytes.size() <= longestEnvelope && bytes.startsWith('{') && object(at, end, 1, &m_members)
        && at == end;
}

QByteArrayView EnvelopeScan::find(const Members &members, QByteArrayView key)
{
    for (const auto &[name, raw] : members) {
        if (name == key) {
            return raw;
        }
    }
    return {};
}

QByteArrayView EnvelopeScan::raw(QByteArrayView key) const
{
    return find(m_members, key);
}

QString EnvelopeScan::text(QByteArrayView key) const
{
    return textOf(raw(key));
}

QString EnvelopeScan::text(QByteArrayView key, QByteArrayView inner) const
{
    const QByteArrayView whole = raw(key);
    Members members;
    const char *at = whole.data();
    const bool isObject = whole.startsWith('{') && object(at, at + whole.size(), 2, &members);
    return isObject ? textOf(find(members, inner)) : QString();
}

QString EnvelopeScan::textOf(QByteArrayView raw)
{
    if (!raw.startsWith('"')) {
        return {};
    }
    if (!raw.contains('\\')) {
        return textFromUtf8(raw.sliced(1, raw.size() - 2));
    }
    return parseJson(raw.toByteArray()).value_or(Json()).toString();
}

} // namespace countersign
