// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/headline.h"

#include "domain/translate.h"


namespace countersign {

namespace {

constexpr qsizetype maxLength = 200;
constexpr qsizetype maxScalar = 60; ///< longer texts tell nothing in a list
constexpr int maxScalars = 3;

QString firstLine(const QString &text)
{
    const QString trimmed = text.trimmed();
    return singleLine(trimmed.left(trimmed.indexOf(QLatin1Char('\n'))));
}

QString amountOf(const Impact &impact)
{
    return impact.amount
        ? QStringLiteral("%1 %2").arg(impact.amount->toString(), impact.currency).trimmed()
        : QString();
}

/// A scalar as text; empty where it is none, or tells nothing.
QString scalarText(const Json &value)
{
    if (value.isNumber()) {
        return QString::fromLatin1(value.numberText());
    }
    if (value.isBool()) {
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    }
    const QString text = value.toString().trimmed();
    return text.size() <= maxScalar ? singleLine(text) : QString();
}

QString spaced(const QString &whole)
{
    const QString name = whole.left(2 * maxLength); // a name may hold megabytes
    QString out;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name.at(i);
        const bool hump = i > 0 && c.isUpper() && name.at(i - 1).isLower();
        if (hump) {
            out += QLatin1Char(' ');
        }
        const bool single = hump && (i + 1 == name.size() || !name.at(i + 1).isUpper());
        out += c == QLatin1Char('_') || c == QLatin1Char('-') ? QChar(u' ')
            : single                                          ? c.toLower()
                                                              : c;
    }
    return out.simplified();
}

} // namespace

QString singleLine(const QString &text)
{
    QString line;
    bool gap = false;
    for (const QChar c : text) {
        if (c.isSpace()) {
            gap = !line.isEmpty();
        } else if (c.category() != QChar::Other_Control) {
            if (gap) {
                line += QLatin1Char(' ');
            }
            line += c;
            gap = false;
        }
        if (line.size() > maxLength) {
            line.truncate(maxLength - 1);
            if (line.back().isHighSurrogate()) {
                line.chop(1);
            }
            return line + QChar(u'…');
        }
    }
    return line;
}

QString humanised(const QString &name)
{
    QString words = singleLine(spaced(name));
    if (!words.isEmpty()) {
        words[0] = words.at(0).toUpper();
    }
    return words;
}

QString headlineOf(const Proposal &proposal)
{
    const QString what = humanised(proposal.action);
    if (what.isEmpty()) {
        const QString question = firstLine(proposal.question);
        return question.isEmpty() ? tr("A question without words") : question;
    }
    return singleLine(what + QLatin1Char(' ') + amountOf(proposal.impact));
}

QString subjectOf(const Proposal &proposal)
{
    QStringList parts;
    const auto add = [&parts](const QString &part) -> void {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    };
    add(spaced(proposal.caseType));
    int scalars = 0;
    for (const auto &[key, value] : proposal.arguments.members()) {
        const QString text = scalarText(value);
        const bool said = proposal.impact.amount
            && (text == proposal.impact.amount->toString() || text == proposal.impact.currency);
        if (!text.isEmpty() && !said && scalars < maxScalars) {
            add(QStringLiteral("%1: %2").arg(spaced(key), text));
            ++scalars;
        }
    }
    add(scalarText(proposal.arguments));
    if (scalars == 0 && !proposal.action.isEmpty()) {
        add(firstLine(proposal.question));
    }
    return singleLine(parts.join(QStringLiteral(" · ")));
}

} // namespace countersign
