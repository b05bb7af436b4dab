// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/foreigntext.h"

#include "domain/displaytext.h"

#include <QCoreApplication>

namespace countersign {

namespace {

QString shown(const QString &text, DisplayOptions options, qsizetype limit)
{
    options.maxLength = limit;
    return displayText(text, options).text;
}

QString warningOf(const DisplayText &shown)
{
    const int hidden = shown.bidi + shown.invisible + shown.control + shown.marks;
    if (hidden > 0) {
        return hidden == 1
            ? QCoreApplication::translate("ForeignText", "1 hidden character, shown in brackets")
            : QCoreApplication::translate("ForeignText", "%n hidden characters, shown in brackets",
                                          nullptr, hidden);
    }
    if (shown.padding > 0) {
        return QCoreApplication::translate("ForeignText", "long runs of blanks, shortened");
    }
    return shown.mixedScript ? QCoreApplication::translate(
               "ForeignText", "letters of several scripts that look alike within a word")
                             : QString();
}

} // namespace

QString foreignText(const QString &text, qsizetype limit)
{
    return shown(text, {.isolate = true}, limit);
}

QString foreignLine(const QString &text, qsizetype limit)
{
    return shown(text, {.singleLine = true, .isolate = true}, limit);
}

QString foreignName(const QString &text, qsizetype limit)
{
    return shown(text, {.singleLine = true, .identifier = true, .isolate = true}, limit);
}

ForeignText foreignWithWarning(const QString &text, qsizetype limit)
{
    const DisplayText shown = displayText(text, {.isolate = true, .maxLength = limit});
    return {shown.text, text.size() <= limit ? warningOf(shown) : foreignWarning(text)};
}

QString foreignWarning(const QString &text)
{
    return warningOf(displayText(text));
}

} // namespace countersign
