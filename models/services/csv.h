// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decimal.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace countersign {

/// One row of a CSV file (RFC 4180, UTF-8, CRLF), cell by cell. Text never becomes a formula where
/// a spreadsheet opens it: cells that begin like one get a leading apostrophe. The lossless form of
/// an export is JSON lines.
class CsvRow
{
public:
    CsvRow &text(const QString &cell);
    /// Only from typed columns: written bare, a leading minus stays.
    CsvRow &number(qint64 cell);
    CsvRow &
    number(const std::optional<Decimal> &cell); ///< as it was written; empty where there is none
    CsvRow &empty();

    [[nodiscard]] QByteArray line() const { return m_line + "\r\n"; }

private:
    CsvRow &append(const QByteArray &cell);

    QByteArray m_line;
    bool m_first = true;
};

/// The text as it stands in a cell, before quoting: defused, NUL and lone surrogates replaced by
/// U+FFFD.
[[nodiscard]] QString defusedCell(const QString &text);

} // namespace countersign
