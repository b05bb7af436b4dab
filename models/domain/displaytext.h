// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace countersign {

/// Text that an agent or a server wrote, made fit to be looked at: nothing in it is invisible,
/// reorders its surroundings or pushes the rest out of view. Pure, reentrant; of a text that is
/// far longer than what is shown, the rest is only counted. What comes out is shown as plain text,
/// always.

struct DisplayOptions
{
    bool singleLine = false; ///< line breaks become " ⏎ ", tabs a space
    /// A name rather than prose: joiners and variation selectors are chips even where a script or
    /// an emoji wants them, and so are spaces other than U+0020.
    bool identifier = false;
    bool isolate = false; ///< each line within FSI … PDI, so that its direction stays its own; for
                          ///< text among others
    qsizetype maxLength
        = 20'000; ///< of what is shown, in UTF-16 units; the note of what was cut comes on top
};

struct DisplayText
{
    struct Span
    {
        qsizetype start = 0;
        qsizetype length = 0;
        friend bool operator==(const Span &, const Span &) = default;
    };

    QString text;
    /// Where `text` holds words of ours ("[U+202E]", "[300 spaces]", "… 12,345 more characters"):
    /// to be styled so that no agent can imitate them.
    QList<Span> chips;

    // Counts of characters that are shown as chips, within what is shown.
    int bidi = 0; ///< direction controls
    int invisible = 0; ///< zero-width, tags and other ignorables, private use
    int control = 0; ///< C0, C1, NUL, escapes, lone surrogates
    int marks = 0; ///< combining marks beyond four in a row
    int padding = 0; ///< spaces and line breaks that were collapsed
    qsizetype cut = 0; ///< characters beyond maxLength

    bool mixedScript = false; ///< a word mixes Latin, Cyrillic, Greek or their look-alikes; means
                              ///< much in identifiers
    bool foreignDigits = false; ///< digits other than 0–9

    /// Something tries to mislead the eye: worth a warning badge.
    [[nodiscard]] bool isSuspicious() const
    {
        return bidi + invisible + control + marks + padding > 0;
    }
};

[[nodiscard]] DisplayText displayText(const QString &foreign, const DisplayOptions &options = {});

/// A foreign name fit for envelopes and columns (agent, action, case type): one line, no controls,
/// nothing invisible, at most `max` UTF-16 units, the last of them "…" where it was longer. Leading
/// and trailing white space goes.
[[nodiscard]] QString shortName(const QString &foreign, int max = 200);

/// True for code points that nobody sees: Default_Ignorable_Code_Point, direction controls, C0 (tab
/// and line feed as well) and C1 controls, annotation marks, private use, noncharacters,
/// surrogates.
[[nodiscard]] bool isHiddenCodePoint(char32_t c);

} // namespace countersign
