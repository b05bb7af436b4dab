// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/trust.h"
#include "store/keyring.h"
#include "store/secrets/keychain.h"
#include "store/secrets/layered.h"
#include "store/secrets/passphrasefile.h"
#include "store/secrets/session.h"
#include "store/secrets/statefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace countersign {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SecretBackends", text);
}

/// The specification wants an absolute path or none.
QString stateHome()
{
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(set) ? set : QDir::homePath() + QStringLiteral("/.local/state");
}

/// Endpoint secrets without a keychain.
std::unique_ptr<SecretBackend> fileOrSession(const QString &folder, QStringList *notices)
{
    const QString passphraseFile = qEnvironmentVariable("COUNTERSIGN_PASSPHRASE_FILE");
    if (passphraseFile.isEmpty()) {
        notices->append(
            tr("Passwords and tokens of endpoints are kept until this program ends, and asked for "
               "again "
               "after that; set COUNTERSIGN_PASSPHRASE_FILE to keep them in an encrypted file."));
        return std::make_unique<SessionSecrets>();
    }
    const QString path = folder + QStringLiteral("/secrets.enc");
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
    const QString hash = QString::fromLatin1(sha256(profile.toUtf8()).toHex().left(32));
    const QString folder = stateHome() + QStringLiteral("/countersign/") + hash;
    SecretBackends chosen;
    QString why;
    const Keychain::State state = Keychain::probe(&why);
    if (state == Keychain::State::Absent) {
        chosen.notices.append(tr("The desktop's keychain cannot be used (%1); signing keys are "
                                 "kept in files that only "
                                 "you can read, in %2.")
                                  .arg(why, folder));
        chosen.keys = std::make_unique<StateFiles>(folder);
        chosen.secrets = fileOrSession(folder, &chosen.notices);
        return chosen;
    }
    if (state == Keychain::State::Locked) {
        chosen.notices.append(tr("The desktop's keychain is locked; nothing can be signed or sent "
                                 "until it is unlocked."));
    }
    const QString prefix = hash + QLatin1Char('/');
    chosen.keys = std::make_unique<LayeredSecrets>(std::make_unique<Keychain>(prefix),
                                                   std::make_unique<StateFiles>(folder));
    chosen.secrets = std::make_unique<Keychain>(prefix);
    if (QStringList unused; qEnvironmentVariableIsSet("COUNTERSIGN_PASSPHRASE_FILE")) {
        chosen.secrets = std::make_unique<LayeredSecrets>(std::move(chosen.secrets),
                                                          fileOrSession(folder, &unused));
    }
    return chosen;
}

} // namespace countersign
