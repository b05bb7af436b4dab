// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include "domain/envelope.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;

namespace {

EventDraft note()
{
    return {.kind = QStringLiteral("test.note"), .actor = Actor::system()};
}

} // namespace

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
            QVERIFY(f.append(note()));
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

    void payloadsAreSaltedAndTheirDigestIsInTheEnvelope()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        const Json payload = Json::object({field("n", Json::number("100.10"))});
        QByteArray first;
        for (int i = 0; i < 2; ++i) {
            EventDraft draft = note();
            draft.payload = payload;
            const auto record = f.append(draft);
            QVERIFY(record);
            const QByteArray digest
                = (*parseEnvelope(record->envelope))[u"payload"].toString().toLatin1();
            QCOMPARE(digest.size(), 64);
            QVERIFY(digest != first);
            first = digest;
            const auto read
                = f.read<std::optional<Json>>([&](Reader &r) { return r.payloadOf(record->seq); });
            QVERIFY(read && *read);
            QCOMPARE(toJson(**read), toJson(payload));
        }
        const auto none = f.read<std::optional<Json>>([](Reader &r) { return r.payloadOf(0); });
        QVERIFY(none && !*none);
    }

    void anErrorLeavesNothing()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QSignalSpy changed(f.store.get(), &Store::changed);
        const auto failed = f.write<int>([](Transaction &tx) -> Result<int> {
            if (!tx.append(note())) {
                return 0;
            }
            return fail(ErrorCode::Changed, QStringLiteral("No."));
        });
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Changed);
        // An append that failed is not forgotten because the job went on.
        const auto swallowed = f.write<int>([](Transaction &tx) -> Result<int> {
            EventDraft bad = note();
            bad.fields = Json::object({field("Upper", 1)});
            const bool ok = tx.append(note()) && tx.append(bad);
            const bool again = bool(tx.append(note()));
            return int(ok || again);
        });
        QVERIFY(!swallowed);
        QCOMPARE(swallowed.error().code, ErrorCode::InvalidInput);
        QCOMPARE(f.trail().size(), 3);
        QVERIFY(f.append(note()));
        QCOMPARE(f.trail().size(), 4);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().value<Changes>().headSize, 4);
    }

    void membersOfTheEnvelopeAreNotFields()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        for (const char *key : {"kind", "i", "log", "actor", "case", "payload"}) {
            EventDraft draft = note();
            draft.fields = Json::object({field(key, QStringLiteral("x"))});
            const auto refused = f.append(draft);
            QVERIFY2(!refused, key);
            QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        }
    }

    void aTransactionSeesItsOwnWrites()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QVERIFY(Life(f).addEndpoint());
        const auto seen = f.write<bool>([](Transaction &tx) -> Result<bool> {
            const CaseId first = tx.nextCaseId().value_or(CaseId());
            const CaseId second = tx.nextCaseId().value_or(CaseId());
            const Proposal proposal = Life::refund(QStringLiteral("q"));
            return tx.append(Life::caseDraft(event::caseProposed, second, proposal))
                .and_then([&](const EventRecord &) { return tx.caseById(second); })
                .map([&](const std::optional<Case> &item) {
                    return first != second && item && item->state == CaseState::Waiting;
                });
        });
        QVERIFY(seen && *seen);
    }

    void personsSignWhatTheyDo()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        Life life(f);
        QVERIFY(life.addEndpoint());
        const CaseId id = life.propose(Life::refund(QStringLiteral("q")));
        const DecisionId d1(QStringLiteral("d-1"));
        QVERIFY(f.append(Life::decision(event::decisionApprove, id, d1)));
        EventDraft byPolicy
            = Life::decision(event::decisionReject, life.propose(Life::refund(QStringLiteral("r"))),
                             DecisionId(QStringLiteral("d-2")));
        byPolicy.actor = Actor::policy(QStringLiteral("policy v1"));
        QVERIFY(f.append(byPolicy));
        QVERIFY(life.onCase(event::caseSetAside, id));
        QVERIFY(life.onDecision(event::decisionWithdrawn, id, d1));
        EventDraft byPerson = note();
        byPerson.actor = Life::ana();
        QVERIFY(f.append(byPerson));
        const auto owner = f.read<QList<Person>>([](Reader &r) { return r.persons(); })->first();
        QStringList signedKinds;
        for (const EventRecord &record : f.trail()) {
            QCOMPARE(record.signature.isEmpty(), record.signatureKey.isEmpty());
            if (!record.signature.isEmpty()) {
                QVERIFY(verifySignature(owner.publicKey, personSignatureMessage(record.leaf),
                                        record.signature));
                QCOMPARE(record.signatureKey, owner.keyId);
                signedKinds.append(record.kind);
            }
        }
        const QStringList expected{
            QStringLiteral("person.enrolled"), QStringLiteral("endpoint.added"),
            QStringLiteral("decision.approve"), QStringLiteral("case.set_aside"),
            QStringLiteral("decision.withdrawn")};
        QCOMPARE(signedKinds, expected);
    }

    void withoutTheKeyNothingIsSigned()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        EventDraft draft = Life::decision(event::decisionApprove, CaseId(QStringLiteral("c-1")),
                                          DecisionId(QStringLiteral("d-1")));
        draft.actor = Actor::person(PersonId(QStringLiteral("p-9")), QStringLiteral("Nobody"));
        auto refused = f.append(draft);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NotAllowed);
        // Another key under the right name is not the enrolled one.
        const QString origin = f.store->origin();
        f.store.reset();
        MemorySecrets others;
        KeyRing otherKeys(others);
        QVERIFY(otherKeys.key(origin, QStringLiteral("p-1"), true));
        const auto store = openSqliteStore(f.options(), otherKeys, f.clock);
        QVERIFY(store);
        draft.actor = Life::ana();
        refused = (*store)
                      ->write<EventRecord>([&](Transaction &tx) { return tx.append(draft); })
                      .result();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NotAllowed);
    }

    void checkpointsAreSignedNotes()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        const auto note = f.store->checkpoint().result();
        QVERIFY(note);
        const auto added = parseEnvelope(f.trail().at(1).envelope);
        const QByteArray key
            = QByteArray::fromBase64((*added)[u"public_key"].toString().toLatin1());
        const auto opened = openCheckpoint(*note, key);
        QVERIFY(opened);
        QCOMPARE(opened->size, 3);
        QCOMPARE(opened->origin, f.store->origin());
        QCOMPARE(opened->root, f.read<Head>([](Reader &r) { return r.head(); })->root);
        QVERIFY(f.store->checkpoint().result());
    }

    void casesAreFilteredByConfidence()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        Life life(f);
        QVERIFY(life.addEndpoint());
        for (const char *confidence : {"", "0.2", "0.50", "0.9"}) {
            Proposal proposal = Life::refund(QString::fromLatin1(confidence));
            proposal.confidence = Decimal::parse(QByteArray(confidence));
            life.propose(proposal);
        }
        const auto found = [&](const CaseQuery &query) -> QStringList {
            QStringList ids;
            const auto rows = f.read<QList<CaseRow>>([&](Reader &r) { return r.caseRows(query); });
            for (const CaseRow &row : *rows) {
                ids.append(row.id.toString());
            }
            const auto cases = f.read<QList<Case>>([&](Reader &r) { return r.cases(query); });
            return cases->size() == ids.size() ? ids : QStringList{QStringLiteral("differ")};
        };
        const auto list = [](const char *ids) -> QStringList {
            return QString::fromLatin1(ids).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        CaseQuery query;
        QCOMPARE(found(query), list("c-1 c-2 c-3 c-4"));
        query.unknownConfidence = true;
        QCOMPARE(found(query), list("c-1"));
        query.minConfidence = Decimal::parse(QByteArray("0.5"));
        QCOMPARE(found(query), list("c-1 c-3 c-4"));
        query.unknownConfidence = false;
        query.maxConfidence = Decimal::parse(QByteArray("0.500"));
        QCOMPARE(found(query), list("c-3"));
        query = {};
        query.states = {CaseState::Held};
        QCOMPARE(found(query), list(""));
        query = {};
        query.ids = {CaseId(QStringLiteral("c-2")), CaseId(QStringLiteral("c-4"))};
        query.caseType = QStringLiteral("damaged_order");
        query.endpoint = EndpointId(QStringLiteral("e-1"));
        query.updatedSinceMs = FakeClock::start;
        QCOMPARE(found(query), list("c-2 c-4"));
        query.updatedSinceMs = FakeClock::start + 1;
        QCOMPARE(found(query), list(""));
    }

    void aRowTellsACase()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        Life life(f);
        QVERIFY(life.addEndpoint());
        life.propose(Life::refund(QStringLiteral("q"), 2, 3));
        const auto rows = f.read<QList<CaseRow>>([](Reader &r) { return r.caseRows({}); });
        QCOMPARE(rows->size(), 1);
        const CaseRow &row = rows->first();
        QCOMPARE(row.headline, QStringLiteral("Issue refund 1250.00 EUR"));
        QCOMPARE(row.subject, QStringLiteral("damaged order · order: A1"));
        QCOMPARE(row.endpointName, QStringLiteral("Desk"));
        QCOMPARE(row.agent, QStringLiteral("desk"));
        QCOMPARE(row.confidence->toString(), QStringLiteral("0.82"));
        QCOMPARE(row.impact.amount->toString(), QStringLiteral("1250.00"));
        QCOMPARE(row.allowed, DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject);
        QCOMPARE(row.question, QStringLiteral("q"));
        QCOMPARE(row.part, 2);
        QCOMPARE(row.of, 3);
    }

    void pendingWorkIsAnsweredAtTheEnd()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QList<QFuture<Result<EventRecord>>> writes;
        QList<QFuture<Result<Head>>> reads;
        for (int i = 0; i < 50; ++i) {
            writes.append(
                f.store->write<EventRecord>([](Transaction &tx) { return tx.append(note()); }));
            reads.append(f.store->read<Head>([](Reader &r) { return r.head(); }));
        }
        f.store.reset();
        for (const auto &write : writes) {
            QVERIFY(write.isFinished());
            QVERIFY(write.result());
        }
        for (const auto &read : reads) {
            QVERIFY(read.isFinished());
            QVERIFY(read.result() || read.result().error().code == ErrorCode::Cancelled);
        }
        QCOMPARE(f.open(), std::nullopt);
        QCOMPARE(f.trail().size(), 53);
    }

    /// Bounds that only a wrong turn misses (measured: see the figures that this prints).
    void batchesAreCheap()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QVERIFY(Life(f).addEndpoint());
        constexpr int count = 1000;
        const auto batch = [&](auto draft) -> qint64 {
            QElapsedTimer timer;
            timer.start();
            const auto done = f.write<int>([&](Transaction &tx) -> Result<int> {
                for (int i = 1; i <= count; ++i) {
                    if (const auto record = tx.append(draft(i)); !record) {
                        return tl::unexpected<Error>(record.error());
                    }
                }
                return count;
            });
            return done ? timer.elapsed() : -1;
        };
        const auto id = [](int i) {
            return CaseId(QStringLiteral("c-%1").arg(i));
        };
        const qint64 proposed = batch([&](int i) {
            return Life::caseDraft(event::caseProposed, id(i), Life::refund(QString::number(i)));
        });
        const qint64 decided = batch([&](int i) {
            return Life::decision(event::decisionApprove, id(i),
                                  DecisionId(QStringLiteral("d-%1").arg(i)));
        });
        qInfo("1000 proposals: %lld ms, 1000 decisions: %lld ms", proposed, decided);
        QVERIFY(proposed > 0 && decided > 0);
        QVERIFY(decided < 5000);
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
