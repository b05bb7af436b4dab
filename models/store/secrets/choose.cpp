// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/trust.h"
#include "domain/translate.h"
#include "store/keyring.h"
#include "store/secrets/keychain.h"
#include "store/secrets/layered.h"
#include "store/secrets/passphrasefile.h"
#include "store/secrets/renamed.h"
#include "store/secrets/session.h"
#include "store/secrets/statefiles.h"

#include <QDir>
#include <QFileInfo>

namespace countersign {

namespace {

/// The specification wants an absolute path or none.
QString stateHome()
{
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(set) ? set : QDir::homePath() + QStringLiteral("/.local/state");
}

/// Where things are kept. Every name begins with the log's origin, so profiles share one place and
/// may be moved; before, each had a place named by its folder.
struct Places
{
    explicit Places(const QString &profile)
        : root(stateHome() + QStringLiteral("/countersign")),
          hash(QString::fromLatin1(sha256(profile.toUtf8()).toHex().left(32)))
    {
    }
    [[nodiscard]] QString keys() const { return root + QStringLiteral("/keys"); }
    [[nodiscard]] QString before() const { return root + QLatin1Char('/') + hash; }

    QString root;
    QString hash;
};

std::unique_ptr<SecretBackend> keyFiles(const Places &places)
{
    return std::make_unique<RenamedSecrets>(std::make_unique<StateFiles>(places.keys()),
                                            std::make_unique<StateFiles>(places.before()));
}

std::unique_ptr<SecretBackend> keychain(const Places &places)
{
    return std::make_unique<RenamedSecrets>(
        std::make_unique<Keychain>(QString()),
        std::make_unique<Keychain>(places.hash + QLatin1Char('/')));
}

/// Endpoint secrets without a keychain.
std::unique_ptr<SecretBackend> fileOrSession(const Places &places, QStringList *notices)
{
    const QString passphraseFile = qEnvironmentVariable("COUNTERSIGN_PASSPHRASE_FILE");
    if (passphraseFile.isEmpty()) {
        notices->append(
            tr("Passwords and tokens of endpoints are kept until this program ends, and asked for "
               "again "
               "after that; set COUNTERSIGN_PASSPHRASE_FILE to keep them in an encrypted file."));
        return std::make_unique<SessionSecrets>();
    }
    // By the folder as before: another profile may have another passphrase.
    const QString path = places.before() + QStringLiteral("/secrets.enc");
    notices->append(
        tr("Passwords and tokens of endpoints are kept in the encrypted file %1.").arg(path));
    if ((QFileInfo(passphraseFile).permissions() & (QFile::ReadGroup | QFile::ReadOther)) != 0) {
        notices->append(tr("The passphrase in %1 can be read by others; close it with “chmod 600”.")
                            .arg(passphraseFile));
    }
    return std::make_unique<PassphraseFile>(path, passphraseFile);
}

} // namespace

SecretBackends chooseSecretBackends(const QString &profile)
{
    const Places places(profile);
    SecretBackends chosen;
    QString why;
    const Keychain::State state = Keychain::probe(&why);
    if (state == Keychain::State::Absent) {
        chosen.notices.append(tr("The desktop's keychain cannot be used (%1); signing keys are "
                                 "kept in files that only "
                                 "you can read, in %2.")
                                  .arg(why, places.keys()));
        chosen.keys = keyFiles(places);
        chosen.secrets = fileOrSession(places, &chosen.notices);
        return chosen;
    }
    if (state == Keychain::State::Locked) {
        chosen.notices.append(tr("The desktop's keychain is locked; nothing can be signed or sent "
                                 "until it is unlocked."));
    }
    chosen.keys = std::make_unique<LayeredSecrets>(keychain(places), keyFiles(places));
    chosen.secrets = keychain(places);
    if (QStringList unused; qEnvironmentVariableIsSet("COUNTERSIGN_PASSPHRASE_FILE")) {
        chosen.secrets = std::make_unique<LayeredSecrets>(std::move(chosen.secrets),
                                                          fileOrSession(places, &unused));
    }
    return chosen;
}

} // namespace countersign
