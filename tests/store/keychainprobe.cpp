// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json.h"
#include "store/keyring.h"
#include "store/secrets/keychain.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace countersign;

// One call in a process of its own, for libsecret stays with the bus that it first saw.
// keychainprobe choose PROFILE | read NAME | write NAME VALUE | remove NAME
int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString verb = arguments.value(0);
    const QString name = arguments.value(1);
    Json out = Json::object();
    QElapsedTimer timer;
    timer.start();
    if (verb == QLatin1String("choose")) {
        const SecretBackends chosen = chooseSecretBackends(name);
        out.set(QStringLiteral("keys"), Json(chosen.keys->kind()));
        out.set(QStringLiteral("secrets"), Json(chosen.secrets->kind()));
        out.set(QStringLiteral("notices"), Json::fromStrings(chosen.notices));
    } else {
        Keychain keychain(QStringLiteral("test/"));
        Result<void> done;
        if (verb == QLatin1String("read")) {
            const auto value = keychain.read(name);
            if (!value) {
                done = tl::unexpected<Error>(value.error());
            } else if (*value) {
                out.set(QStringLiteral("value"), Json(QString::fromLatin1((*value)->toHex())));
            }
        } else {
            const QByteArray value = QByteArray::fromHex(arguments.value(2).toLatin1());
            done = verb == QLatin1String("write") ? keychain.write(name, value)
                                                  : keychain.remove(name);
        }
        if (!done) {
            out.set(QStringLiteral("error"), Json(errorCodeName(done.error().code)));
            out.set(QStringLiteral("text"), Json(done.error().text));
        }
    }
    out.set(QStringLiteral("ms"), Json(timer.elapsed()));
    std::puts(toJson(out).constData());
    return 0;
}
