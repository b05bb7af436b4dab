// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/displaytext.h"

#include "domain/codepoints.h"
#include "domain/translate.h"

#include <QLocale>

#include <algorithm>

namespace countersign {

namespace {

constexpr int maxMarks = 4;
constexpr int maxBreaks = 4;
constexpr int maxSpaces = 40; ///< indentation of code and JSON passes
constexpr int maxSpacesInLine = 8;
constexpr int maxChipsInRow = 8;
constexpr qsizetype lookAhead = 4; ///< times the length that is shown; the rest is only counted
constexpr qsizetype leastLookAhead = 4096;

QString number(qsizetype count)
{
    return QLocale(QLocale::English).toString(qlonglong(count));
}

qsizetype characters(QStringView text)
{
    qsizetype count = 0; // a plain loop: it runs over megabytes
    for (const QChar unit : text) {
        count += (unit.unicode() & 0xFC00) != 0xDC00 ? 1 : 0;
    }
    return count;
}

/// Not between the halves of a pair.
qsizetype lookedAt(QStringView text, qsizetype shown)
{
    const qsizetype length = std::max(leastLookAhead, lookAhead * shown);
    if (length >= text.size()) {
        return text.size();
    }
    return text.at(length - 1).isHighSurrogate() ? length - 1 : length;
}

class Writer
{
public:
    Writer(QStringView source, const DisplayOptions &options)
        : m_source(source.first(lookedAt(source, options.maxLength))),
          m_rest(source.mid(m_source.size())),
          m_options(options)
    {
    }

    DisplayText write();

private:
    struct Point
    {
        char32_t c = 0;
        int length = 0; ///< 0 at the end
        CodePointKind kind = CodePointKind::Plain;
    };

    [[nodiscard]] Point pointAt(qsizetype at) const;
    [[nodiscard]] Point pointBefore(qsizetype at) const;
    [[nodiscard]] bool isWantedJoiner(const Point &point) const;
    [[nodiscard]] qsizetype plainEnd() const;
    void chip(const QString &words);
    void hiddenRun();
    void spaceRun();
    void spaces(QStringView run);
    void markRun();
    void plain(const Point &point);
    void finish();

    QStringView m_source; ///< as far as it is looked at
    QStringView m_rest;
    DisplayOptions m_options;
    DisplayText m_out;
    qsizetype m_at = 0;
    int m_wordScripts = 0;
};

Writer::Point Writer::pointAt(qsizetype at) const
{
    if (at < 0 || at >= m_source.size()) {
        return {};
    }
    const QChar unit = m_source.at(at);
    Point point{.c = unit.unicode(), .length = 1};
    if (unit.isHighSurrogate() && at + 1 < m_source.size()
        && m_source.at(at + 1).isLowSurrogate()) {
        point = {.c = QChar::surrogateToUcs4(unit, m_source.at(at + 1)), .length = 2};
    } else if (unit == QLatin1Char('\r') && at + 1 < m_source.size()
               && m_source.at(at + 1) == QLatin1Char('\n')) {
        point = {.c = '\n', .length = 2};
    }
    point.kind = codePointKind(point.c);
    if (m_options.identifier && point.kind == CodePointKind::Space && point.c != ' ') {
        point.kind = CodePointKind::Invisible;
    }
    return point;
}

Writer::Point Writer::pointBefore(qsizetype at) const
{
    const bool pair
        = at >= 2 && m_source.at(at - 1).isLowSurrogate() && m_source.at(at - 2).isHighSurrogate();
    return pointAt(at - (pair ? 2 : 1));
}

/// Joiners where prose needs them: between letters of a cursive script, between emoji, and the
/// selector after an emoji.
bool Writer::isWantedJoiner(const Point &point) const
{
    if (m_options.identifier || (point.c != 0x200C && point.c != 0x200D && point.c != 0xFE0F)) {
        return false;
    }
    const Point before = pointBefore(m_at);
    const Point after = pointAt(m_at + point.length);
    if (point.c == 0xFE0F) {
        return isEmoji(before.c) || after.c == 0x20E3;
    }
    if (point.c == 0x200D && (isEmoji(before.c) || before.c == 0xFE0F)) {
        return isEmoji(after.c);
    }
    return isCursive(before.c) && QChar::isLetter(after.c);
}

void Writer::chip(const QString &words)
{
    m_out.chips.append({.start = m_out.text.size(), .length = words.size()});
    m_out.text += words;
    m_wordScripts = 0;
}

void Writer::hiddenRun()
{
    int chips = 0;
    int unnamed = 0;
    Point point = pointAt(m_at);
    while (point.length > 0 && isHidden(point.kind) && !isWantedJoiner(point)) {
        const char32_t c = point.c;
        const CodePointKind kind = point.kind;
        int times = 0;
        while (point.length > 0 && point.c == c) {
            ++times;
            m_at += point.length;
            point = pointAt(m_at);
        }
        (kind == CodePointKind::Bidi          ? m_out.bidi
             : kind == CodePointKind::Control ? m_out.control
                                              : m_out.invisible)
            += times;
        if (++chips > maxChipsInRow) {
            unnamed += times;
            continue;
        }
        const QString name
            = QString::number(uint(c), 16).toUpper().rightJustified(4, QLatin1Char('0'));
        chip(times == 1 ? QStringLiteral("[U+%1]").arg(name)
                        : QStringLiteral("[U+%1 ×%2]").arg(name, number(times)));
    }
    if (unnamed > 0) {
        chip(tr("[%1 more hidden characters]").arg(number(unnamed)));
    }
}

void Writer::spaces(QStringView run)
{
    if (run.size() > (m_options.singleLine ? maxSpacesInLine : maxSpaces)) {
        m_out.padding += int(run.size());
        chip(tr("[%1 spaces]").arg(number(run.size())));
    } else if (m_options.singleLine) {
        m_out.text += run.toString().replace(QLatin1Char('\t'), QLatin1Char(' '));
    } else {
        m_out.text += run;
    }
}

void Writer::spaceRun()
{
    const qsizetype start = m_at;
    qsizetype lineStart = m_at;
    int breaks = 0;
    QString lines;
    Point point = pointAt(m_at);
    while (point.kind == CodePointKind::Space || point.kind == CodePointKind::Break) {
        m_at += point.length;
        if (point.kind == CodePointKind::Break) {
            ++breaks;
            lineStart = m_at;
        }
        point = pointAt(m_at);
    }
    m_wordScripts = 0;
    if (breaks > maxBreaks) {
        m_out.padding += breaks;
        m_out.text += m_options.singleLine ? QLatin1Char(' ') : QLatin1Char('\n');
        chip(tr("[%1 line breaks]").arg(number(breaks)));
    }
    if (breaks > 0) {
        m_out.text += m_options.singleLine
            ? breaks > maxBreaks ? QStringLiteral(" ") : QStringLiteral(" ⏎ ")
            : QString(breaks > maxBreaks ? 1 : breaks, QLatin1Char('\n'));
        if (const qsizetype blanks = lineStart - start - breaks; blanks > breaks + maxSpaces) {
            m_out.padding += int(blanks); // they pad the lines before the last
            chip(tr("[%1 spaces]").arg(number(blanks)));
        }
        if (m_options.singleLine) {
            return; // indentation means nothing there
        }
    }
    spaces(m_source.mid(lineStart, m_at - lineStart));
}

void Writer::markRun()
{
    int count = 0;
    for (Point point = pointAt(m_at); point.kind == CodePointKind::Mark; point = pointAt(m_at)) {
        if (++count <= maxMarks) {
            m_out.text += m_source.mid(m_at, point.length);
        }
        m_at += point.length;
    }
    if (count > maxMarks) {
        m_out.marks += count - maxMarks;
        chip(tr("[%1 more marks]").arg(number(count - maxMarks)));
    }
}

void Writer::plain(const Point &point)
{
    if (QChar::isLetter(point.c)) {
        m_wordScripts |= lookAlikeScript(point.c);
        m_out.mixedScript = m_out.mixedScript || (m_wordScripts & (m_wordScripts - 1)) != 0;
    } else if (QChar::isDigit(point.c)) {
        m_out.foreignDigits = true;
    } else {
        m_wordScripts = 0;
    }
    m_out.text += m_source.mid(m_at, point.length);
    m_at += point.length;
}

/// The end of the printable ASCII from here on, within the length that may be shown.
qsizetype Writer::plainEnd() const
{
    const qsizetype end = std::min(m_source.size(), m_at + m_options.maxLength - m_out.text.size());
    qsizetype at = m_at;
    while (at < end && m_source.at(at) > QLatin1Char(' ') && m_source.at(at) < QChar(0x7F)) {
        ++at;
    }
    return at;
}

DisplayText Writer::write()
{
    m_out.text.reserve(std::min(m_source.size(), m_options.maxLength) + 64);
    while (m_at < m_source.size() && m_out.text.size() < m_options.maxLength) {
        if (const qsizetype end = plainEnd(); end > m_at) {
            for (const QChar c : m_source.mid(m_at, end - m_at)) {
                const bool letter = (c.unicode() | 0x20) >= 'a' && (c.unicode() | 0x20) <= 'z';
                const bool inWord = letter || c == QLatin1Char('_')
                    || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
                m_wordScripts = inWord ? m_wordScripts | int(letter) : 0;
                m_out.mixedScript = m_out.mixedScript || (m_wordScripts & (m_wordScripts - 1)) != 0;
            }
            m_out.text += m_source.mid(m_at, end - m_at);
            m_at = end;
            continue;
        }
        const Point point = pointAt(m_at);
        if (isHidden(point.kind) && !isWantedJoiner(point)) {
            hiddenRun();
        } else if (point.kind == CodePointKind::Space || point.kind == CodePointKind::Break) {
            spaceRun();
        } else if (point.kind == CodePointKind::Mark) {
            markRun();
        } else {
            plain(point);
        }
    }
    finish();
    return std::move(m_out);
}

void Writer::finish()
{
    m_out.cut = characters(m_source.mid(m_at)) + characters(m_rest);
    if (m_out.cut > 0) {
        chip(tr("… %1 more characters").arg(number(m_out.cut)));
    }
    if (!m_options.isolate) {
        return;
    }
    qsizetype shift = 1;
    auto chip = m_out.chips.begin();
    QString isolated(QChar(0x2068));
    isolated.reserve(m_out.text.size() + 64);
    for (qsizetype at = 0; at < m_out.text.size(); ++at) {
        for (; chip != m_out.chips.end() && chip->start == at; ++chip) {
            chip->start += shift;
        }
        if (m_out.text.at(at) == QLatin1Char('\n')) { // a paragraph ends every isolate
            isolated += QStringLiteral("\u2069\n\u2068");
            shift += 2;
        } else {
            isolated += m_out.text.at(at);
        }
    }
    m_out.text = isolated + QChar(0x2069);
}

} // namespace

DisplayText displayText(const QString &foreign, const DisplayOptions &options)
{
    return Writer(foreign, options).write();
}

QString shortName(const QString &foreign, int max)
{
    // What was cut is not told: the name must fit.
    const DisplayOptions options{.singleLine = true, .identifier = true, .maxLength = max};
    const DisplayText shown = displayText(foreign.trimmed(), options);
    QString name = shown.cut > 0 ? shown.text.left(shown.chips.constLast().start) : shown.text;
    if (shown.cut == 0 && name.size() <= max) {
        return name;
    }
    name.truncate(max - 1);
    if (!name.isEmpty() && name.back().isHighSurrogate()) {
        name.chop(1);
    }
    return name + QChar(0x2026);
}

} // namespace countersign
