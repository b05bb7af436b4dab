// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policydiff.h"

namespace countersign {

/// One difference between two policies in words, all of it fit to be shown.
struct PolicyChangeLine
{
    QString rule; ///< its id; "otherwise" for the defaults, "the policy" for the document itself
    QString setting; ///< "Queue"; empty: the whole rule came or went
    QString before; ///< empty: was not said
    QString after;
    QString sentence;
    friend bool operator==(const PolicyChangeLine &, const PolicyChangeLine &) = default;
};

/// A rule of a document beside the policy in force, in words that are fit to be shown.
struct PolicyRow
{
    enum class Mark
    {
        Same,
        Added,
        Changed,
        Removed
    };
    QString id; ///< as written; empty for what holds otherwise
    QString title;
    RuleWords words;
    int place = -1; ///< among the document's rules; -1 for what holds otherwise and what is gone
    bool otherwise = false; ///< the defaults, the last row
    Mark mark = Mark::Same;
    QStringList changes; ///< a sentence for each setting that differs
    QStringList faults; ///< sentences
    friend bool operator==(const PolicyRow &, const PolicyRow &) = default;
};

/// Everything there is to know of a document beside the policy in force. A value; made anywhere.
struct PolicyLook
{
    QString text; ///< as written
    Json document; ///< null where the text is no JSON
    QString digest; ///< empty where there are faults
    QList<PolicyFault> faults; ///< every one with its path; none: it can be set
    QList<PolicyRow> rows; ///< in the document's order, then what is gone, then what holds otherwise
    QList<PolicyChangeLine> changes; ///< against the policy in force
    bool same = true; ///< says nothing else than the one in force
};

/// The document of the built-in policy: everything to a person.
[[nodiscard]] Json builtInPolicy();

/// Pure. Takes a while for thousands of rules.
[[nodiscard]] PolicyLook lookAt(const QString &text, const Json &inForce);
[[nodiscard]] PolicyLook lookAt(const Json &document, const Json &inForce);
[[nodiscard]] QList<PolicyChangeLine> changeLines(const Json &before, const Json &after);

} // namespace countersign
