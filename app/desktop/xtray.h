// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace countersign {

/// Whether some program says on the X display that it is the tray; true where the display is no X.
/// Qt 6.4 does not always hear of a tray that ends while it holds an icon. Asks the server, on the
/// GUI thread: for the moment in which a window is closed.
[[nodiscard]] bool hasXTray();

} // namespace countersign
