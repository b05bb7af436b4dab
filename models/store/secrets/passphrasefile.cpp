// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets/passphrasefile.h"

#include "domain/translate.h"
#include "domain/trust.h"
#include "store/secrets/privatefile.h"

#include <QFile>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

namespace countersign {

namespace {

// The file: magic, salt, check (tells a wrong passphrase from an altered file), nonce, tag,
// ciphertext. All before the tag is authenticated with it.
const QByteArray magic = QByteArrayLiteral("countersign-secrets/1\n");
constexpr qsizetype saltSize = 16;
constexpr qsizetype checkSize = 16;
constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *in(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *out(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty()) {
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
    }
    bytes.clear();
}

QByteArray checkOf(const QByteArray &key)
{
    return sha256("check/v1\n" + key).left(checkSize);
}

/// Empty where OpenSSL refuses.
QByteArray encrypt(const QByteArray &key, const QByteArray &header, const QByteArray &plain)
{
    const Cipher context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const QByteArray nonce = header.right(nonceSize);
    QByteArray tag(tagSize, Qt::Uninitialized);
    QByteArray bytes(plain.size(), Qt::Uninitialized);
    int length = 0;
    const bool done = context
        && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key), in(nonce)) == 1
        && EVP_EncryptUpdate(context.get(), nullptr, &length, in(header), int(header.size())) == 1
        && EVP_EncryptUpdate(context.get(), out(bytes), &length, in(plain), int(plain.size())) == 1
        && EVP_EncryptFinal_ex(context.get(), nullptr, &length) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, out(tag)) == 1;
    return done ? header + tag + bytes : QByteArray();
}

std::optional<QByteArray> decrypt(const QByteArray &key, const QByteArray &file)
{
    const QByteArray header = file.left(magic.size() + saltSize + checkSize + nonceSize);
    const QByteArray nonce = header.right(nonceSize);
    QByteArray tag = file.mid(header.size(), tagSize);
    const QByteArray bytes = file.mid(header.size() + tagSize);
    QByteArray plain(bytes.size(), Qt::Uninitialized);
    const Cipher context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    const bool done = context
        && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key), in(nonce)) == 1
        && EVP_DecryptUpdate(context.get(), nullptr, &length, in(header), int(header.size())) == 1
        && EVP_DecryptUpdate(context.get(), out(plain), &length, in(bytes), int(bytes.size())) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, out(tag)) == 1
        && EVP_DecryptFinal_ex(context.get(), nullptr, &length) == 1;
    return done ? std::optional<QByteArray>(plain) : std::nullopt;
}

} // namespace

PassphraseFile::PassphraseFile(QString path, QString passphraseFile)
    : m_path(std::move(path)),
      m_passphraseFile(std::move(passphraseFile))
{
}

PassphraseFile::~PassphraseFile()
{
    wipe(m_key);
}

Result<std::optional<QByteArray>> PassphraseFile::read(const QString &name)
{
    const auto secrets = load();
    if (!secrets) {
        return tl::unexpected<Error>(secrets.error());
    }
    if (!secrets->contains(name)) {
        return std::optional<QByteArray>();
    }
    return std::optional<QByteArray>(
        QByteArray::fromBase64((*secrets)[name].toString().toLatin1()));
}

Result<void> PassphraseFile::write(const QString &name, const QByteArray &value)
{
    auto secrets = load();
    if (!secrets) {
        return tl::unexpected<Error>(secrets.error());
    }
    secrets->set(name, Json(QString::fromLatin1(value.toBase64())));
    return save(*secrets);
}

Result<void> PassphraseFile::remove(const QString &name)
{
    auto secrets = load();
    if (!secrets) {
        return tl::unexpected<Error>(secrets.error());
    }
    if (!secrets->contains(name)) {
        return {};
    }
    secrets->remove(name);
    return save(*secrets);
}

Result<Json> PassphraseFile::load()
{
    const auto file = readPrivateFile(m_path);
    if (!file) {
        return tl::unexpected<Error>(file.error());
    }
    if (!*file) {
        if (auto derived = deriveKey(m_salt.isEmpty() ? randomBytes(saltSize) : m_salt); !derived) {
            return tl::unexpected<Error>(derived.error());
        }
        return Json::object();
    }
    const auto altered = [this]() -> Result<Json> {
        return fail(ErrorCode::Tampered,
                    tr("The file of secrets %1 was altered or damaged. Put back a copy, or remove "
                       "it and enter the "
                       "secrets again.")
                        .arg(m_path));
    };
    if (!(*file)->startsWith(magic)
        || (*file)->size() < magic.size() + saltSize + checkSize + nonceSize + tagSize) {
        return altered();
    }
    if (auto derived = deriveKey((*file)->mid(magic.size(), saltSize)); !derived) {
        return tl::unexpected<Error>(derived.error());
    }
    if ((*file)->mid(magic.size() + saltSize, checkSize) != checkOf(m_key)) {
        return fail(ErrorCode::InvalidInput,
                    tr("The passphrase in %1 does not open the file of secrets %2. Give the "
                       "passphrase it was made "
                       "with; the file was left as it is.")
                        .arg(m_passphraseFile, m_path));
    }
    auto plain = decrypt(m_key, **file);
    if (!plain) {
        return altered();
    }
    auto secrets = parseJson(*plain);
    wipe(*plain);
    return secrets ? std::move(secrets) : altered();
}

Result<void> PassphraseFile::save(const Json &secrets)
{
    QByteArray plain = toJson(secrets);
    const QByteArray file
        = encrypt(m_key, magic + m_salt + checkOf(m_key) + randomBytes(nonceSize), plain);
    wipe(plain);
    if (file.isEmpty()) {
        return fail(ErrorCode::Storage,
                    tr("The secrets could not be encrypted; nothing was written."));
    }
    return writePrivateFile(m_path, file);
}

Result<void> PassphraseFile::deriveKey(const QByteArray &salt)
{
    if (!m_key.isEmpty() && salt == m_salt) {
        return {};
    }
    QFile file(m_passphraseFile);
    QByteArray passphrase = file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray();
    while (passphrase.endsWith('\n') || passphrase.endsWith('\r')) {
        passphrase.chop(1);
    }
    if (passphrase.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("COUNTERSIGN_PASSPHRASE_FILE names %1, which is empty or cannot be read. "
                       "Write the passphrase "
                       "into it or unset the variable.")
                        .arg(m_passphraseFile),
                    file.errorString());
    }
    QByteArray key(32, Qt::Uninitialized);
    const int done
        = EVP_PBE_scrypt(passphrase.constData(), size_t(passphrase.size()), in(salt),
                         size_t(salt.size()), 1 << 15, 8, 1, 64 * 1024 * 1024, out(key), 32);
    wipe(passphrase);
    if (done != 1) {
        return fail(ErrorCode::Storage,
                    tr("The key for the file of secrets could not be derived."));
    }
    wipe(m_key);
    m_key = key;
    m_salt = salt;
    return {};
}

} // namespace countersign
