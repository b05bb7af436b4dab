// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/redraft.h"

#include <QRegularExpression>

namespace countersign::demo {

namespace {

using Match = QRegularExpressionMatch;

/// The text, the place in it that an instruction is about, and what may be said where asked why.
struct Scope
{
    QString &text;
    Passage where;
    bool isPassage;
    const QString &reason;

    [[nodiscard]] QString words() const { return text.mid(where.from, where.length); }
    void put(const QString &words) const { text.replace(where.from, where.length, words); }
};

using Rule = std::optional<QString> (*)(const Scope &, const Match &);

QRegularExpression pattern(const char *written)
{
    return QRegularExpression(QString::fromUtf8(written),
                              QRegularExpression::CaseInsensitiveOption
                                  | QRegularExpression::DotMatchesEverythingOption
                                  | QRegularExpression::UseUnicodePropertiesOption);
}

int wordCount(const QString &text)
{
    static const QRegularExpression blank(QStringLiteral("\\s+"));
    return int(text.split(blank, Qt::SkipEmptyParts).size());
}

QString sentence(const QString &words)
{
    static const QRegularExpression lead(QStringLiteral("^(?:that|the fact that)\\s+"),
                                         QRegularExpression::CaseInsensitiveOption);
    QString text = bare(QString(words).remove(lead));
    if (text.isEmpty()) {
        return text;
    }
    text[0] = text.at(0).toUpper();
    return QStringLiteral(".!?:").contains(text.back()) ? text : text + u'.';
}

QString brief(const QString &words)
{
    const QString line = words.simplified();
    return line.size() > 60 ? line.left(57) + QStringLiteral("…") : line;
}

std::optional<QString> replaceAll(const Scope &scope, const QString &before, const QString &after)
{
    QString words = scope.words();
    const auto count = words.count(before, Qt::CaseInsensitive);
    if (before.isEmpty() || count == 0) {
        return std::nullopt;
    }
    words.replace(before, after, Qt::CaseInsensitive);
    scope.put(words);
    return QStringLiteral("Replaced “%1” with “%2”%3.")
        .arg(brief(before), brief(after),
             count > 1 ? QStringLiteral(" in %1 places").arg(count) : QString());
}

bool isThis(const QString &words)
{
    static const QStringList pronouns{QStringLiteral("this"), QStringLiteral("it"),
                                      QStringLiteral("that"), QStringLiteral("")};
    return pronouns.contains(words.toLower());
}

std::optional<QString> exchange(const Scope &scope, const QString &before, const QString &after)
{
    if (scope.isPassage && isThis(before)) {
        return replaceAll(scope, scope.words(), after);
    }
    return replaceAll(scope, before, after);
}

std::optional<QString> replaceRule(const Scope &scope, const Match &match)
{
    return exchange(scope, bare(match.captured(1)), bare(match.captured(2)));
}

std::optional<QString> insteadRule(const Scope &scope, const Match &match)
{
    return exchange(scope, bare(match.captured(2)), bare(match.captured(1)));
}

/// After the passage's sentence; in the whole text as a paragraph before the closing.
void insert(const Scope &scope, const QString &words)
{
    if (scope.isPassage) {
        static const QRegularExpression end(QStringLiteral("[.!?](?=\\s|$)|(?=\\n)|$"));
        const auto match = end.match(scope.text, scope.where.from + scope.where.length);
        scope.text.insert(match.capturedEnd(), u' ' + words);
        return;
    }
    static const QRegularExpression closing(
        QStringLiteral("\\n\\n(?=(?:kind|warm|best|with kind) regards|sincerely|yours)"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = closing.match(scope.text);
    const qsizetype at = match.hasMatch() ? match.capturedStart() : scope.text.size();
    scope.text.insert(at, QStringLiteral("\n\n") + words);
}

std::optional<QString> whyRule(const Scope &scope, const Match &)
{
    static const QRegularExpression end(QStringLiteral("[.!?](?=\\s|$)"));
    const auto match = end.match(scope.reason);
    const QString reason = match.hasMatch() ? scope.reason.left(match.capturedEnd()) : scope.reason;
    if (reason.trimmed().isEmpty()) {
        return std::nullopt;
    }
    insert(scope, QStringLiteral("The reason: ") + reason.trimmed());
    return QStringLiteral("Said why: %1").arg(brief(reason));
}

std::optional<QString> sayRule(const Scope &scope, const Match &match)
{
    const QString words = bare(match.captured(1));
    if (words.isEmpty()) {
        return std::nullopt;
    }
    if (scope.isPassage) {
        return replaceAll(scope, scope.words(), words);
    }
    insert(scope, sentence(words));
    return QStringLiteral("Added: “%1”").arg(brief(sentence(words)));
}

std::optional<QString> addRule(const Scope &scope, const Match &match)
{
    const QString words = sentence(match.captured(1));
    if (words.isEmpty()) {
        return std::nullopt;
    }
    insert(scope, words);
    return QStringLiteral("Added: “%1”").arg(brief(words));
}

/// Every sentence of the scope; line ends are borders as well.
QList<Passage> sentencesIn(const Scope &scope)
{
    static const QRegularExpression one(
        QStringLiteral("[^\\n.!?]+(?:[.!?](?!\\s|$)[^\\n.!?]*)*[.!?]?"));
    QList<Passage> found;
    auto matches = one.globalMatch(scope.words());
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (!match.captured().trimmed().isEmpty()) {
            found.append({.from = scope.where.from + match.capturedStart(),
                          .length = match.capturedLength()});
        }
    }
    return found;
}

void tidy(QString &text)
{
    static const QRegularExpression blanks(QStringLiteral("[ \\t]{2,}"));
    static const QRegularExpression lines(QStringLiteral("\\n{3,}"));
    static const QRegularExpression edges(QStringLiteral("[ \\t]+(?=\\n)|(?<=\\n)[ \\t]+(?=\\S)"));
    text.replace(blanks, QStringLiteral(" "));
    text.remove(edges);
    text.replace(lines, QStringLiteral("\n\n"));
    text = text.trimmed();
}

std::optional<QString> removeRule(const Scope &scope, const Match &match)
{
    static const QRegularExpression lead(
        QStringLiteral(
            "^(?:the )?(?:passage|sentence|part|paragraph|line)s?\\s*(?:about|on|with)?\\s*"),
        QRegularExpression::CaseInsensitiveOption);
    const QString what = bare(match.captured(1).remove(lead));
    if (scope.isPassage && (isThis(what) || !scope.words().contains(what, Qt::CaseInsensitive))) {
        const QString gone = scope.words();
        scope.put({});
        tidy(scope.text);
        return QStringLiteral("Removed “%1”.").arg(brief(gone));
    }
    int count = 0;
    QList<Passage> sentences = sentencesIn(scope);
    std::reverse(sentences.begin(), sentences.end());
    for (const Passage &one : sentences) {
        if (!what.isEmpty()
            && scope.text.mid(one.from, one.length).contains(what, Qt::CaseInsensitive)) {
            scope.text.remove(one.from, one.length);
            ++count;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    tidy(scope.text);
    return QStringLiteral("Removed what was said of “%1” (%2).")
        .arg(brief(what),
             count == 1 ? QStringLiteral("1 sentence") : QStringLiteral("%1 sentences").arg(count));
}

QString shortened(QString words)
{
    static const QList<std::pair<QRegularExpression, QString>> cuts{
        {pattern("\\s*\\([^)]*\\)"), {}},
        {pattern("\\b(?:please note that|as you know,?|of "
                 "course,?|really|very|actually|kindly|gladly)\\s+"),
         {}},
        {pattern("\\bin order to\\b"), QStringLiteral("to")},
        {pattern("\\bdue to the fact that\\b"), QStringLiteral("because")},
        {pattern("\\bwe would like to\\b"), QStringLiteral("we")},
        {pattern("(?:,\\s+(?:which|although|while|so that|but|and "
                 "(?:we|you|it|they))\\b|\\s+[—–]\\s|;)[^.!?\\n]*(?=[.!?]?$)"),
         {}}};
    for (const auto &[what, by] : cuts) {
        words.replace(what, by);
    }
    return words;
}

std::optional<QString> shortenRule(const Scope &scope, const Match &)
{
    const int before = wordCount(scope.words());
    const qsizetype size = scope.text.size();
    QList<Passage> sentences = sentencesIn(scope);
    std::reverse(sentences.begin(), sentences.end());
    for (const Passage &one : sentences) {
        const QString now = shortened(scope.text.mid(one.from, one.length));
        scope.text.replace(one.from, one.length, now);
    }
    if (scope.text.size() == size && scope.isPassage && sentences.size() > 1) {
        scope.text.remove(sentences.first().from, sentences.first().length); // the last one
    }
    const qsizetype cut = size - scope.text.size();
    if (cut <= 0) {
        return std::nullopt;
    }
    const int after = wordCount(scope.text.mid(scope.where.from, scope.where.length - cut));
    tidy(scope.text);
    return QStringLiteral("Shortened %1 from %2 to %3 words.")
        .arg(scope.isPassage ? QStringLiteral("the passage") : QStringLiteral("it"))
        .arg(before)
        .arg(after);
}

std::optional<QString> reword(const Scope &scope,
                              const QList<std::pair<const char *, const char *>> &pairs,
                              const QString &how)
{
    QString words = scope.words();
    int count = 0;
    for (const auto &[before, after] : pairs) {
        const QRegularExpression what = pattern(before);
        count += int(words.count(what));
        words.replace(what, QString::fromUtf8(after));
    }
    scope.put(words);
    return count == 0
        ? std::nullopt
        : std::optional(QStringLiteral("Made it %1 in %2 %3.")
                            .arg(how)
                            .arg(count)
                            .arg(count == 1 ? QStringLiteral("place") : QStringLiteral("places")));
}

std::optional<QString> formalRule(const Scope &scope, const Match &)
{
    return reword(scope,
                  {{"\\b(?:hello|hi|hey)\\b", "Dear"},
                   {"\\bcan(?:'|’)t\\b", "cannot"},
                   {"n(?:'|’)t\\b", " not"},
                   {"(?:'|’)ll\\b", " will"},
                   {"(?:'|’)re\\b", " are"},
                   {"\\bit(?:'|’)s\\b", "it is"},
                   {"\\bthanks\\b", "Thank you"},
                   {"\\bwarm regards\\b", "Kind regards"},
                   {"!", "."}},
                  QStringLiteral("more formal"));
}

std::optional<QString> friendlyRule(const Scope &scope, const Match &)
{
    return reword(scope,
                  {{"\\bdear\\b", "Hello"},
                   {"\\bkind regards\\b", "Warm regards"},
                   {"\\bwe regret\\b", "we are sorry"},
                   {"\\byou must\\b", "please"},
                   {"\\bcannot\\b", "can’t"},
                   {"\\bdo not\\b", "don’t"}},
                  QStringLiteral("friendlier"));
}

std::optional<QString> listRule(const Scope &scope, const Match &)
{
    if (!scope.isPassage) {
        return std::nullopt;
    }
    QStringList lines;
    for (const Passage &one : sentencesIn(scope)) {
        lines.append(QStringLiteral("- ") + scope.text.mid(one.from, one.length).trimmed());
    }
    if (lines.size() < 2) {
        return std::nullopt;
    }
    scope.put(u'\n' + lines.join(u'\n') + u'\n');
    return QStringLiteral("Made a list of %1 points of it.").arg(lines.size());
}

/// The first amount of the scope, and where else it stands.
std::optional<QString> halfRule(const Scope &scope, const Match &)
{
    static const QRegularExpression amount(QStringLiteral("\\b\\d{1,3}(?:,\\d{3})*\\.\\d{2}\\b"));
    const auto match = amount.match(scope.words());
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString before = match.captured();
    const qint64 cents = QString(before).remove(u',').remove(u'.').toLongLong() / 2;
    QString whole = QString::number(cents / 100);
    for (qsizetype at = whole.size() - 3; at > 0 && before.contains(u','); at -= 3) {
        whole.insert(at, u',');
    }
    return replaceAll(scope, before,
                      whole + u'.' + QString::number(cents % 100).rightJustified(2, u'0'));
}

const QList<std::pair<QRegularExpression, Rule>> &rules()
{
    static const QList<std::pair<QRegularExpression, Rule>> list{
        {pattern("^(?:please )?(?:replace|change)\\s+(.+?)\\s+(?:with|by|to|into)\\s+(.+)$"),
         replaceRule},
        {pattern("^(?:please )?(?:use |say |write )?(.+?)\\s+instead of\\s+(.+)$"), insteadRule},
        {pattern(
             "^(?:please )?(?:(?:say|tell (?:them|him|her)|explain|state|add)\\s+why\\b|why\\b)"),
         whyRule},
        {pattern("\\b(?:half|halve)\\b"), halfRule},
        {pattern("^(?:please )?(?:delete|remove|drop|cut|omit|strike|leave out)\\b\\s*(.*)$"),
         removeRule},
        {pattern("\\b(?:shorter|shorten|too long|briefer|concise|tighten)\\b"), shortenRule},
        {pattern("\\b(?:more formal|formal|too casual)\\b"), formalRule},
        {pattern("\\b(?:friendlier|friendly|warmer|softer|too (?:cold|harsh|formal))\\b"),
         friendlyRule},
        {pattern("\\b(?:bullets?|bullet points|(?:as|into) a list)\\b"), listRule},
        {pattern("^(?:please )?(?:add|mention|include|insert|state|explain|tell "
                 "(?:them|him|her))\\s+(.+)$"),
         addRule},
        {pattern("^(?:please )?(?:say|write|put|make (?:it|this)|(?:it |this )?(?:should|must) "
                 "(?:be|read|say))[:,]?\\s+(.+)$"),
         sayRule}};
    return list;
}

} // namespace

std::optional<QString> followInText(QString &text, Passage where, bool isPassage,
                                    const QString &instruction, const QString &reason)
{
    const Scope scope{text, where, isPassage, reason};
    for (const auto &[what, rule] : rules()) {
        if (const auto match = what.match(instruction.trimmed()); match.hasMatch()) {
            if (auto done = rule(scope, match)) {
                return done;
            }
        }
    }
    return std::nullopt;
}

} // namespace countersign::demo
