// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/csv.h"

#include "domain/displaytext.h"

#include <algorithm>

namespace countersign {

namespace {

/// Also behind white space and what nobody sees: some spreadsheets trim before they look.
bool beginsLikeAFormula(const QString &text)
{
    static const QString starts = QStringLiteral("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\u2212");
    for (const char32_t c : text.toUcs4()) {
        if (c < 0x10000 && starts.contains(QChar(char16_t(c)))) {
            return true;
        }
        if (!QChar::isSpace(c) && !isHiddenCodePoint(c)) {
            return false;
        }
    }
    return false;
}

} // namespace

QString defusedCell(const QString &text)
{
    QString cell = text;
    for (qsizetype at = 0; at < cell.size(); ++at) {
        const QChar c = cell.at(at);
        const bool pair
            = c.isHighSurrogate() && at + 1 < cell.size() && cell.at(at + 1).isLowSurrogate();
        if (pair) {
            ++at;
        } else if (c.isNull() || c.isSurrogate()) {
            cell[at] = QChar::ReplacementCharacter;
        }
    }
    return beginsLikeAFormula(cell) ? QLatin1Char('\'') + cell : cell;
}

CsvRow &CsvRow::text(const QString &cell)
{
    const QString defused = defusedCell(cell);
    const bool bare = std::none_of(defused.cbegin(), defused.cend(), [](QChar c) -> bool {
        return c == QLatin1Char('"') || c == QLatin1Char(',') || c == QLatin1Char(';')
            || c.isSpace();
    });
    if (bare) {
        return append(defused.toUtf8());
    }
    return append('"' + defused.toUtf8().replace('"', "\"\"") + '"');
}

CsvRow &CsvRow::number(qint64 cell)
{
    return append(QByteArray::number(cell));
}

CsvRow &CsvRow::number(const std::optional<Decimal> &cell)
{
    return append(cell ? cell->toString().toLatin1() : QByteArray());
}

CsvRow &CsvRow::empty()
{
    return append({});
}

CsvRow &CsvRow::append(const QByteArray &cell)
{
    if (!m_first) {
        m_line += ',';
    }
    m_first = false;
    m_line += cell;
    return *this;
}

} // namespace countersign
