// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/agent.h"

class QTcpSocket;

namespace countersign::demo {

/// Writing HTTP answers, well and badly. None does anything once the client has left.

void reply(QTcpSocket *socket, const Answer &answer);
void replySlowly(QTcpSocket *socket, const Answer &answer); ///< a byte a second
void replyMalformed(QTcpSocket *socket, const Answer &answer, int turn);
void replyHuge(QTcpSocket *socket); ///< 64 MiB

} // namespace countersign::demo
