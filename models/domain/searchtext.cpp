// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/searchtext.h"

#include "domain/headline.h"

#include <QRegularExpression>

namespace countersign {

namespace {

constexpr qsizetype maxWord = 64;

enum class Part
{
    Word,
    WholeWord, ///< of a script without spaces
    Gap,
    Nothing
};

bool isUnspaced(uint c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

Part partOf(uint c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Format:
        return Part::Nothing;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        if (QChar::script(c) == QChar::Script_Inherited) { // an accent
            return Part::Nothing;
        }
        break;
    default:
        if (!QChar::isLetterOrNumber(c)) {
            return Part::Gap;
        }
    }
    return isUnspaced(c) ? Part::WholeWord : Part::Word;
}

/// Collects words, each text's own.
class Words
{
public:
    void add(const QString &text)
    {
        const QString folded = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
        for (const uint c : folded.toUcs4()) {
            const Part part = partOf(c);
            if (part == Part::Nothing) {
                continue;
            }
            if (part != Part::Word) {
                end();
            }
            if (part != Part::Gap && m_word.size() < maxWord) {
                m_word += QChar::fromUcs4(c);
            }
            if (part == Part::WholeWord) {
                end();
            }
        }
        end();
    }
    [[nodiscard]] const QStringList &words() const { return m_words; }

private:
    void end()
    {
        if (!m_word.isEmpty()) {
            m_words.append(m_word);
            m_word.clear();
        }
    }
    QString m_word;
    QStringList m_words;
};

void addValues(Words &words, const Json &value)
{
    switch (value.type()) {
    case Json::Type::String:
        words.add(value.toString());
        break;
    case Json::Type::Number:
        words.add(QString::fromLatin1(value.numberText()));
        break;
    case Json::Type::Array:
        for (const Json &item : value.items()) {
            addValues(words, item);
        }
        break;
    case Json::Type::Object:
        for (const auto &[key, item] : value.members()) {
            addValues(words, item);
        }
        break;
    case Json::Type::Null:
    case Json::Type::Bool:
        break;
    }
}

} // namespace

QStringList searchWords(const QString &text)
{
    Words words;
    words.add(text);
    return words.words();
}

QString searchBody(const CaseId &id, const Proposal &proposal)
{
    Words words;
    words.add(id.toString());
    words.add(headlineOf(proposal));
    words.add(subjectOf(proposal));
    words.add(proposal.action);
    words.add(proposal.agent);
    words.add(proposal.caseType);
    addValues(words, proposal.arguments);
    words.add(proposal.question);
    words.add(proposal.recommendation);
    words.add(proposal.reasoning);
    for (const Evidence &evidence : proposal.evidence) {
        words.add(evidence.title);
        words.add(evidence.text);
        words.add(evidence.link);
    }
    for (const QString &doubt : proposal.uncertainty) {
        words.add(doubt);
    }
    words.add(proposal.impact.sentence);
    if (proposal.impact.amount) {
        words.add(proposal.impact.amount->toString());
    }
    words.add(proposal.impact.currency);
    return words.words().join(QLatin1Char(' '));
}

SearchTerms::SearchTerms(const QString &typed)
{
    static const QRegularExpression gap(QStringLiteral("[\\s,;]+"));
    for (const QString &piece : typed.split(gap, Qt::SkipEmptyParts)) {
        const QString words = searchWords(piece).join(QLatin1Char(' '));
        if (!words.isEmpty()) {
            m_pieces.append(words);
        }
    }
}

bool SearchTerms::matches(const QString &body) const
{
    const QString padded = QLatin1Char(' ') + body + QLatin1Char(' ');
    for (qsizetype i = 0; i < m_pieces.size(); ++i) {
        QString piece = QLatin1Char(' ') + m_pieces.at(i);
        if (i + 1 < m_pieces.size()) {
            piece += QLatin1Char(' ');
        }
        if (!padded.contains(piece)) {
            return false;
        }
    }
    return true;
}

} // namespace countersign
