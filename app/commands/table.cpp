// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/table.h"

#include "domain/displaytext.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int widest = 60;

}

QString visible(const QString &foreign)
{
    return displayText(foreign, {.singleLine = true, .maxLength = 2'000}).text;
}

QString table(const QStringList &titles, const QList<QStringList> &rows)
{
    QList<QStringList> lines{titles};
    QList<qsizetype> widths(titles.size(), 0);
    for (const QStringList &row : rows) {
        QStringList line;
        for (const QString &cell : row) {
            line.append(displayText(cell, {.singleLine = true, .maxLength = widest}).text);
        }
        lines.append(line);
    }
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < titles.size(); ++i) {
            widths[i] = std::max(widths.at(i), line.at(i).size());
        }
    }
    QString text;
    for (const QStringList &line : lines) {
        QString written;
        for (qsizetype i = 0; i < titles.size(); ++i) {
            written += line.at(i).leftJustified(widths.at(i) + 2);
        }
        text += written.trimmed() + QLatin1Char('\n');
    }
    return text;
}

} // namespace countersign
