// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/precedentwords.h"

#include "domain/displaytext.h"
#include "domain/translate.h"


#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype namedPaths = 3;
constexpr qsizetype longestName = 40;

/// The arguments that were changed most often.
QString editedNames(const QMap<QString, int> &edited)
{
    QList<std::pair<int, QString>> often;
    for (auto it = edited.cbegin(); it != edited.cend(); ++it) {
        often.append({-it.value(), it.key()});
    }
    std::sort(often.begin(), often.end());
    QStringList names;
    for (const auto &[times, path] : often) {
        if (names.size() == namedPaths) {
            names.append(QStringLiteral("…"));
            break;
        }
        if (!path.isEmpty()) {
            names.append(displayText(path,
                                     {.singleLine = true,
                                      .identifier = true,
                                      .isolate = true,
                                      .maxLength = longestName})
                             .text);
        }
    }
    return names.join(QStringLiteral(", "));
}

QString edits(const Precedents &found, int count)
{
    const QString names = editedNames(found.edited);
    const QString text = tr("%n edited", count);
    return names.isEmpty() ? text : tr("%1 (%2)").arg(text, names);
}

QStringList endings(const Precedents &found)
{
    QStringList parts;
    for (auto it = found.decisions.cbegin(); it != found.decisions.cend(); ++it) {
        switch (it.key()) {
        case DecisionKind::Approve:
            parts.append(tr("%n approved", it.value()));
            break;
        case DecisionKind::Edit:
            parts.append(edits(found, it.value()));
            break;
        case DecisionKind::Reject:
            parts.append(tr("%n rejected", it.value()));
            break;
        case DecisionKind::Respond:
            parts.append(tr("%n sent back", it.value()));
            break;
        case DecisionKind::Ignore:
            parts.append(tr("%n ignored", it.value()));
            break;
        }
    }
    for (auto it = found.verdicts.cbegin(); it != found.verdicts.cend(); ++it) {
        switch (it.key()) {
        case Verdict::Correct:
            parts.append(tr("%n marked correct", it.value()));
            break;
        case Verdict::MinorEdit:
            parts.append(tr("%n marked a minor edit", it.value()));
            break;
        case Verdict::Wrong:
            parts.append(tr("%n marked wrong", it.value()));
            break;
        }
    }
    return parts;
}

} // namespace

QString sentenceOf(const Precedents &found)
{
    if (found.like == 0) {
        return found.complete
            ? tr("Nothing like this has been decided yet.")
            : tr("Nothing like this has been found yet; older cases are still being read.");
    }
    QString text = tr("%n like this", found.like) + QStringLiteral(": ")
        + endings(found).join(QStringLiteral(", "));
    if (found.byPolicy > 0) {
        text += QStringLiteral("; ") + tr("%n by policy", found.byPolicy);
    }
    if (found.reversed > 0) {
        text += QStringLiteral("; ") + tr("%n reversed later", found.reversed);
    }
    text += QStringLiteral(".");
    if (found.cut) {
        text += QStringLiteral(" ") + tr("Of the %n nearest that were compared.", found.looked);
    }
    if (!found.complete) {
        text += QStringLiteral(" ") + tr("Older cases are still being read.");
    }
    return text;
}

} // namespace countersign
