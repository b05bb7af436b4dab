// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json.h"

#include <algorithm>

namespace countersign {

namespace {

void writeString(QByteArray &out, const QString &text)
{
    out += '"';
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (uchar(c) < 0x20) {
                out += "\\u00" + QByteArray::number(uchar(c), 16).rightJustified(2, '0');
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

struct Style
{
    bool sorted = false;
    bool pretty = false;
};

void write(QByteArray &out, const Json &value, Style style, int depth)
{
    const auto newLine = [&](int level) {
        if (style.pretty) {
            out += '\n' + QByteArray(level * 2, ' ');
        }
    };
    switch (value.type()) {
    case Json::Type::Null:
        out += "null";
        return;
    case Json::Type::Bool:
        out += value.toBool() ? "true" : "false";
        return;
    case Json::Type::Number:
        out += value.numberText();
        return;
    case Json::Type::String:
        writeString(out, value.toString());
        return;
    case Json::Type::Array: {
        out += '[';
        const char *separator = "";
        for (const Json &item : value.items()) {
            out += separator;
            newLine(depth + 1);
            write(out, item, style, depth + 1);
            separator = ",";
        }
        if (!value.items().isEmpty()) {
            newLine(depth);
        }
        out += ']';
        return;
    }
    case Json::Type::Object: {
        Json::Object members = value.members();
        if (style.sorted) {
            std::sort(members.begin(), members.end(), [](const auto &a, const auto &b) -> bool {
                return a.first < b.first; // QString compares UTF-16 code units, as RFC 8785 asks
            });
        }
        out += '{';
        const char *separator = "";
        for (const auto &[key, member] : std::as_const(members)) {
            out += separator;
            newLine(depth + 1);
            writeString(out, key);
            out += style.pretty ? ": " : ":";
            write(out, member, style, depth + 1);
            separator = ",";
        }
        if (!members.isEmpty()) {
            newLine(depth);
        }
        out += '}';
        return;
    }
    }
}

} // namespace

QByteArray toJson(const Json &value)
{
    QByteArray out;
    write(out, value, {}, 0);
    return out;
}

QByteArray toPrettyJson(const Json &value)
{
    QByteArray out;
    write(out, value, {.pretty = true}, 0);
    return out;
}

QByteArray canonicalJson(const Json &value)
{
    QByteArray out;
    write(out, value, {.sorted = true}, 0);
    return out;
}

} // namespace countersign
