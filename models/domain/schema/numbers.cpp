// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/numbers.h"

#include <algorithm>

namespace countersign::jsonnumber {

namespace {

constexpr qint64 farthest = 1'000'000'000'000; // an exponent beyond is as good as this one
constexpr quint64 largestDivisor = 100'000'000'000'000'000ULL;
// Ten to this power holds every 2 and 5 that a divisor can have.
constexpr qint64 enoughTens = 64;

/// `digits` × 10^-`scale`; no zeros at either end. Zero has no digits.
struct Digits
{
    QByteArray digits;
    qint64 scale = 0;
    bool negative = false;

    /// Where the first digit stands: 10^(order - 1).
    [[nodiscard]] qint64 order() const { return digits.size() - scale; }
};

Digits digitsOf(const QByteArray &written)
{
    Digits out;
    qsizetype end = 0;
    bool point = false;
    for (; end < written.size() && written.at(end) != 'e' && written.at(end) != 'E'; ++end) {
        const char c = written.at(end);
        if (c == '.') {
            point = true;
        } else if (c != '-') {
            out.digits += c;
            out.scale += point ? 1 : 0;
        }
    }
    if (end < written.size()) {
        bool ok = false;
        const QByteArray text = written.mid(end + 1);
        const qint64 exponent = text.toLongLong(&ok);
        const qint64 far = text.startsWith('-') ? -farthest : farthest;
        out.scale -= ok ? std::clamp(exponent, -farthest, farthest) : far;
    }
    qsizetype last = out.digits.size();
    while (last > 0 && out.digits.at(last - 1) == '0') {
        --last;
    }
    out.scale -= out.digits.size() - last;
    qsizetype first = 0;
    while (first < last && out.digits.at(first) == '0') {
        ++first;
    }
    out.digits = out.digits.mid(first, last - first);
    out.negative = written.startsWith('-') && !out.digits.isEmpty();
    out.scale = out.digits.isEmpty() ? 0 : out.scale;
    return out;
}

std::strong_ordering compareSizes(const Digits &a, const Digits &b)
{
    if (a.digits.isEmpty() || b.digits.isEmpty()) {
        return a.digits.size() <=> b.digits.size();
    }
    if (a.order() != b.order()) {
        return a.order() <=> b.order();
    }
    // Without zeros at the end, the longer of two that begin alike is the larger.
    return a.digits.compare(b.digits) <=> 0;
}

} // namespace

std::strong_ordering compare(const QByteArray &a, const QByteArray &b)
{
    const Digits left = digitsOf(a);
    const Digits right = digitsOf(b);
    if (left.negative != right.negative) {
        return left.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return left.negative ? compareSizes(right, left) : compareSizes(left, right);
}

std::optional<bool> isMultiple(const QByteArray &a, const QByteArray &b)
{
    const Digits dividend = digitsOf(a);
    const Digits divisor = digitsOf(b);
    const quint64 by = divisor.digits.toULongLong();
    if (by == 0 || by > largestDivisor || divisor.negative) {
        return std::nullopt;
    }
    if (dividend.digits.isEmpty()) {
        return true;
    }
    // Its last digit is not 0, so nothing with a factor 10 divides it.
    if (dividend.scale > divisor.scale) {
        return false;
    }
    quint64 rest = 0;
    for (const char digit : dividend.digits) {
        rest = (rest * 10 + quint64(digit - '0')) % by;
    }
    for (qint64 i = std::min(divisor.scale - dividend.scale, enoughTens); i > 0; --i) {
        rest = rest * 10 % by;
    }
    return rest == 0;
}

bool isWhole(const QByteArray &a)
{
    return digitsOf(a).scale <= 0;
}

bool same(const Json &a, const Json &b)
{
    if (a.type() != b.type()) {
        return false;
    }
    if (a.isNumber()) {
        return compare(a.numberText(), b.numberText()) == 0;
    }
    if (a.isArray()) {
        return std::equal(a.items().cbegin(), a.items().cend(), b.items().cbegin(),
                          b.items().cend(), same);
    }
    if (a.isObject()) {
        return a.members().size() == b.members().size() && sameKey(a) == sameKey(b);
    }
    return a == b;
}

namespace {

/// Numbers in one form; only ever compared, never read as JSON again.
Json levelled(const Json &value)
{
    if (value.isNumber()) {
        const Digits digits = digitsOf(value.numberText());
        return Json(QString::fromLatin1((digits.negative ? "#-" : "#") + digits.digits + 'e'
                                        + QByteArray::number(-digits.scale)));
    }
    if (value.isString()) {
        return Json(QLatin1Char('"') + value.toString());
    }
    if (value.isArray()) {
        Json::Array items;
        items.reserve(value.items().size());
        for (const Json &item : value.items()) {
            items.append(levelled(item));
        }
        return Json::array(std::move(items));
    }
    if (value.isObject()) {
        Json::Object members;
        members.reserve(value.members().size());
        for (const auto &[name, member] : value.members()) {
            members.append({name, levelled(member)});
        }
        return Json::object(std::move(members));
    }
    return value;
}

} // namespace

QByteArray sameKey(const Json &value)
{
    return canonicalJson(levelled(value));
}

} // namespace countersign::jsonnumber
