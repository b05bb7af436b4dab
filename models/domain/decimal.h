// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <compare>
#include <optional>

namespace countersign {

/// An exact decimal as somebody wrote it: "1250.00" stays "1250.00", compares equal to "1250".
/// Digits are ASCII; exponents are taken ("1e3") up to ±400. Never a double.
class Decimal
{
public:
    Decimal() = default; ///< 0

    /// Nothing where `text` is not a JSON number of at most 400 digits.
    [[nodiscard]] static std::optional<Decimal> parse(const QByteArray &text);
    [[nodiscard]] static std::optional<Decimal> parse(const QString &text);

    [[nodiscard]] QString toString() const
    {
        return QString::fromLatin1(m_written);
    } ///< as written
    [[nodiscard]] double toDouble() const; ///< for drawing only; infinite beyond its range

    friend std::strong_ordering operator<=>(const Decimal &a, const Decimal &b);
    friend bool operator==(const Decimal &a, const Decimal &b) { return (a <=> b) == 0; }
    /// Exact; the larger number of decimals is kept.
    friend Decimal operator+(const Decimal &a, const Decimal &b);

private:
    QByteArray m_written = "0";
    bool m_negative = false;
    QByteArray m_digits = "0"; // no leading zeros but a single one
    int m_scale = 0; // how many of the digits stand after the point
};

} // namespace countersign
