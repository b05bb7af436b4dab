// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/trust.h"

#include <QHash>
#include <QMutex>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace countersign {

/// Where keys and secrets are kept, best first (design.md 4.9). What was chosen is said aloud by
/// notices(). Not thread-safe: one thread at a time.
class SecretBackend
{
public:
    SecretBackend() = default;
    virtual ~SecretBackend() = default;
    Q_DISABLE_COPY_MOVE(SecretBackend)

    /// Nothing where it was never written; Locked where the keychain is locked; Storage where it
    /// cannot be asked.
    [[nodiscard]] virtual Result<std::optional<QByteArray>> read(const QString &name) = 0;
    [[nodiscard]] virtual Result<void> write(const QString &name, const QByteArray &value) = 0;
    [[nodiscard]] virtual Result<void> remove(const QString &name) = 0;
    [[nodiscard]] virtual QString
    kind() const = 0; ///< "keychain", "passphrase_file", "state_file", "session"
};

/// The log key and the persons' keys of one profile, in memory once loaded. Thread-safe.
class KeyRing
{
public:
    /// `keys`: where they are kept. Both may outlive nothing: the ring does not own it.
    explicit KeyRing(SecretBackend &backend);

    /// The key under `name` ("log", "p-1"); created, stored and returned where there is none and
    /// `create` is set.
    [[nodiscard]] Result<PrivateKey> key(const QString &origin, const QString &name, bool create);

private:
    SecretBackend &m_backend;
    QMutex m_mutex;
    QHash<QString, PrivateKey> m_loaded;
};

struct SecretBackends
{
    std::unique_ptr<SecretBackend>
        keys; ///< log and person keys: keychain, else 0600 files under XDG_STATE_HOME
    std::unique_ptr<SecretBackend>
        secrets; ///< endpoint secrets: keychain, else passphrase file, else session
    QStringList notices; ///< one sentence for each fallback that was taken
};

/// Probes the keychain once (bounded, a few seconds) and chooses. Blocking: runs its own short
/// event loop, so call it before the window opens. Names begin with the log's origin, which keeps
/// profiles apart wherever they lie; `profile` is the folder by which an earlier version did.
[[nodiscard]] SecretBackends chooseSecretBackends(const QString &profile);

} // namespace countersign
