// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace countersign {

/// One line of the palette.
struct PaletteEntry
{
    QString id; ///< stable, "action:inbox.approve"; what was used last is remembered by it
    QString text; ///< plain; foreign parts through foreignLine()
    QString detail = {}; ///< after the text, muted; the same
    QString kind = {}; ///< translated: "Action", "Case"
    QString symbol = {}; ///< file name in resources/icons
    QString keys = {}; ///< "Ctrl+1"
    QString alias = {}; ///< not shown; found by it as well
    std::function<void()> run = {}; ///< once the palette has closed and given the focus back
};

/// What a page has to offer at the moment: window.commandPalette().add([this] { return entries();
/// }). A few hundred at most; asked on the GUI thread each time the palette opens.
using PaletteSource = std::function<QList<PaletteEntry>()>;

/// What is too much to list. Answers `typed` with the best few, best first; where nothing is typed,
/// with those of the `recent` ids that are its own. Asked at every change of what is typed: an
/// older question's future may end empty or not at all.
using PaletteSearch
    = std::function<QFuture<QList<PaletteEntry>>(const QString &typed, const QStringList &recent)>;

} // namespace countersign
