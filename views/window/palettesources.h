// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "services/ports.h"
#include "views/window/palettesource.h"

class QWidget;

namespace countersign {

class ActionRegistry;
class CaseFinder;

/// Every action that can act now: those of the window and of what is in sight, and those that may
/// be run from anywhere. `reveal` shows the page of a widget.
[[nodiscard]] QList<PaletteEntry> actionEntries(const ActionRegistry &actions,
                                                const std::function<void(QWidget *)> &reveal);

/// Every endpoint with its state; choosing one `open`s it.
[[nodiscard]] QList<PaletteEntry>
endpointEntries(const EndpointPort &endpoints, const std::function<void(const EndpointId &)> &open);

/// Cases and agents; `finder` and `context` outlive what is asked. After "stop", agents to be
/// stopped by `stopAgent`, where it is given.
[[nodiscard]] PaletteSearch caseSearch(CaseFinder &finder, QObject *context,
                                       const std::function<void(const CaseId &)> &openCase,
                                       const std::function<void(const QString &)> &showAgent,
                                       const std::function<void(const QString &)> &stopAgent = {});

} // namespace countersign
