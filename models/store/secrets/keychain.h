// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// The desktop's keychain (freedesktop Secret Service), by QtKeychain. Calls block for a few
/// seconds at most; where the keychain is locked they are Locked at once, without a prompt, and
/// nothing is written. Jobs run on a thread of their own, so any thread may call, with or without
/// an event loop.
class Keychain final : public SecretBackend
{
public:
    enum class State
    {
        Unlocked,
        Locked, ///< or it did not answer in time
        Absent
    };
    /// Asks the session bus; at most 3 s. `why` is a sentence's middle part where it is absent: "no
    /// session bus can be reached".
    [[nodiscard]] static State probe(QString *why = nullptr);

    explicit Keychain(QString prefix); ///< put before every name; keeps profiles apart

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override;
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override;
    [[nodiscard]] Result<void> remove(const QString &name) override;
    [[nodiscard]] QString kind() const override { return QStringLiteral("keychain"); }

private:
    QString m_prefix;
};

} // namespace countersign
