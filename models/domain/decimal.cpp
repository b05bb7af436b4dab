// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decimal.h"

#include "domain/json.h"

#include <algorithm>
#include <limits>

namespace countersign {

namespace {

constexpr int maxDigits = 400;

QByteArray withoutLeadingZeros(QByteArray digits)
{
    qsizetype zeros = 0;
    while (zeros + 1 < digits.size() && digits.at(zeros) == '0') {
        ++zeros;
    }
    return digits.mid(zeros);
}

/// Both to the same scale and length, so that digits compare and add in place.
void align(QByteArray &a, int scaleA, QByteArray &b, int scaleB)
{
    const int scale = std::max(scaleA, scaleB);
    a += QByteArray(scale - scaleA, '0');
    b += QByteArray(scale - scaleB, '0');
    const qsizetype length = std::max(a.size(), b.size());
    a = a.rightJustified(length, '0');
    b = b.rightJustified(length, '0');
}

QByteArray sum(const QByteArray &a, const QByteArray &b)
{
    QByteArray out(a.size() + 1, '0');
    int carry = 0;
    for (qsizetype i = a.size() - 1; i >= 0; --i) {
        const int digit = (a.at(i) - '0') + (b.at(i) - '0') + carry;
        out[i + 1] = char('0' + digit % 10);
        carry = digit / 10;
    }
    out[0] = char('0' + carry);
    return out;
}

/// a >= b, same length.
QByteArray difference(const QByteArray &a, const QByteArray &b)
{
    QByteArray out(a.size(), '0');
    int borrow = 0;
    for (qsizetype i = a.size() - 1; i >= 0; --i) {
        int digit = (a.at(i) - '0') - (b.at(i) - '0') - borrow;
        borrow = digit < 0 ? 1 : 0;
        digit += borrow * 10;
        out[i] = char('0' + digit);
    }
    return out;
}

} // namespace

std::optional<Decimal> Decimal::parse(const QByteArray &text)
{
    if (!isJsonNumber(text) || text.size() > maxDigits) {
        return std::nullopt;
    }
    Decimal decimal;
    decimal.m_written = text;
    decimal.m_negative = text.startsWith('-');
    qsizetype exponentAt = text.indexOf('e');
    if (exponentAt < 0) {
        exponentAt = text.indexOf('E');
    }
    int exponent = 0;
    if (exponentAt >= 0) {
        bool ok = false;
        exponent = text.mid(exponentAt + 1).toInt(&ok);
        if (!ok || std::abs(exponent) > maxDigits) {
            return std::nullopt;
        }
    }
    QByteArray digits = text.left(exponentAt < 0 ? text.size() : exponentAt);
    digits.remove(0, decimal.m_negative ? 1 : 0);
    const qsizetype point = digits.indexOf('.');
    decimal.m_scale = point < 0 ? 0 : int(digits.size() - point - 1);
    digits.replace(".", "");
    decimal.m_scale -= exponent;
    if (decimal.m_scale < 0) {
        digits += QByteArray(-decimal.m_scale, '0');
        decimal.m_scale = 0;
    }
    decimal.m_digits = withoutLeadingZeros(digits);
    if (decimal.m_digits == "0") {
        decimal.m_negative = false;
    }
    return decimal;
}

std::optional<Decimal> Decimal::parse(const QString &text)
{
    return parse(text.toUtf8());
}

double Decimal::toDouble() const
{
    bool fits = false;
    const double value = m_written.toDouble(&fits);
    if (fits || m_digits.size() - m_scale <= 0) {
        return value;
    }
    return m_negative ? -std::numeric_limits<double>::infinity()
                      : std::numeric_limits<double>::infinity();
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b)
{
    if (a.m_negative != b.m_negative) {
        return a.m_negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    QByteArray left = a.m_digits;
    QByteArray right = b.m_digits;
    align(left, a.m_scale, right, b.m_scale);
    const int order = a.m_negative ? right.compare(left) : left.compare(right);
    return order <=> 0;
}

Decimal operator+(const Decimal &a, const Decimal &b)
{
    QByteArray left = a.m_digits;
    QByteArray right = b.m_digits;
    align(left, a.m_scale, right, b.m_scale);
    Decimal result;
    result.m_scale = std::max(a.m_scale, b.m_scale);
    if (a.m_negative == b.m_negative) {
        result.m_digits = sum(left, right);
        result.m_negative = a.m_negative;
    } else {
        const bool leftWins = left.compare(right) >= 0;
        result.m_digits = leftWins ? difference(left, right) : difference(right, left);
        result.m_negative = leftWins ? a.m_negative : b.m_negative;
    }
    result.m_digits = withoutLeadingZeros(result.m_digits);
    if (result.m_digits == "0") {
        result.m_negative = false;
    }
    QByteArray written = result.m_digits.rightJustified(result.m_scale + 1, '0');
    if (result.m_scale > 0) {
        written.insert(written.size() - result.m_scale, '.');
    }
    result.m_written = (result.m_negative ? "-" : "") + written;
    return result;
}

} // namespace countersign
