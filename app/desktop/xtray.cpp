// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/xtray.h"

#include <QByteArray>
#include <QGuiApplication>

#include <cstdlib>
#include <memory>
#include <xcb/xcb.h>

namespace countersign {

namespace {

template <class T> std::unique_ptr<T, decltype(&std::free)> owned(T *reply)
{
    return {reply, &std::free};
}

} // namespace

bool hasXTray()
{
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (x11 == nullptr) {
        return true;
    }
    xcb_connection_t *server = x11->connection();
    const QByteArray name("_NET_SYSTEM_TRAY_S0");
    const auto atom = owned(xcb_intern_atom_reply(
        server, xcb_intern_atom(server, 0, uint16_t(name.size()), name.constData()), nullptr));
    const auto owner = atom ? owned(xcb_get_selection_owner_reply(
                                  server, xcb_get_selection_owner(server, atom->atom), nullptr))
                            : owned<xcb_get_selection_owner_reply_t>(nullptr);
    return owner && owner->owner != XCB_NONE;
}

} // namespace countersign
