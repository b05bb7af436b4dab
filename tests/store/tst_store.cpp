// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/envelope.h"
#include "testing/storefixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace countersign;

class TestStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void createsAProfile()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QVERIFY(f.store->origin().startsWith(u"countersign.local/"));
        const auto trail = f.trail();
        QCOMPARE(trail.size(), 3);
        QCOMPARE(trail.at(0).kind, QLatin1String(event::profileCreated));
        QCOMPARE(trail.at(1).kind, QLatin1String(event::keyAdded));
        QCOMPARE(trail.at(2).kind, QLatin1String(event::personEnrolled));
        const auto persons = f.read<QList<Person>>([](Reader &r) { return r.persons(); });
        QVERIFY(persons);
        QCOMPARE(persons->size(), 1);
        const Person &owner = persons->first();
        QCOMPARE(owner.name, QStringLiteral("Ana Pérez"));
        QCOMPARE(trail.at(2).signatureKey, owner.keyId);
        QVERIFY(verifySignature(owner.publicKey, personSignatureMessage(trail.at(2).leaf),
                                trail.at(2).signature));
        const QString origin = f.store->origin();
        f.store.reset();
        QCOMPARE(f.open(), std::nullopt);
        QCOMPARE(f.store->origin(), origin);
    }

    void headIsTheTreeOfTheEnvelopes()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        for (int i = 0; i < 20; ++i) {
            f.clock.advance(7);
            QVERIFY(f.append({.kind = QStringLiteral("test.note"), .actor = Actor::system()}));
        }
        CompactRange range;
        for (const EventRecord &record : f.trail()) {
            const auto envelope = parseEnvelope(record.envelope);
            QVERIFY(envelope);
            QCOMPARE((*envelope)[u"i"].toInteger(), range.size());
            QCOMPARE((*envelope)[u"log"].toString(), f.store->origin());
            QCOMPARE(record.leaf, leafHash(record.envelope));
            range.append(record.leaf);
        }
        const auto head = f.read<Head>([](Reader &r) { return r.head(); });
        QVERIFY(head);
        QCOMPARE(head->size, 23);
        QCOMPARE(head->root, range.root());
        QCOMPARE(head->frontier, range.frontier());
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
