// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/shape.h"

#include <QCryptographicHash>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype digits = 16;

QByteArray outline(const Json &value);

QByteArray joined(QByteArrayList parts, char open, char close)
{
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    return open + parts.join(',') + close;
}

QByteArray outline(const Json &value)
{
    QByteArrayList parts;
    switch (value.type()) {
    case Json::Type::Null:
        return "0";
    case Json::Type::Bool:
        return "b";
    case Json::Type::Number:
        return "n";
    case Json::Type::String:
        return "s";
    case Json::Type::Array:
        for (const Json &item : value.items()) {
            parts.append(outline(item));
        }
        return joined(std::move(parts), '[', ']');
    case Json::Type::Object:
        for (const auto &[name, member] : value.members()) {
            parts.append(toJson(Json(name)) + ':' + outline(member));
        }
        return joined(std::move(parts), '{', '}');
    }
    Q_UNREACHABLE();
}

} // namespace

QString shapeOf(const Json &value)
{
    const QByteArray hash = QCryptographicHash::hash(outline(value), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(digits));
}

} // namespace countersign
