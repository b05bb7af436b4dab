// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/precedent.h"

namespace countersign::sqlite {

/// Tokens as the index writes them.

/// Eight letters and digits.
[[nodiscard]] inline QString termOf(Token token)
{
    QString term;
    term.reserve(8);
    for (int shift = 35; shift >= 0; shift -= 5) {
        term.append(QLatin1Char("abcdefghijklmnopqrstuvwxyz234567"[(token >> shift) & 31U]));
    }
    return term;
}

/// All terms of packed traits, apart by spaces.
[[nodiscard]] QString termsText(const QByteArray &packed);

[[nodiscard]] inline QByteArray tokenBytes(const QList<Token> &tokens)
{
    QByteArray bytes;
    for (const Token token : tokens) {
        for (int shift = 32; shift >= 0; shift -= 8) {
            bytes.append(char(token >> shift));
        }
    }
    return bytes;
}

[[nodiscard]] inline QList<Token> tokensOf(const QByteArray &bytes)
{
    QList<Token> tokens;
    for (qsizetype i = 0; i + 5 <= bytes.size(); i += 5) {
        Token token = 0;
        for (qsizetype k = i; k < i + 5; ++k) {
            token = token << 8 | quint8(bytes.at(k));
        }
        tokens.append(token);
    }
    return tokens;
}

} // namespace countersign::sqlite
