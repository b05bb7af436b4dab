// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/review.h"

#include "domain/trust.h"

#include <QtEndian>

namespace countersign {

namespace {

constexpr int mostDecimals = 18; // 10^18 times 2^64 still fits
__extension__ using Wide = unsigned __int128;

/// At most 1, both at most 10^18.
struct Fraction
{
    quint64 numerator = 0;
    quint64 denominator = 1;
};

std::optional<Fraction> fractionOf(const QString &share)
{
    const qsizetype point = share.indexOf(QLatin1Char('.'));
    const QString whole = point < 0 ? share : share.left(point);
    const QString decimals = point < 0 ? QString() : share.mid(point + 1);
    if ((whole != u"0" && whole != u"1") || decimals.size() > mostDecimals
        || (point >= 0 && decimals.isEmpty())) {
        return std::nullopt;
    }
    Fraction fraction{whole == u"1" ? quint64(1) : quint64(0), 1};
    for (const QChar digit : decimals) {
        if (digit < u'0' || digit > u'9') {
            return std::nullopt;
        }
        fraction.numerator = fraction.numerator * 10 + quint64(digit.unicode() - u'0');
        fraction.denominator *= 10;
    }
    const bool isOne = fraction.numerator <= fraction.denominator;
    return fraction.numerator > 0 && isOne ? std::optional<Fraction>(fraction) : std::nullopt;
}

} // namespace

bool isShare(const QString &share)
{
    return fractionOf(share).has_value();
}

bool isWithin(quint64 number, const QString &share)
{
    const auto fraction = fractionOf(share);
    return fraction && Wide(number) * fraction->denominator < (Wide(fraction->numerator) << 64);
}

bool isBlindCase(const CaseId &id, const PersonId &person, const QString &share)
{
    const QString text
        = QStringLiteral("countersign blind v1\n%1\n%2").arg(person.toString(), id.toString());
    return isWithin(qFromBigEndian<quint64>(sha256(text.toUtf8()).constData()), share);
}

} // namespace countersign
