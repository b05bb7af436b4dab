// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/jsonskim.h"

#include <cstring>

namespace countersign {

namespace {

/// Past the closing quote of a string that begins at `at`; `end` where it does not close.
const char *pastString(const char *at, const char *end)
{
    for (++at; at < end; ++at) {
        if (*at == '\\') {
            ++at;
        } else if (*at == '"') {
            return at + 1;
        }
    }
    return end;
}

/// Past the value that begins at `at`: up to the comma or bracket that follows it.
const char *pastValue(const char *at, const char *end)
{
    int depth = 0;
    while (at < end) {
        switch (*at) {
        case '"':
            at = pastString(at, end);
            continue;
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            if (depth == 0) {
                return at;
            }
            --depth;
            break;
        case ',':
            if (depth == 0) {
                return at;
            }
            break;
        default:
            break;
        }
        ++at;
    }
    return end;
}

/// Calls `take(name, member, value)` for each member until it says false; the views are of the
/// name without its quotes, of `"name":value`, and of the value.
template <class Take> void skim(const QByteArray &object, Take take)
{
    const char *at = object.constData();
    const char *const end = at + object.size();
    if (at == end || *at != '{') {
        return;
    }
    ++at;
    while (at < end && *at == '"') {
        const char *const begin = at;
        at = pastString(at, end);
        const QByteArrayView name(begin + 1, std::max<qsizetype>(0, at - begin - 2));
        if (at == end || *at != ':') {
            return;
        }
        const char *const value = ++at;
        at = pastValue(at, end);
        if (!take(name, QByteArrayView(begin, at - begin), QByteArrayView(value, at - value))) {
            return;
        }
        if (at < end && *at == ',') {
            ++at;
        }
    }
}

} // namespace

QByteArray memberBytes(const QByteArray &object, QByteArrayView name)
{
    QByteArray found;
    skim(object, [&](QByteArrayView key, QByteArrayView, QByteArrayView value) -> bool {
        if (key == name) {
            found = QByteArray::fromRawData(value.data(), value.size());
        }
        return key != name;
    });
    return found;
}

QByteArray keptMembers(const QByteArray &object, const QSet<QByteArray> &names)
{
    QByteArray kept("{");
    skim(object, [&](QByteArrayView key, QByteArrayView member, QByteArrayView) -> bool {
        if (names.contains(QByteArray::fromRawData(key.data(), key.size()))) {
            if (kept.size() > 1) {
                kept += ',';
            }
            kept.append(member);
        }
        return true;
    });
    return kept + '}';
}

} // namespace countersign
