// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/window/palettesource.h"

#include <QAbstractListModel>

namespace countersign {

/// The palette's lines for what is typed: the best match first, what was used last before its
/// equals. Without anything typed: what was used last, then everything in the order it came.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    PaletteModel(const QList<PaletteEntry> &entries, const QStringList &recent,
                 QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const PaletteEntry &at(int row) const { return m_shown[row]; }
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1 where it is not shown
    [[nodiscard]] const QStringList &words() const { return m_words; }

    void setTyped(const QString &typed);
    /// What search number `source` found for what is typed now; replaces what it found before.
    void setFound(int source, const QList<PaletteEntry> &found);

    static constexpr int mostShown = 60;

private:
    void rank();

    QList<PaletteEntry> m_entries;
    QList<QList<PaletteEntry>> m_found; ///< by search
    QStringList m_recent; ///< ids, the newest first
    QStringList m_words; ///< folded
    QList<PaletteEntry> m_shown;
};

} // namespace countersign
