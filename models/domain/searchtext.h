// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/proposal.h"

namespace countersign {

/// Text as it is searched. Pure, reentrant.

/// The words of a text, in order: case and accents are folded ("Pérez" is "perez"), compatibility
/// forms are one, invisible characters are gone, all but letters and digits parts words. Scripts
/// that are written without spaces (Han, Kana, Thai…) have one word per character. At most 64 code
/// units of a word count.
[[nodiscard]] QStringList searchWords(const QString &text);

/// All that a person may look for in a case, as searchWords() joined by single spaces: id,
/// headline, subject, action, agent, case type, the arguments' values, question, recommendation,
/// reasoning, evidence, uncertainty, impact.
[[nodiscard]] QString searchBody(const CaseId &id, const Proposal &proposal);

/// What a person typed into a search box; nothing that can be typed is an error. Spaces and commas
/// part it; what is written in one piece ("A-1204", "12.50") must occur in one piece, every piece
/// must occur, and the last word of all may be the beginning of one.
class SearchTerms
{
public:
    explicit SearchTerms(const QString &typed);

    /// Nothing to look for: not one letter or digit.
    [[nodiscard]] bool isEmpty() const { return m_pieces.isEmpty(); }
    /// Each piece's words joined by single spaces; letters and digits only otherwise.
    [[nodiscard]] const QStringList &pieces() const { return m_pieces; }
    [[nodiscard]] bool matches(const QString &body) const; ///< of searchBody()

private:
    QStringList m_pieces;
};

} // namespace countersign
