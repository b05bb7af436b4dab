// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace countersign {

/// What went wrong, for branching and tests. The sentence for people is Error::text.
enum class ErrorCode
{
    InvalidInput, ///< the caller's input is wrong; nothing changed
    NotFound,
    AlreadyDecided, ///< one final decision per case: somebody was first
    Changed, ///< the proposal is not the one that was seen
    NotAllowed, ///< this case cannot take this decision
    Unauthorized, ///< the endpoint wants other credentials
    Expired,
    Conflict,
    RateLimited,
    Unreachable, ///< no connection, or none in time
    OutcomeUnknown, ///< the request may have taken effect
    Protocol, ///< the other side broke its own rules
    TooLarge,
    Storage, ///< the database refused; nothing changed
    Locked, ///< another process writes this profile, or the keychain is locked
    NewerSchema,
    Tampered,
    Unreadable,
    Cancelled,
};

/// An error is a value. `text` is one translated sentence or two: what happened and what to do.
/// `detail` is raw material (redacted), shown folded and copyable. Never holds a secret.
struct Error
{
    ErrorCode code = ErrorCode::Protocol;
    QString text;
    QString detail = {};
    bool retryable = false;
};

template <class T> using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::NotFound, tr("…"));`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString text, QString detail = {},
                                                bool retryable = false)
{
    return tl::unexpected<Error>(Error{code, std::move(text), std::move(detail), retryable});
}

/// Bad input, in a sentence.
[[nodiscard]] inline tl::unexpected<Error> invalid(QString text)
{
    return fail(ErrorCode::InvalidInput, std::move(text));
}

/// Stable lower-case name of a code for JSON output and logs: "invalid_input", "already_decided"…
[[nodiscard]] QString errorCodeName(ErrorCode code);

} // namespace countersign
