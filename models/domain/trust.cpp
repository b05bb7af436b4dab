// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/trust.h"

#include "domain/translate.h"


#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <bit>
#include <memory>

namespace countersign {

namespace {

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

KeyPtr privateKey(const QByteArray &seed)
{
    return {
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed), size_t(seed.size())),
        &EVP_PKEY_free};
}

/// Largest power of two below `count` (count > 1).
qsizetype split(qsizetype count)
{
    return qsizetype(std::bit_floor(size_t(count - 1)));
}

QByteArray rootOf(const QList<QByteArray> &leaves)
{
    if (leaves.isEmpty()) {
        return sha256({});
    }
    if (leaves.size() == 1) {
        return leaves.first();
    }
    const qsizetype left = split(leaves.size());
    return nodeHash(rootOf(leaves.mid(0, left)), rootOf(leaves.mid(left)));
}

QList<QByteArray> subproof(const QList<QByteArray> &leaves, qsizetype oldSize, bool whole)
{
    if (oldSize == leaves.size()) {
        return whole ? QList<QByteArray>() : QList<QByteArray>{rootOf(leaves)};
    }
    const qsizetype left = split(leaves.size());
    QList<QByteArray> proof;
    if (oldSize <= left) {
        proof = subproof(leaves.mid(0, left), oldSize, whole);
        proof.append(rootOf(leaves.mid(left)));
    } else {
        proof = subproof(leaves.mid(left), oldSize - left, false);
        proof.append(rootOf(leaves.mid(0, left)));
    }
    return proof;
}

QByteArray noteKeyBytes(const QString &name, const QByteArray &publicKey)
{
    return sha256(name.toUtf8() + "\n\x01" + publicKey).left(4);
}

constexpr QByteArrayView signaturePrefix("\xe2\x80\x94 "); // U+2014 SP

tl::unexpected<Error> badNote(const QString &why)
{
    return fail(ErrorCode::Unreadable, tr("This is not a checkpoint: %1").arg(why));
}

} // namespace

QByteArray sha256(QByteArrayView bytes)
{
    QByteArray digest(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    SHA256(bytesOf(bytes), size_t(bytes.size()), bytesOf(digest));
    return digest;
}

QByteArray leafHash(QByteArrayView envelope)
{
    QByteArray message;
    message.reserve(envelope.size() + 1);
    message += '\0';
    message += envelope;
    return sha256(message);
}

QByteArray nodeHash(QByteArrayView left, QByteArrayView right)
{
    QByteArray message;
    message.reserve(1 + left.size() + right.size());
    message += '\x01';
    message += left;
    message += right;
    return sha256(message);
}

Result<CompactRange> CompactRange::restore(qint64 size, const QByteArray &frontier)
{
    if (size < 0 || frontier.size() != std::popcount(quint64(size)) * 32) {
        return fail(ErrorCode::Unreadable, tr("The head of the trail does not fit its size."));
    }
    CompactRange range;
    range.m_size = size;
    for (qsizetype at = 0; at < frontier.size(); at += 32) {
        range.m_hashes.append(frontier.mid(at, 32));
    }
    return range;
}

void CompactRange::append(const QByteArray &leaf)
{
    Q_ASSERT(leaf.size() == 32);
    QByteArray hash = leaf;
    for (quint64 bits = quint64(m_size); (bits & 1) != 0; bits >>= 1) {
        hash = nodeHash(m_hashes.takeLast(), hash);
    }
    m_hashes.append(hash);
    ++m_size;
}

QByteArray CompactRange::frontier() const
{
    return m_hashes.join();
}

QByteArray CompactRange::root() const
{
    if (m_hashes.isEmpty()) {
        return sha256({});
    }
    QByteArray hash = m_hashes.last();
    for (qsizetype i = m_hashes.size() - 2; i >= 0; --i) {
        hash = nodeHash(m_hashes.at(i), hash);
    }
    return hash;
}

QList<QByteArray> inclusionProof(const QList<QByteArray> &leaves, qint64 index)
{
    Q_ASSERT(index >= 0 && index < leaves.size());
    if (leaves.size() == 1) {
        return {};
    }
    const qsizetype left = split(leaves.size());
    QList<QByteArray> proof;
    if (index < left) {
        proof = inclusionProof(leaves.mid(0, left), index);
        proof.append(rootOf(leaves.mid(left)));
    } else {
        proof = inclusionProof(leaves.mid(left), index - left);
        proof.append(rootOf(leaves.mid(0, left)));
    }
    return proof;
}

// RFC 9162 2.1.3.2
bool verifyInclusion(qint64 index, qint64 size, const QByteArray &leaf,
                     const QList<QByteArray> &proof, const QByteArray &root)
{
    if (index < 0 || index >= size) {
        return false;
    }
    quint64 fn = quint64(index);
    quint64 sn = quint64(size - 1);
    QByteArray hash = leaf;
    for (const QByteArray &sibling : proof) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1) != 0 || fn == sn) {
            hash = nodeHash(sibling, hash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hash = nodeHash(hash, sibling);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash == root;
}

QList<QByteArray> consistencyProof(const QList<QByteArray> &leaves, qint64 oldSize)
{
    Q_ASSERT(oldSize > 0 && oldSize <= leaves.size());
    return subproof(leaves, oldSize, true);
}

// RFC 9162 2.1.4.2
bool verifyConsistency(qint64 oldSize, qint64 newSize, const QByteArray &oldRoot,
                       const QByteArray &newRoot, const QList<QByteArray> &proof)
{
    if (oldSize < 0 || oldSize > newSize) {
        return false;
    }
    if (oldSize == newSize) {
        return proof.isEmpty() && oldRoot == newRoot;
    }
    if (oldSize == 0) {
        return proof.isEmpty() && oldRoot == sha256({});
    }
    QList<QByteArray> path = proof;
    if (std::has_single_bit(quint64(oldSize))) {
        path.prepend(oldRoot);
    }
    if (path.isEmpty()) {
        return false;
    }
    quint64 fn = quint64(oldSize - 1);
    quint64 sn = quint64(newSize - 1);
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    QByteArray oldHash = path.first();
    QByteArray newHash = path.first();
    for (qsizetype i = 1; i < path.size(); ++i) {
        const QByteArray &sibling = path.at(i);
        if (sn == 0) {
            return false;
        }
        if ((fn & 1) != 0 || fn == sn) {
            oldHash = nodeHash(sibling, oldHash);
            newHash = nodeHash(sibling, newHash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            newHash = nodeHash(newHash, sibling);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && oldHash == oldRoot && newHash == newRoot;
}

PrivateKey::~PrivateKey()
{
    if (m_seed.isDetached() && !m_seed.isEmpty()) {
        OPENSSL_cleanse(m_seed.data(), size_t(m_seed.size()));
    }
}

PrivateKey PrivateKey::generate()
{
    PrivateKey key;
    key.m_seed = randomBytes(32);
    return key;
}

Result<PrivateKey> PrivateKey::fromSeed(const QByteArray &seed)
{
    if (seed.size() != 32) {
        return fail(ErrorCode::Unreadable, tr("A signing key must have 32 bytes."));
    }
    PrivateKey key;
    key.m_seed = QByteArray(seed.constData(), seed.size()); // a copy of its own, wiped alone
    return key;
}

QByteArray PrivateKey::publicKey() const
{
    QByteArray bytes(32, Qt::Uninitialized);
    size_t length = 32;
    const KeyPtr key = privateKey(m_seed);
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytesOf(bytes), &length) != 1) {
        return {};
    }
    return bytes;
}

QByteArray PrivateKey::sign(QByteArrayView message) const
{
    QByteArray signature(64, Qt::Uninitialized);
    size_t length = 64;
    const KeyPtr key = privateKey(m_seed);
    const DigestPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!key || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), bytesOf(signature), &length, bytesOf(message),
                          size_t(message.size()))
            != 1) {
        return {};
    }
    return signature;
}

bool verifySignature(const QByteArray &publicKey, QByteArrayView message,
                     const QByteArray &signature)
{
    if (publicKey.size() != 32 || signature.size() != 64) {
        return false;
    }
    const KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey), 32),
                     &EVP_PKEY_free);
    const DigestPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), bytesOf(signature), 64, bytesOf(message),
                            size_t(message.size()))
        == 1;
}

QString noteKeyId(const QString &name, const QByteArray &publicKey)
{
    return QString::fromLatin1(noteKeyBytes(name, publicKey).toHex());
}

QString verifierKey(const QString &name, const QByteArray &publicKey)
{
    return name + QLatin1Char('+') + noteKeyId(name, publicKey) + QLatin1Char('+')
        + QString::fromLatin1(("\x01" + publicKey).toBase64());
}

QByteArray Checkpoint::body() const
{
    return origin.toUtf8() + '\n' + QByteArray::number(size) + '\n' + root.toBase64() + '\n';
}

QByteArray signCheckpoint(const Checkpoint &checkpoint, const PrivateKey &key)
{
    const QByteArray body = checkpoint.body();
    const QByteArray signature = noteKeyBytes(checkpoint.origin, key.publicKey()) + key.sign(body);
    return body + '\n' + signaturePrefix.toByteArray() + checkpoint.origin.toUtf8() + ' '
        + signature.toBase64() + '\n';
}

Result<Checkpoint> parseCheckpoint(const QByteArray &note)
{
    const qsizetype end = note.indexOf("\n\n");
    if (end < 0 || note.size() > 64 * 1024) {
        return badNote(tr("it has no blank line before its signatures."));
    }
    const QList<QByteArray> lines = note.left(end).split('\n');
    if (lines.size() != 3 || lines.at(0).isEmpty() || !lines.at(0).isValidUtf8()) {
        return badNote(tr("it does not begin with origin, size and root."));
    }
    bool ok = false;
    Checkpoint checkpoint;
    checkpoint.origin = QString::fromUtf8(lines.at(0));
    checkpoint.size = lines.at(1).toLongLong(&ok);
    if (!ok || checkpoint.size < 0 || QByteArray::number(checkpoint.size) != lines.at(1)) {
        return badNote(tr("its size is not a number."));
    }
    const auto root
        = QByteArray::fromBase64Encoding(lines.at(2), QByteArray::AbortOnBase64DecodingErrors);
    if (!root || root.decoded.size() != 32 || root.decoded.toBase64() != lines.at(2)) {
        return badNote(tr("its root is not a hash."));
    }
    checkpoint.root = root.decoded;
    return checkpoint;
}

Result<Checkpoint> openCheckpoint(const QByteArray &note, const QByteArray &publicKey)
{
    const auto checkpoint = parseCheckpoint(note);
    if (!checkpoint) {
        return checkpoint;
    }
    const QByteArray prefix = signaturePrefix.toByteArray() + checkpoint->origin.toUtf8() + ' ';
    const QByteArray keyId = noteKeyBytes(checkpoint->origin, publicKey);
    const QList<QByteArray> lines = note.mid(note.indexOf("\n\n") + 2).split('\n');
    for (const QByteArray &line : lines.mid(0, 100)) {
        if (!line.startsWith(prefix)) {
            continue;
        }
        const auto bytes = QByteArray::fromBase64Encoding(line.mid(prefix.size()),
                                                          QByteArray::AbortOnBase64DecodingErrors);
        if (bytes && bytes.decoded.size() == 68 && bytes.decoded.startsWith(keyId)
            && verifySignature(publicKey, checkpoint->body(), bytes.decoded.mid(4))) {
            return checkpoint;
        }
    }
    return fail(ErrorCode::Tampered, tr("The checkpoint is not signed by this trail's key."));
}

QByteArray payloadDigest(const QByteArray &salt, const QByteArray &bytes)
{
    return sha256("payload/v1\n" + salt + bytes);
}

QByteArray personSignatureMessage(const QByteArray &leaf)
{
    return "decision/v1\n" + leaf;
}

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(bytesOf(bytes), count) != 1) {
        qFatal("The system's random generator does not answer.");
    }
    return bytes;
}

} // namespace countersign
