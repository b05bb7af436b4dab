// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/palettemodel.h"

#include "domain/fuzzymatch.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int listedBonus = 150; ///< what is always there goes before what was found
constexpr int recentBonus = 10; ///< for each place nearer to the newest
constexpr int byOtherWords = 2; ///< detail and alias count half

int scoreOf(const PaletteEntry &entry, const QStringList &words)
{
    const int byText = fuzzyMatch(words, foldedForSearch(entry.text)).score;
    const QStringList all{entry.text, entry.detail, entry.alias, entry.kind};
    const int byAll = fuzzyMatch(words, foldedForSearch(all.join(u' '))).score;
    return std::max(byText, byAll / byOtherWords);
}

} // namespace

PaletteModel::PaletteModel(const QList<PaletteEntry> &entries, const QStringList &recent,
                           QObject *parent)
    : QAbstractListModel(parent),
      m_entries(entries),
      m_recent(recent)
{
    rank();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const PaletteEntry &entry = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::AccessibleTextRole: {
        QStringList parts{entry.text, entry.detail, entry.kind, entry.keys};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

int PaletteModel::rowOf(const QString &id) const
{
    for (int row = 0; row < m_shown.size(); ++row) {
        if (m_shown.at(row).id == id) {
            return row;
        }
    }
    return -1;
}

void PaletteModel::setTyped(const QString &typed)
{
    m_words = typedWords(typed);
    rank();
}

void PaletteModel::setFound(int source, const QList<PaletteEntry> &found)
{
    m_found.resize(std::max<qsizetype>(m_found.size(), source + 1));
    m_found[source] = found;
    rank();
}

void PaletteModel::rank()
{
    struct Ranked
    {
        int score;
        const PaletteEntry *entry;
    };
    QList<Ranked> ranked;
    const auto recency = [this](const PaletteEntry &entry) -> int {
        const qsizetype at = m_recent.indexOf(entry.id);
        return at < 0 ? 0 : int(m_recent.size() - at) * recentBonus;
    };
    for (const PaletteEntry &entry : std::as_const(m_entries)) {
        if (const int score = scoreOf(entry, m_words); score > 0) {
            ranked.append({(m_words.isEmpty() ? 0 : score + listedBonus) + recency(entry), &entry});
        }
    }
    for (const QList<PaletteEntry> &found : std::as_const(m_found)) {
        for (const PaletteEntry &entry : found) {
            // What an earlier question found stays as long as it fits, so that nothing flickers.
            if (const int score = scoreOf(entry, m_words); score > 0) {
                ranked.append({(m_words.isEmpty() ? 0 : score) + recency(entry), &entry});
            }
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked &a, const Ranked &b) -> bool { return a.score > b.score; });
    QList<PaletteEntry> shown;
    for (const Ranked &one : std::as_const(ranked)) {
        if (m_words.isEmpty() || shown.size() < mostShown) {
            shown.append(*one.entry);
        }
    }
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
}

} // namespace countersign
