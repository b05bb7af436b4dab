// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/palette.h"

#include "views/window/palettebox.h"

#include <QSettings>

namespace countersign {

namespace {

const QString recentKey = QStringLiteral("palette/recent");

} // namespace

Palette::Palette(QSettings &settings, QObject *parent) : QObject(parent), m_settings(settings) { }

QStringList Palette::recent() const
{
    return m_settings.value(recentKey).toStringList();
}

void Palette::open(QWidget *window)
{
    if (m_box) {
        return;
    }
    QList<PaletteEntry> entries;
    for (const PaletteSource &source : std::as_const(m_sources)) {
        entries += source();
    }
    m_box = new PaletteBox(entries, recent(), m_searches, window);
    // Queued: the window has the focus back by then.
    connect(m_box, &PaletteBox::chosen, this, &Palette::run, Qt::QueuedConnection);
    m_box->open();
}

void Palette::run(const PaletteEntry &entry)
{
    QStringList ids = recent();
    ids.removeAll(entry.id);
    ids.prepend(entry.id);
    m_settings.setValue(recentKey, QStringList(ids.mid(0, recentKept)));
    if (entry.run) {
        entry.run();
    }
}

} // namespace countersign
