// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/window/palettesource.h"

#include <QObject>
#include <QPointer>

class QSettings;
class QWidget;

namespace countersign {

class PaletteBox;

/// The command palette: everything the pages have to offer, found by a few typed letters. Knows
/// what was used last (`settings`, group "palette").
class Palette final : public QObject
{
    Q_OBJECT
public:
    Palette(QSettings &settings, QObject *parent);

    void add(const PaletteSource &source) { m_sources.append(source); }
    void addSearch(const PaletteSearch &search) { m_searches.append(search); }

    /// Opens it over `window`; nothing where it is open.
    void open(QWidget *window);

    [[nodiscard]] QStringList recent() const; ///< ids, the newest first
    [[nodiscard]] const QList<PaletteSearch> &searches() const { return m_searches; }

    static constexpr int recentKept = 20;

private:
    void run(const PaletteEntry &entry);

    QSettings &m_settings;
    QList<PaletteSource> m_sources;
    QList<PaletteSearch> m_searches;
    QPointer<PaletteBox> m_box;
};

} // namespace countersign
