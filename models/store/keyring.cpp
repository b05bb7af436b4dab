// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keyring.h"

#include <QCoreApplication>
#include <QMutexLocker>

namespace countersign {

KeyRing::KeyRing(SecretBackend &backend) : m_backend(backend) { }

Result<PrivateKey> KeyRing::key(const QString &origin, const QString &name, bool create)
{
    const QMutexLocker lock(&m_mutex);
    const QString stored = origin + QLatin1Char('/') + name;
    if (const auto it = m_loaded.constFind(stored); it != m_loaded.cend()) {
        return *it;
    }
    const auto seed = m_backend.read(stored);
    if (!seed) {
        return tl::unexpected<Error>(seed.error());
    }
    if (!*seed && !create) {
        return fail(ErrorCode::NotFound,
                    QCoreApplication::translate(
                        "KeyRing",
                        "The signing key “%1” of this profile is not at hand. Start Countersign as "
                        "the person and on "
                        "the machine that made the profile, with the keychain it was kept in.")
                        .arg(name));
    }
    const auto key
        = *seed ? PrivateKey::fromSeed(**seed) : Result<PrivateKey>(PrivateKey::generate());
    if (!key) {
        return key;
    }
    if (!*seed) {
        if (const auto written = m_backend.write(stored, key->seed()); !written) {
            return tl::unexpected<Error>(written.error());
        }
    }
    m_loaded.insert(stored, *key);
    return key;
}

} // namespace countersign
