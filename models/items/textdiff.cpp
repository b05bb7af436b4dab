// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/textdiff.h"

#include <QRegularExpression>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype mostCells = 1'000'000; // of the table below; some milliseconds
constexpr qsizetype mostByWords = 40'000; // characters of both; parting them takes time as well
constexpr qsizetype mostByLines = 400'000;

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

/// Length of the whole lines that both begin with.
qsizetype commonHead(QStringView a, QStringView b)
{
    const qsizetype most = std::min(a.size(), b.size());
    const auto differs = std::mismatch(a.begin(), a.begin() + most, b.begin()).first - a.begin();
    if (differs == a.size() && differs == b.size()) {
        return differs;
    }
    return a.first(differs).lastIndexOf(u'\n') + 1;
}

/// Length of the whole lines that both end with; both begin with a line.
qsizetype commonTail(QStringView a, QStringView b)
{
    const qsizetype most = std::min(a.size(), b.size());
    qsizetype same = 0;
    while (same < most && a.at(a.size() - 1 - same) == b.at(b.size() - 1 - same)) {
        ++same;
    }
    const auto begins = [same](QStringView text) -> bool {
        return same == text.size() || text.at(text.size() - 1 - same) == u'\n';
    };
    if (begins(a) && begins(b)) {
        return same;
    }
    const qsizetype line = a.last(same).indexOf(u'\n');
    return line < 0 ? 0 : same - line - 1;
}

void compareMiddle(Differ &differ, const QString &before, const QString &after)
{
    for (const QRegularExpression *pattern : {&words(), &lines()}) {
        if (before.size() + after.size() > (pattern == &words() ? mostByWords : mostByLines)) {
            continue;
        }
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
        return;
    }
    differ.put(DiffPiece::Kind::Removed, before);
    differ.put(DiffPiece::Kind::Added, after);
}

} // namespace

QList<DiffPiece> textDiff(const QString &before, const QString &after)
{
    Differ differ;
    const qsizetype head = commonHead(before, after);
    const QStringView restBefore = QStringView(before).mid(head);
    const QStringView restAfter = QStringView(after).mid(head);
    const qsizetype tail = commonTail(restBefore, restAfter);
    differ.put(DiffPiece::Kind::Same, QStringView(before).first(head));
    compareMiddle(differ, restBefore.chopped(tail).toString(), restAfter.chopped(tail).toString());
    differ.put(DiffPiece::Kind::Same, restBefore.last(tail));
    return differ.pieces();
}

} // namespace countersign
