// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/envelope.h"
#include "domain/trust.h"

#include <QRandomGenerator>
#include <QTest>

using namespace countersign;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

const QList<QByteArray> &roots()
{
    static const QList<QByteArray> known{
        hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        hex("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        hex("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        hex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        hex("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")};
    return known;
}

QList<QByteArray> leaves()
{
    QList<QByteArray> hashes;
    for (const char *entry : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                              "606162636465666768696a6b6c6d6e6f"}) {
        hashes.append(leafHash(hex(entry)));
    }
    return hashes;
}

PrivateKey testKey()
{
    return *PrivateKey::fromSeed(
        hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
}

const QByteArray envelope0
    = R"({"actor":{"id":"u-17","name":"Ana Pérez"},"amount":{"cur":"EUR","value":"1250.00"},"at":"2026-11-20T14:46:49.123Z","case":"c-42","i":0,"kind":"decision.approve","log":"audit.example/demo","v":1})";
const QByteArray envelope1
    = hex("7b2261223a5b747275652c66616c73652c5b5d2c7b7d5d2c226174223a22323032362d31312d32305431343a"
          "34363a35302e3030305a22"
          "2c2269223a312c226b696e64223a2270726f706f73616c2e7265636569766564222c226c6f67223a22617564"
          "69742e6578616d706c652f"
          "64656d6f222c226e223a393030373139393235343734303939312c2274657874223a227461625c7468657265"
          "20e280aec2a5205c22715c"
          "22205c5c202f205c753030303720f09f98802065cc81222c2276223a312c227a223a6e756c6c7d");
const QByteArray note
    = "audit.example/demo\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n"
      "— audit.example/demo ZAd0itEiiZz4j18frylCwaWIH3j4RURQ0D2krrIiUD4aljzipY+iIPnGZkjlc7hXi0CIYkF"
      "po5/4QNp58E3sEH/LmQs=\n";

} // namespace

class TestTrust : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knownRoots()
    {
        CompactRange range;
        QCOMPARE(range.root(), roots().at(0));
        for (int i = 0; i < 8; ++i) {
            range.append(leaves().at(i));
            QCOMPARE(range.root(), roots().at(i + 1));
            const auto restored = CompactRange::restore(range.size(), range.frontier());
            QVERIFY(restored);
            QCOMPARE(restored->root(), range.root());
        }
        QVERIFY(!CompactRange::restore(8, range.frontier() + QByteArray(32, 'x')));
    }

    void knownProofs()
    {
        const QList<QByteArray> proof05{
            hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
            hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"), roots().at(4)};
        const QList<QByteArray> proof00{
            hex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
            hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
            hex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")};
        const QList<QByteArray> proof68{
            hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
            hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"), roots().at(4)};
        QCOMPARE(inclusionProof(leaves(), 0), proof00);
        QCOMPARE(inclusionProof(leaves(), 5), proof05);
        QCOMPARE(consistencyProof(leaves(), 6), proof68);
    }

    void everyProofUpToFortyHolds()
    {
        QList<QByteArray> all;
        QList<QByteArray> heads{sha256({})};
        CompactRange range;
        for (int size = 1; size <= 40; ++size) {
            all.append(leafHash(QByteArray::number(size)));
            range.append(all.last());
            heads.append(range.root());
            for (int i = 0; i < size; ++i) {
                const auto proof = inclusionProof(all, i);
                QVERIFY(verifyInclusion(i, size, all.at(i), proof, range.root()));
                QVERIFY(!verifyInclusion(i, size, leafHash("mutated"), proof, range.root()));
            }
            for (int old = 1; old <= size; ++old) {
                const auto proof = consistencyProof(all, old);
                QVERIFY(verifyConsistency(old, size, heads.at(old), range.root(), proof));
                QVERIFY(!verifyConsistency(old, size, leafHash("mutated"), range.root(), proof));
            }
        }
    }

    void knownCheckpoint()
    {
        const PrivateKey key = testKey();
        QCOMPARE(key.publicKey(),
                 hex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));
        const QString origin = QStringLiteral("audit.example/demo");
        QCOMPARE(noteKeyId(origin, key.publicKey()), QStringLiteral("6407748a"));
        QCOMPARE(verifierKey(origin, key.publicKey()),
                 QStringLiteral(
                     "audit.example/demo+6407748a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"));
        const Checkpoint checkpoint{.origin = origin, .size = 8, .root = roots().at(8)};
        QCOMPARE(signCheckpoint(checkpoint, key), note);
        const auto opened = openCheckpoint(note, key.publicKey());
        QVERIFY(opened);
        QCOMPARE(*opened, checkpoint);
        QVERIFY(!openCheckpoint(note, PrivateKey::generate().publicKey()));
        QVERIFY(!openCheckpoint(QByteArray(note).replace("\n8\n", "\n7\n"), key.publicKey()));
        QVERIFY(!parseCheckpoint(QByteArray(note).replace("\n8\n", "\n08\n")));
        QVERIFY(!parseCheckpoint("nothing"));
    }

    void knownEnvelopes()
    {
        QCOMPARE(envelope0.size(), 195);
        for (const QByteArray &bytes : {envelope0, envelope1}) {
            const auto parsed = parseEnvelope(bytes);
            QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().text));
            QCOMPARE(*canonicalEnvelope(*parsed), bytes);
        }
        const QByteArray leaf0 = leafHash(envelope0);
        QCOMPARE(leaf0, hex("1557104cd34119de80cc576b6d32f1990c3b07d947c6bd518fdb9512a92ec8c2"));
        QCOMPARE(leafHash(envelope1),
                 hex("55c601b07fcf74ebb83b17115b2fd87ee2fa0f283c6e7a65953c5063fc7687b6"));
        CompactRange range;
        range.append(leaf0);
        range.append(leafHash(envelope1));
        QCOMPARE(range.root(),
                 hex("4e7866a5d99ee62c3090913f3bf98fb96ee389dd928ea0726f460e436271b9c5"));
        const QByteArray signature
            = QByteArray::fromBase64("3DhY7lJlJM+4Mjki1UsFayqz/YReTB32yLzWv3CT/3+VO4535PTX/"
                                     "8nh+Fb3JEo6b2H6JWt72M+aPtHE93bTAg==");
        QCOMPARE(testKey().sign(personSignatureMessage(leaf0)), signature);
        QVERIFY(verifySignature(testKey().publicKey(), personSignatureMessage(leaf0), signature));
        QVERIFY(!verifySignature(testKey().publicKey(), personSignatureMessage(leafHash(envelope1)),
                                 signature));
    }

    void knownPayload()
    {
        QCOMPARE(payloadDigest(hex("000102030405060708090a0b0c0d0e0f"),
                               R"({"body":"Refund 1250.00 EUR to Ana"})"),
                 hex("8476e520779d7a841f4b2a2c6ea14efb7fa7cbbc9bd3eeeb098ad69189b93422"));
    }

    void envelopesRefuse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("fraction") << QByteArray(R"({"a":1.5})");
        QTest::newRow("exponent") << QByteArray(R"({"a":1e3})");
        QTest::newRow("minus zero") << QByteArray(R"({"a":-0})");
        QTest::newRow("2^53") << QByteArray(R"({"a":9007199254740992})");
        QTest::newRow("huge") << QByteArray(R"({"a":123456789012345678901234567890})");
        QTest::newRow("upper-case key") << QByteArray(R"({"A":1})");
        QTest::newRow("empty key") << QByteArray(R"({"":1})");
        QTest::newRow("unsorted") << QByteArray(R"({"b":1,"a":1})");
        QTest::newRow("space") << QByteArray(R"({"a": 1})");
        QTest::newRow("needless escape") << QByteArray(R"({"a":"\u0041"})");
        QTest::newRow("upper-case escape") << QByteArray(R"({"a":"\u000B"})");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("deep") << QByteArray(R"({"a":)" + QByteArray(16, '[') + QByteArray(16, ']')
                                            + "}");
        QTest::newRow("large") << QByteArray("{\"a\":\"" + QByteArray(65536, 'x') + "\"}");
    }

    void envelopesRefuse()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!parseEnvelope(bytes));
    }
};

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"
