// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/foreigntext.h"

#include <QList>

namespace countersign {

namespace {

bool isHidden(char32_t c)
{
    if (c == U'\n' || c == U'\t') {
        return false;
    }
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Other_Format
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph
        || (c >= 0xE0000 && c <= 0xE0FFF);
}

QString shown(const QString &text, qsizetype limit, bool line)
{
    QString result;
    for (const char32_t c : text.left(limit).toUcs4()) {
        if (line && (c == U'\n' || c == U'\t')) {
            result += QLatin1Char(' ');
        } else if (isHidden(c)) {
            result += QStringLiteral("[U+%1]").arg(QString::number(c, 16).toUpper(), 4,
                                                   QLatin1Char('0'));
        } else {
            result += QString::fromUcs4(&c, 1);
        }
    }
    return text.size() > limit ? result + QStringLiteral(" …") : result;
}

} // namespace

QString foreignText(const QString &text, qsizetype limit)
{
    return shown(text, limit, false);
}

QString foreignLine(const QString &text, qsizetype limit)
{
    return shown(text, limit, true);
}

} // namespace countersign
