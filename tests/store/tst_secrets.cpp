// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/trust.h"
#include "store/secrets/layered.h"
#include "store/secrets/passphrasefile.h"
#include "store/secrets/session.h"
#include "store/secrets/statefiles.h"
#include "testing/memorysecrets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace countersign;

namespace {

const QByteArray secret("canary-5c1f\0\xff-value", 19);

int modeOf(const QString &path)
{
    struct stat status
    {
    };
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 07777)
                                                                      : -1;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestSecrets : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    [[nodiscard]] QString path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }

    void roundTrip(SecretBackend &backend)
    {
        const QString name = QStringLiteral("demo.x/../log");
        QVERIFY(!backend.read(name)->has_value());
        QVERIFY(backend.write(name, secret));
        QCOMPARE(backend.read(name)->value(), secret);
        QVERIFY(backend.write(name, "other"));
        QCOMPARE(backend.read(name)->value(), QByteArray("other"));
        QVERIFY(!backend.read(QStringLiteral("demo.x/p-1"))->has_value());
        QVERIFY(backend.remove(name));
        QVERIFY(backend.remove(name));
        QVERIFY(!backend.read(name)->has_value());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void session()
    {
        SessionSecrets backend;
        roundTrip(backend);
    }

    void stateFiles()
    {
        StateFiles backend(path("a/b"));
        roundTrip(backend);
        StateFiles longNames(path("a/b"));
        const QString longName(500, QLatin1Char('/'));
        QVERIFY(longNames.write(longName, secret));
        QCOMPARE(longNames.read(longName)->value(), secret);
    }

    void stateFilesAreTheirOwnersAlone()
    {
        const auto old = ::umask(0);
        StateFiles backend(path("keys"));
        QVERIFY(backend.write(QStringLiteral("o/log"), secret));
        ::umask(old);
        QCOMPARE(modeOf(path("keys")), 0700);
        QCOMPARE(modeOf(path("keys/o%2Flog.secret")), 0600);
        QCOMPARE(QDir(path("keys"))
                     .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden)
                     .size(),
                 1);

        QVERIFY(::chmod(QFile::encodeName(path("keys")).constData(), 0755) == 0);
        QVERIFY(backend.write(QStringLiteral("o/log"), secret));
        QCOMPARE(modeOf(path("keys")), 0700);
    }

    void stateFilesThatOthersReadAreRefused()
    {
        StateFiles backend(path("keys"));
        QVERIFY(backend.write(QStringLiteral("log"), secret));
        const QByteArray file = QFile::encodeName(path("keys/log.secret"));
        QVERIFY(::chmod(file.constData(), 0640) == 0);
        const auto refused = backend.read(QStringLiteral("log"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Storage);
        QVERIFY(refused.error().text.contains(path("keys/log.secret")));
        QVERIFY(refused.error().text.contains(QStringLiteral("chmod 600")));
        QVERIFY(
            !(refused.error().text + refused.error().detail).contains(QStringLiteral("canary")));
    }

    void linksAreNotFollowed()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("keys")));
        put(path("elsewhere"), secret);
        QVERIFY(::chmod(QFile::encodeName(path("elsewhere")).constData(), 0600) == 0);
        QVERIFY(QFile::link(path("elsewhere"), path("keys/log.secret")));
        StateFiles backend(path("keys"));
        QCOMPARE(backend.read(QStringLiteral("log")).error().code, ErrorCode::Storage);
        QVERIFY(backend.write(QStringLiteral("log"), "new"));
        QCOMPARE(contentOf(path("elsewhere")), secret);
        QCOMPARE(backend.read(QStringLiteral("log"))->value(), QByteArray("new"));
    }

    void aFailedWriteChangesNothing()
    {
        StateFiles backend(path("keys"));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("keys/log.secret/in-the-way")));
        const auto refused = backend.write(QStringLiteral("log"), secret);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Storage);
        QCOMPARE(QDir(path("keys")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList(QStringLiteral("log.secret")));

        put(path("plain"), "x");
        StateFiles nowhere(path("plain/sub"));
        QVERIFY(!nowhere.write(QStringLiteral("log"), secret));
    }

    void passphraseFile()
    {
        put(path("pass"), "correct horse\n");
        PassphraseFile backend(path("s/secrets.enc"), path("pass"));
        roundTrip(backend);
        QVERIFY(backend.write(QStringLiteral("e-1"), secret));
        QCOMPARE(modeOf(path("s/secrets.enc")), 0600);
        const QByteArray file = contentOf(path("s/secrets.enc"));
        QVERIFY(!file.contains("canary"));
        QVERIFY(!file.contains(secret.toBase64()));
        QVERIFY(!file.contains("e-1"));

        PassphraseFile again(path("s/secrets.enc"), path("pass"));
        QCOMPARE(again.read(QStringLiteral("e-1"))->value(), secret);
        QVERIFY(again.write(QStringLiteral("e-2"), "two"));
        QCOMPARE(backend.read(QStringLiteral("e-2"))->value(), QByteArray("two"));
        QVERIFY(contentOf(path("s/secrets.enc")).left(54) == file.left(54)); // the salt stays,
        QVERIFY(contentOf(path("s/secrets.enc")).mid(54, 12)
                != file.mid(54, 12)); // the nonce never
    }

    void aWrongPassphraseIsSaid()
    {
        put(path("pass"), "correct horse");
        QVERIFY(
            PassphraseFile(path("secrets.enc"), path("pass")).write(QStringLiteral("e-1"), secret));
        const QByteArray before = contentOf(path("secrets.enc"));
        put(path("pass"), "wrong horse");
        PassphraseFile backend(path("secrets.enc"), path("pass"));
        const auto read = backend.read(QStringLiteral("e-1"));
        QCOMPARE(read.error().code, ErrorCode::InvalidInput);
        QVERIFY(read.error().text.contains(QStringLiteral("passphrase")));
        QVERIFY(!read.error().text.contains(QStringLiteral("horse")));
        QCOMPARE(backend.write(QStringLiteral("e-2"), secret).error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(backend.remove(QStringLiteral("e-1")).error().code, ErrorCode::InvalidInput);
        QCOMPARE(contentOf(path("secrets.enc")), before);
    }

    void noPassphraseIsSaid()
    {
        for (const char *name : {"missing", "empty"}) {
            put(path("empty"), "\n");
            PassphraseFile backend(path("secrets.enc"), path(name));
            QCOMPARE(backend.write(QStringLiteral("e-1"), secret).error().code,
                     ErrorCode::InvalidInput);
            QVERIFY(!QFile::exists(path("secrets.enc")));
        }
    }

    void everyAlteredByteIsFound()
    {
        put(path("pass"), "correct horse");
        PassphraseFile backend(path("secrets.enc"), path("pass"));
        QVERIFY(backend.write(QStringLiteral("e-1"), "v"));
        const QByteArray good = contentOf(path("secrets.enc"));
        for (qsizetype at = 0; at < good.size(); ++at) {
            if (at >= 22 && at < 38) {
                continue; // the salt: below, it costs a derivation each
            }
            QByteArray bad = good;
            bad[at] = char(bad.at(at) ^ 0x10);
            put(path("secrets.enc"), bad);
            const auto read = backend.read(QStringLiteral("e-1"));
            QVERIFY2(!read, qPrintable(QString::number(at)));
            QCOMPARE(read.error().code,
                     at >= 38 && at < 54 ? ErrorCode::InvalidInput : ErrorCode::Tampered);
        }
        QByteArray salted = good;
        salted[22] = char(salted.at(22) ^ 1);
        for (const QByteArray &bad :
             {salted, good.left(40), good.left(good.size() - 1), good + 'x'}) {
            put(path("secrets.enc"), bad);
            QVERIFY(!backend.read(QStringLiteral("e-1")));
            QVERIFY(!backend.write(QStringLiteral("e-2"), "v"));
            QCOMPARE(contentOf(path("secrets.enc")), bad);
        }
        put(path("secrets.enc"), good);
        QCOMPARE(backend.read(QStringLiteral("e-1"))->value(), QByteArray("v"));
    }

    void layers()
    {
        auto first = std::make_unique<MemorySecrets>();
        auto second = std::make_unique<MemorySecrets>();
        MemorySecrets &upper = *first;
        MemorySecrets &lower = *second;
        LayeredSecrets backend(std::move(first), std::move(second));
        roundTrip(backend);
        lower.values.insert(QStringLiteral("log"), "old");
        QCOMPARE(backend.read(QStringLiteral("log"))->value(), QByteArray("old"));
        upper.error = Error{.code = ErrorCode::Locked, .text = QStringLiteral("locked")};
        QCOMPARE(backend.read(QStringLiteral("log")).error().code, ErrorCode::Locked);
        QVERIFY(!backend.write(QStringLiteral("log"), "new"));
        QVERIFY(!backend.remove(QStringLiteral("log")));
        QCOMPARE(lower.values.value(QStringLiteral("log")), QByteArray("old"));
        upper.error.reset();
        QVERIFY(backend.write(QStringLiteral("log"), "new"));
        QCOMPARE(backend.read(QStringLiteral("log"))->value(), QByteArray("new"));
        QVERIFY(lower.values.isEmpty());
    }

    void keyRing()
    {
        MemorySecrets backend;
        const QString origin = QStringLiteral("demo.x");
        KeyRing ring(backend);
        QCOMPARE(ring.key(origin, QStringLiteral("log"), false).error().code, ErrorCode::NotFound);
        QVERIFY(backend.values.isEmpty());
        const auto made = ring.key(origin, QStringLiteral("log"), true);
        QVERIFY(made);
        QCOMPARE(backend.values.keys(), QStringList(QStringLiteral("demo.x/log")));
        QCOMPARE(backend.values.value(QStringLiteral("demo.x/log")), made->seed());
        QCOMPARE(ring.key(origin, QStringLiteral("log"), true)->publicKey(), made->publicKey());
        QVERIFY(ring.key(origin, QStringLiteral("p-1"), true)->publicKey() != made->publicKey());
        KeyRing second(backend);
        QCOMPARE(second.key(origin, QStringLiteral("log"), true)->publicKey(), made->publicKey());
    }

    void keyRingNeverReplacesWhatItCannotRead()
    {
        MemorySecrets backend;
        backend.error = Error{.code = ErrorCode::Locked, .text = QStringLiteral("locked")};
        KeyRing ring(backend);
        QCOMPARE(ring.key(QStringLiteral("o"), QStringLiteral("log"), true).error().code,
                 ErrorCode::Locked);
        backend.error.reset();
        QVERIFY(backend.values.isEmpty());
        backend.values.insert(QStringLiteral("o/log"), "short");
        QCOMPARE(ring.key(QStringLiteral("o"), QStringLiteral("log"), true).error().code,
                 ErrorCode::Unreadable);
        QCOMPARE(backend.values.value(QStringLiteral("o/log")), QByteArray("short"));
    }

    void theChoiceWithoutABus()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder->path()));
        qunsetenv("COUNTERSIGN_PASSPHRASE_FILE");
        SecretBackends chosen = chooseSecretBackends(QStringLiteral("/a/profile"));
        QCOMPARE(chosen.keys->kind(), QStringLiteral("state_file"));
        QCOMPARE(chosen.secrets->kind(), QStringLiteral("session"));
        QCOMPARE(chosen.notices.size(), 2);
        QVERIFY(chosen.notices.at(0).contains(m_folder->path() + QStringLiteral("/countersign/")));
        QVERIFY(chosen.notices.at(1).contains(QStringLiteral("COUNTERSIGN_PASSPHRASE_FILE")));
        QVERIFY(chosen.keys->write(QStringLiteral("o/log"), secret));
        QCOMPARE(QDir(path("countersign")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        QCOMPARE(chooseSecretBackends(QStringLiteral("/a/profile"))
                     .keys->read(QStringLiteral("o/log"))
                     ->value(),
                 secret);
        // The profile was moved.
        QCOMPARE(chooseSecretBackends(QStringLiteral("/b/profile"))
                     .keys->read(QStringLiteral("o/log"))
                     ->value(),
                 secret);
        // What an earlier version kept by the folder's name is found there, and goes along.
        const QString hash = QString::fromLatin1(sha256("/a/profile").toHex().left(32));
        StateFiles old(path("countersign/") + hash);
        QVERIFY(old.write(QStringLiteral("former/log"), secret));
        QVERIFY(!chooseSecretBackends(QStringLiteral("/b/profile"))
                     .keys->read(QStringLiteral("former/log"))
                     ->has_value());
        for (const char *profile : {"/a/profile", "/b/profile"}) {
            QCOMPARE(chooseSecretBackends(QString::fromLatin1(profile))
                         .keys->read(QStringLiteral("former/log"))
                         ->value(),
                     secret);
        }

        put(path("pass"), "correct horse");
        QVERIFY(::chmod(QFile::encodeName(path("pass")).constData(), 0644) == 0);
        qputenv("COUNTERSIGN_PASSPHRASE_FILE", QFile::encodeName(path("pass")));
        chosen = chooseSecretBackends(QStringLiteral("/a/profile"));
        QCOMPARE(chosen.secrets->kind(), QStringLiteral("passphrase_file"));
        QCOMPARE(chosen.notices.size(), 3);
        QVERIFY(chosen.secrets->write(QStringLiteral("e-1"), secret));
        QCOMPARE(chooseSecretBackends(QStringLiteral("/a/profile"))
                     .secrets->read(QStringLiteral("e-1"))
                     ->value(),
                 secret);
        qunsetenv("COUNTERSIGN_PASSPHRASE_FILE");
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
