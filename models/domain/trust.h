// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

/// Hashes, the Merkle tree of RFC 6962 / 9162, Ed25519 and signed notes (C2SP), by OpenSSL. Pure,
/// reentrant. Scheme and known-answer vectors: tests/domain/tst_trust.cpp.
namespace countersign {

[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

/// leaf = SHA-256(0x00 || envelope), node = SHA-256(0x01 || left || right).
[[nodiscard]] QByteArray leafHash(QByteArrayView envelope);
[[nodiscard]] QByteArray nodeHash(QByteArrayView left, QByteArrayView right);

/// Head of an append-only tree: one hash for each set bit of the size, largest subtree first.
class CompactRange
{
public:
    CompactRange() = default; ///< the empty tree
    /// `frontier` as frontier() gave it: 32 bytes a hash, concatenated. Unreadable if the length
    /// does not fit `size`.
    [[nodiscard]] static Result<CompactRange> restore(qint64 size, const QByteArray &frontier);

    void append(const QByteArray &leaf); ///< 32 bytes
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] QByteArray frontier() const;
    [[nodiscard]] QByteArray root() const; ///< SHA-256("") for the empty tree

private:
    qint64 m_size = 0;
    QList<QByteArray> m_hashes;
};

/// RFC 9162 2.1.3 and 2.1.4 over all leaves (small trees, bundles and tests).
[[nodiscard]] QList<QByteArray> inclusionProof(const QList<QByteArray> &leaves, qint64 index);
[[nodiscard]] bool verifyInclusion(qint64 index, qint64 size, const QByteArray &leaf,
                                   const QList<QByteArray> &proof, const QByteArray &root);
[[nodiscard]] QList<QByteArray> consistencyProof(const QList<QByteArray> &leaves, qint64 oldSize);
[[nodiscard]] bool verifyConsistency(qint64 oldSize, qint64 newSize, const QByteArray &oldRoot,
                                     const QByteArray &newRoot, const QList<QByteArray> &proof);

/// An Ed25519 private key. Its memory is wiped on destruction; it is never printed.
class PrivateKey
{
public:
    PrivateKey() = default;
    ~PrivateKey();
    PrivateKey(const PrivateKey &) = default;
    PrivateKey &operator=(const PrivateKey &) = default;

    [[nodiscard]] static PrivateKey generate();
    [[nodiscard]] static Result<PrivateKey> fromSeed(const QByteArray &seed); ///< 32 bytes
    [[nodiscard]] const QByteArray &seed() const { return m_seed; }
    [[nodiscard]] QByteArray publicKey() const; ///< 32 bytes
    [[nodiscard]] QByteArray sign(QByteArrayView message) const; ///< 64 bytes
    [[nodiscard]] bool isNull() const { return m_seed.isEmpty(); }

private:
    QByteArray m_seed;
};

[[nodiscard]] bool verifySignature(const QByteArray &publicKey, QByteArrayView message,
                                   const QByteArray &signature);

/// Signed-note key id: SHA-256(name LF 0x01 public)[:4], as 8 lower-case hex digits.
[[nodiscard]] QString noteKeyId(const QString &name, const QByteArray &publicKey);
/// "name+keyid+base64(0x01 || public)".
[[nodiscard]] QString verifierKey(const QString &name, const QByteArray &publicKey);

/// A tree head: origin, size, root.
struct Checkpoint
{
    QString origin;
    qint64 size = 0;
    QByteArray root;

    [[nodiscard]] QByteArray body() const; ///< three lines, each with its LF
    friend bool operator==(const Checkpoint &, const Checkpoint &) = default;
};

/// The whole signed note: body, blank line, "— name base64(keyid || signature)" LF.
[[nodiscard]] QByteArray signCheckpoint(const Checkpoint &checkpoint, const PrivateKey &key);
/// Parses strictly; at most 100 signature lines are read. Does not verify.
[[nodiscard]] Result<Checkpoint> parseCheckpoint(const QByteArray &note);
/// Parses, and demands a valid signature of `publicKey` by the line whose name is the origin and
/// whose key id fits.
[[nodiscard]] Result<Checkpoint> openCheckpoint(const QByteArray &note,
                                                const QByteArray &publicKey);

/// SHA-256("payload/v1\n" || salt16 || bytes).
[[nodiscard]] QByteArray payloadDigest(const QByteArray &salt, const QByteArray &bytes);
/// What a person signs: "decision/v1\n" || leaf.
[[nodiscard]] QByteArray personSignatureMessage(const QByteArray &leaf);

[[nodiscard]] QByteArray randomBytes(int count); ///< from the system's generator

} // namespace countersign
