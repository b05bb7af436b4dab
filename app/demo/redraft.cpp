// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/redraft.h"

#include <QRegularExpression>

namespace countersign::demo {

namespace {

/// As long as `text`, with what stands in quotes blotted out.
QString outsideQuotes(const QString &text)
{
    static const QRegularExpression quoted(QStringLiteral("“[^”]*”|\"[^\"]*\"|«[^»]*»"));
    QString masked = text;
    auto matches = quoted.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        masked.replace(match.capturedStart(), match.capturedLength(),
                       QString(match.capturedLength(), u'x'));
    }
    return masked;
}

qsizetype utf16Index(const QString &text, qint64 codePoints)
{
    qsizetype at = 0;
    for (qint64 i = 0; i < codePoints && at < text.size(); ++i) {
        at += text.at(at).isHighSurrogate() ? 2 : 1;
    }
    return qMin(at, text.size());
}

/// Where the comment's passage stands now: at its place, else where it is found first.
std::optional<Passage> find(const QString &text, const PassageComment &comment)
{
    if (comment.quote.isEmpty()) {
        return std::nullopt;
    }
    qsizetype at = comment.start ? utf16Index(text, *comment.start) : -1;
    if (at < 0 || QStringView(text).mid(at, comment.quote.size()) != comment.quote) {
        at = text.indexOf(comment.quote);
    }
    return at < 0 ? std::nullopt
                  : std::optional(Passage{.from = at, .length = comment.quote.size()});
}

bool isProse(Artifact::Type type)
{
    return type == Artifact::Type::Text || type == Artifact::Type::Markdown;
}

class Redrafter
{
public:
    explicit Redrafter(const RedraftRequest &request) : m_request(request)
    {
        m_out.artifact = request.artifact;
        m_out.artifact.content = request.work.content.value_or(request.artifact.content);
    }

    Redraft run()
    {
        if (m_request.work.content && *m_request.work.content != m_request.artifact.content) {
            m_out.done.append(QStringLiteral("Took over your own changes."));
        }
        // From the end, so that the places of the others stay right.
        QList<PassageComment> comments = m_request.work.comments;
        std::stable_sort(comments.begin(), comments.end(),
                         [](const auto &a, const auto &b) -> bool {
                             return a.start.value_or(0) > b.start.value_or(0);
                         });
        for (const PassageComment &comment : comments) {
            for (const QString &instruction : instructionsIn(comment.text)) {
                note(instruction, follow(comment, instruction));
            }
        }
        for (const QString &instruction : instructionsIn(m_request.guidance)) {
            note(instruction, follow({}, instruction));
        }
        m_out.artifact.revision = m_request.artifact.revision + 1;
        m_out.artifact.note = (m_out.done + m_out.left).join(u'\n');
        return m_out;
    }

private:
    std::optional<QString> follow(const PassageComment &comment, const QString &instruction)
    {
        if (!isProse(m_out.artifact.type)) {
            return followInData(m_out.artifact.type, m_out.artifact.content, comment.quote,
                                instruction);
        }
        QString text = m_out.artifact.content.toString();
        const auto passage = find(text, comment);
        auto done = followInText(text, passage.value_or(Passage{.from = 0, .length = text.size()}),
                                 passage.has_value(), instruction, m_request.reason);
        m_out.artifact.content = Json(text);
        return done;
    }
    void note(const QString &instruction, const std::optional<QString> &done)
    {
        if (done) {
            m_out.done.append(*done);
        } else {
            m_out.left.append(
                QStringLiteral("Not done, because I do not know how: “%1”.").arg(instruction));
        }
    }

    const RedraftRequest &m_request;
    Redraft m_out;
};

} // namespace

QString bare(const QString &words)
{
    static const QRegularExpression quotes(QStringLiteral("^[“\"«]\\s*(.*?)\\s*[”\"»]$"),
                                           QRegularExpression::DotMatchesEverythingOption);
    QString text = words.trimmed();
    while (!text.isEmpty() && QStringLiteral(".!;,").contains(text.back())) {
        text.chop(1);
    }
    const auto match = quotes.match(text);
    return match.hasMatch() ? match.captured(1) : text;
}

QStringList instructionsIn(const QString &text)
{
    static const QRegularExpression border(
        QStringLiteral("(?<=[.!?;])\\s+|\\n+|,?\\s+(?:and|then)\\s+(?=(?:say|add|mention|remove|"
                       "delete|drop|shorten|make|use|change|replace|explain|state|include|set|sort|"
                       "put|leave|offer)\\b)"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList found;
    qsizetype from = 0;
    const auto take = [&](qsizetype to) -> void {
        const QString one = text.mid(from, to - from).trimmed();
        if (!one.isEmpty()) {
            found.append(one);
        }
    };
    auto borders = border.globalMatch(outsideQuotes(text));
    while (borders.hasNext()) {
        const auto match = borders.next();
        take(match.capturedStart());
        from = match.capturedEnd();
    }
    take(text.size());
    return found;
}

Redraft redraft(const RedraftRequest &request)
{
    return Redrafter(request).run();
}

} // namespace countersign::demo
