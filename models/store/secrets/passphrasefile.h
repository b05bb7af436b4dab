// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"
#include "store/keyring.h"

namespace countersign {

/// All secrets in one file, encrypted under a passphrase: scrypt (N 2^15, r 8, p 1), AES-256-GCM, a
/// new nonce each time it is written. A wrong passphrase is InvalidInput, an altered file Tampered;
/// either way the file is left as it is.
class PassphraseFile final : public SecretBackend
{
public:
    /// `passphraseFile` holds the passphrase; a line feed at its end does not count. Read at the
    /// first use.
    PassphraseFile(QString path, QString passphraseFile);
    ~PassphraseFile() override;

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override;
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override;
    [[nodiscard]] Result<void> remove(const QString &name) override;
    [[nodiscard]] QString kind() const override { return QStringLiteral("passphrase_file"); }

private:
    [[nodiscard]] Result<Json> load(); ///< an object, empty where there is no file
    [[nodiscard]] Result<void> save(const Json &secrets);
    [[nodiscard]] Result<void> deriveKey(const QByteArray &salt);

    QString m_path;
    QString m_passphraseFile;
    QByteArray m_salt;
    QByteArray m_key; ///< belongs to m_salt; empty until derived
};

} // namespace countersign
