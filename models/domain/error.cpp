// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/error.h"

namespace countersign {

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return QStringLiteral("invalid_input");
    case ErrorCode::NotFound:
        return QStringLiteral("not_found");
    case ErrorCode::AlreadyDecided:
        return QStringLiteral("already_decided");
    case ErrorCode::Changed:
        return QStringLiteral("changed");
    case ErrorCode::NotAllowed:
        return QStringLiteral("not_allowed");
    case ErrorCode::Unauthorized:
        return QStringLiteral("unauthorized");
    case ErrorCode::Expired:
        return QStringLiteral("expired");
    case ErrorCode::Conflict:
        return QStringLiteral("conflict");
    case ErrorCode::RateLimited:
        return QStringLiteral("rate_limited");
    case ErrorCode::Unreachable:
        return QStringLiteral("unreachable");
    case ErrorCode::OutcomeUnknown:
        return QStringLiteral("outcome_unknown");
    case ErrorCode::Protocol:
        return QStringLiteral("protocol");
    case ErrorCode::TooLarge:
        return QStringLiteral("too_large");
    case ErrorCode::Storage:
        return QStringLiteral("storage");
    case ErrorCode::Locked:
        return QStringLiteral("locked");
    case ErrorCode::NewerSchema:
        return QStringLiteral("newer_schema");
    case ErrorCode::Tampered:
        return QStringLiteral("tampered");
    case ErrorCode::Unreadable:
        return QStringLiteral("unreadable");
    case ErrorCode::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

} // namespace countersign
