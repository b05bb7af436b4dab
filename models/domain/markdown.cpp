// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/markdown.h"

#include <QSet>

namespace countersign {

namespace {

using Kind = MarkdownSpan::Kind;

constexpr qsizetype longestInline = 2000;
constexpr int deepestHeading = 6;
constexpr int mostDigits = 9;

qsizetype indent(QStringView line)
{
    qsizetype at = 0;
    while (at < line.size() && line.at(at) == u' ') {
        ++at;
    }
    return at;
}

qsizetype runOf(QStringView line, qsizetype at)
{
    qsizetype end = at;
    while (end < line.size() && line.at(end) == line.at(at)) {
        ++end;
    }
    return end - at;
}

bool isFence(QStringView line)
{
    const qsizetype at = indent(line);
    return at < line.size() && (line.at(at) == u'`' || line.at(at) == u'~') && runOf(line, at) >= 3;
}

/// Three or more of the same and nothing else.
bool isRule(QStringView line)
{
    const QStringView text = line.trimmed();
    if (text.isEmpty() || !QStringView(u"-*_").contains(text.first())) {
        return false;
    }
    qsizetype marks = 0;
    for (const QChar c : text) {
        if (c != text.first() && c != u' ') {
            return false;
        }
        marks += c == u' ' ? 0 : 1;
    }
    return marks >= 3;
}

/// How long the mark of a list item at `at` is, with the space after it; 0 for none.
qsizetype itemMark(QStringView line, qsizetype at)
{
    qsizetype end = at;
    if (end < line.size() && QStringView(u"-*+").contains(line.at(end))) {
        ++end;
    } else {
        while (end < line.size() && end - at < mostDigits && line.at(end).unicode() >= '0'
               && line.at(end).unicode() <= '9') {
            ++end;
        }
        if (end == at || end == line.size() || (line.at(end) != u'.' && line.at(end) != u')')) {
            return 0;
        }
        ++end;
    }
    return end < line.size() && line.at(end) == u' ' ? end + 1 - at : 0;
}

/// Code, strong and emphasised text from `from` on.
class Inline
{
public:
    Inline(QStringView line, qsizetype from, QList<MarkdownSpan> &spans)
        : m_line(line),
          m_at(from),
          m_spans(spans)
    {
    }

    void read()
    {
        while (m_at < m_line.size()) {
            const QChar c = m_line.at(m_at);
            const qsizetype run = runOf(m_line, m_at);
            const bool span = c == u'`' ? put(run, Kind::Code)
                : c == u'*' || c == u'_'
                ? (run == 2 && put(2, Kind::Strong)) || (run == 1 && put(1, Kind::Emphasis))
                : false;
            if (!span) {
                m_at += c == u'`' || c == u'*' || c == u'_' ? run : 1;
            }
        }
    }

private:
    [[nodiscard]] bool isWord(qsizetype at) const
    {
        return at >= 0 && at < m_line.size() && m_line.at(at).isLetterOrNumber();
    }

    /// A span opened by `run` equal marks here, if it is closed on this line.
    bool put(qsizetype run, Kind kind)
    {
        const QChar mark = m_line.at(m_at);
        const qsizetype begin = m_at + run;
        const bool spaced = begin >= m_line.size() || m_line.at(begin).isSpace();
        const auto opening = std::pair(mark, run);
        if (m_unclosed.contains(opening)
            || (kind != Kind::Code && (spaced || (mark == u'_' && isWord(m_at - 1))))) {
            return false;
        }
        for (qsizetype end = begin + 1; end < m_line.size();) {
            if (m_line.at(end) != mark) {
                ++end;
                continue;
            }
            const qsizetype closing = runOf(m_line, end);
            const bool closes = closing == run
                && (kind == Kind::Code
                    || (!m_line.at(end - 1).isSpace() && !(mark == u'_' && isWord(end + closing))));
            if (closes) {
                m_spans.append({m_at, run, Kind::Marker});
                m_spans.append({begin, end - begin, kind});
                m_spans.append({end, run, Kind::Marker});
                m_at = end + run;
                return true;
            }
            end += closing;
        }
        m_unclosed.insert(opening); // nor will it be from further on
        return false;
    }

    QStringView m_line;
    qsizetype m_at;
    QSet<std::pair<QChar, qsizetype>> m_unclosed;
    QList<MarkdownSpan> &m_spans;
};

} // namespace

MarkdownLine markdownLine(QStringView line, bool inCode)
{
    MarkdownLine read;
    if (isFence(line)) {
        read.spans.append({0, line.size(), Kind::Marker});
        read.inCode = !inCode;
        return read;
    }
    read.inCode = inCode;
    if (line.isEmpty()) {
        return read;
    }
    if (inCode) {
        read.spans.append({0, line.size(), Kind::Code});
        return read;
    }
    if (isRule(line)) {
        read.spans.append({0, line.size(), Kind::Marker});
        return read;
    }
    const qsizetype at = indent(line);
    const qsizetype hashes = at < line.size() && line.at(at) == u'#' ? runOf(line, at) : 0;
    if (hashes > 0 && hashes <= deepestHeading && at + hashes < line.size()
        && line.at(at + hashes) == u' ') {
        read.spans.append({at, hashes, Kind::Marker});
        read.spans.append({at + hashes, line.size() - at - hashes, Kind::Heading, int(hashes)});
        return read;
    }
    if (at < line.size() && line.at(at) == u'>') {
        read.spans.append({at, 1, Kind::Marker});
        read.spans.append({at + 1, line.size() - at - 1, Kind::Quote});
        return read;
    }
    const qsizetype mark = itemMark(line, at);
    if (mark > 0) {
        read.spans.append({at, mark, Kind::Marker});
    }
    if (line.size() <= longestInline) {
        Inline(line, at + mark, read.spans).read();
    }
    return read;
}

} // namespace countersign
