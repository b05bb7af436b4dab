// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/textdiff.h"

#include <QRegularExpression>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype mostCells = 1'000'000; // of the table below; some milliseconds

using Tokens = QList<QStringView>;

Tokens tokens(const QString &text, const QRegularExpression &pattern)
{
    Tokens found;
    auto matches = pattern.globalMatch(QStringView(text));
    while (matches.hasNext()) {
        found.append(matches.next().capturedView());
    }
    return found;
}

const QRegularExpression &words()
{
    static const QRegularExpression pattern(QStringLiteral("\\n|[^\\S\\n]+|\\w+|[^\\w\\s]"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

const QRegularExpression &lines()
{
    static const QRegularExpression pattern(QStringLiteral("[^\\n]*\\n|[^\\n]+$"));
    return pattern;
}

class Differ
{
public:
    void put(DiffPiece::Kind kind, QStringView text)
    {
        if (text.isEmpty()) {
            return;
        }
        if (!m_pieces.isEmpty() && m_pieces.last().kind == kind) {
            m_pieces.last().text += text;
        } else {
            m_pieces.append({kind, text.toString()});
        }
    }

    /// By the longest common subsequence, `a` and `b` having neither end in common.
    void compare(const Tokens &a, const Tokens &b)
    {
        const qsizetype width = b.size() + 1;
        QList<quint32> longest((a.size() + 1) * width, 0);
        for (qsizetype i = a.size() - 1; i >= 0; --i) {
            for (qsizetype j = b.size() - 1; j >= 0; --j) {
                longest[i * width + j] = a.at(i) == b.at(j)
                    ? longest.at((i + 1) * width + j + 1) + 1
                    : std::max(longest.at((i + 1) * width + j), longest.at(i * width + j + 1));
            }
        }
        qsizetype i = 0;
        qsizetype j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.at(i) == b.at(j)) {
                put(DiffPiece::Kind::Same, a.at(i++));
                ++j;
            } else if (j == b.size()
                       || (i < a.size()
                           && longest.at((i + 1) * width + j) >= longest.at(i * width + j + 1))) {
                put(DiffPiece::Kind::Removed, a.at(i++));
            } else {
                put(DiffPiece::Kind::Added, b.at(j++));
            }
        }
    }

    [[nodiscard]] QList<DiffPiece> pieces() const { return m_pieces; }

private:
    QList<DiffPiece> m_pieces;
};

} // namespace

QList<DiffPiece> textDiff(const QString &before, const QString &after)
{
    Differ differ;
    for (const QRegularExpression *pattern : {&words(), &lines()}) {
        Tokens a = tokens(before, *pattern);
        Tokens b = tokens(after, *pattern);
        qsizetype head = 0;
        while (head < a.size() && head < b.size() && a.at(head) == b.at(head)) {
            ++head;
        }
        qsizetype tail = 0;
        while (tail < a.size() - head && tail < b.size() - head
               && a.at(a.size() - 1 - tail) == b.at(b.size() - 1 - tail)) {
            ++tail;
        }
        const Tokens left = a.mid(head, a.size() - head - tail);
        const Tokens right = b.mid(head, b.size() - head - tail);
        if ((left.size() + 1) * (right.size() + 1) > mostCells) {
            continue;
        }
        for (qsizetype i = 0; i < head; ++i) {
            differ.put(DiffPiece::Kind::Same, a.at(i));
        }
        differ.compare(left, right);
        for (qsizetype i = a.size() - tail; i < a.size(); ++i) {
            differ.put(DiffPiece::Kind::Same, a.at(i));
        }
        return differ.pieces();
    }
    differ.put(DiffPiece::Kind::Removed, before);
    differ.put(DiffPiece::Kind::Added, after);
    return differ.pieces();
}

} // namespace countersign
