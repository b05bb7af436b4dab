// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attacker.h"
#include "lifetrail.h"
#include "store/verifier.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>

using namespace countersign;
using TrailVerdict = TrailReport::Verdict;

Q_DECLARE_METATYPE(TrailVerdict)

namespace {

TrailReport verify(const QString &folder, const QList<QByteArray> &checkpoints)
{
    const auto report = verifyTrail({.directory = folder, .checkpoints = checkpoints});
    return report ? *report
                  : TrailReport{.verdict = TrailVerdict(-1),
                                .text = report.error().text + report.error().detail};
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        && file.write(bytes) == bytes.size();
}

} // namespace

class TestVerifier : public QObject
{
    Q_OBJECT

    LifeTrail m_life;
    QString m_origin;
    PrivateKey m_logKey;
    QByteArray m_file; ///< the whole database
    QByteArray m_yesterday; ///< and as it was before the last notes
    qint64 m_size = 0;
    std::unique_ptr<QTemporaryDir> m_copy;

    [[nodiscard]] QString path() const
    {
        return m_copy->filePath(QStringLiteral("countersign.db"));
    }
    [[nodiscard]] TrailReport check(const QList<QByteArray> &checkpoints) const
    {
        return verify(m_copy->path(), checkpoints);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_life.live());
        m_origin = m_life.store->origin();
        m_logKey = m_life.logKey();
        m_life.store.reset();
        m_file = bytesOf(m_life.path());
        m_size = parseCheckpoint(m_life.whole)->size;
        QVERIFY(m_file.size() > 50'000);

        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("countersign.db"));
        QVERIFY(put(copy, m_file));
        {
            Attacker attacker(copy);
            const QString cut = QString::number(m_size - 12);
            QVERIFY(attacker.run(QStringLiteral("DELETE FROM event WHERE seq >= ") + cut));
            QVERIFY(attacker.run(QStringLiteral("DELETE FROM checkpoint WHERE size > ") + cut));
            QVERIFY(attacker.rehash());
        }
        m_yesterday = bytesOf(copy);
        QCOMPARE(verify(folder.path(), {m_life.halfWay}).verdict, TrailVerdict::Ok);
    }

    void init()
    {
        m_copy = std::make_unique<QTemporaryDir>();
        QVERIFY(put(path(), m_file));
    }

    void aGoodTrail()
    {
        const TrailReport alone = check({});
        QVERIFY2(alone.verdict == TrailVerdict::NoOutsideCheckpoint, qPrintable(alone.text));
        QCOMPARE(alone.events, m_size);
        QCOMPARE(alone.firstBad, -1);
        const TrailReport report = check({m_life.whole, m_life.halfWay});
        QVERIFY2(report.verdict == TrailVerdict::Ok, qPrintable(report.text));
        QCOMPARE(report.checkpointsGiven, 2);
        QCOMPARE(bytesOf(path()), m_file);
        QVERIFY(verifyTrail({.directory = m_copy->path(), .replay = false}));
    }

    /// Columns: by the chain alone (no checkpoints left), with those inside, with one from outside.
    void attacks_data()
    {
        using Attack = std::function<bool(Attacker &)>;
        QTest::addColumn<Attack>("attack");
        QTest::addColumn<TrailVerdict>("chain");
        QTest::addColumn<TrailVerdict>("inside");
        QTest::addColumn<TrailVerdict>("outside");
        const TrailVerdict found = TrailVerdict::Tampered;
        const TrailVerdict missed = TrailVerdict::NoOutsideCheckpoint;
        const auto row = [](const char *name, const Attack &attack, TrailVerdict chain,
                            TrailVerdict inside, TrailVerdict outside) -> void {
            QTest::newRow(name) << attack << chain << inside << outside;
        };
        const qint64 note = m_size - 15; // not signed, changes no state
        const auto last = [this](int count) -> QString {
            return QStringLiteral("DELETE FROM event WHERE seq >= %1").arg(m_size - count);
        };
        row(
            "nothing", [](Attacker &) -> bool { return true; }, missed, missed, TrailVerdict::Ok);
        row(
            "edit a body",
            [](Attacker &a) -> bool { return a.edit(4, "issue_refund", "issue_rebate"); }, found,
            found, found);
        row(
            "edit a body and its leaf",
            [](Attacker &a) -> bool {
                const bool edited = a.edit(4, "issue_refund", "issue_rebate");
                const QString frontier
                    = a.value(QStringLiteral("SELECT hex(frontier) FROM log_head"));
                const QString root = a.value(QStringLiteral("SELECT hex(root) FROM log_head"));
                return edited && a.rehash()
                    && a.run(QStringLiteral("UPDATE log_head SET frontier = x'%1', root = x'%2'")
                                 .arg(frontier, root));
            },
            found, found, found);
        row(
            "delete a middle row",
            [](Attacker &a) -> bool {
                return a.run(QStringLiteral("DELETE FROM event WHERE seq = 7"));
            },
            found, found, found);
        row(
            "delete a run of rows",
            [](Attacker &a) -> bool {
                return a.run(QStringLiteral("DELETE FROM event WHERE seq BETWEEN 5 AND 11"))
                    && a.rehash();
            },
            found, found, found);
        row(
            "delete a run and close the gap",
            [](Attacker &a) -> bool {
                return a.run(QStringLiteral("DELETE FROM event WHERE seq BETWEEN 5 AND 11"))
                    && a.run(QStringLiteral("UPDATE event SET seq = -seq WHERE seq > 11"))
                    && a.run(QStringLiteral("UPDATE event SET seq = -seq - 7 WHERE seq < 0"))
                    && a.rehash();
            },
            found, found, found);
        row(
            "cut the tail and its checkpoints",
            [last](Attacker &a) -> bool {
                return a.run(last(12)) && a.rehash()
                    && a.run(QStringLiteral(
                        "DELETE FROM checkpoint WHERE size > (SELECT size FROM log_head)"));
            },
            missed, missed, found);
        row(
            "cut the tail, leave its checkpoint",
            [last](Attacker &a) -> bool { return a.run(last(12)) && a.rehash(); }, missed, found,
            found);
        row(
            "cut the tail, leave the head", [last](Attacker &a) -> bool { return a.run(last(1)); },
            found, found, found);
        row(
            "cut everything",
            [](Attacker &a) -> bool {
                return a.run(QStringLiteral("DELETE FROM event")) && a.rehash();
            },
            found, found, found);
        row(
            "rewrite all and hash anew, drop the checkpoints",
            [note](Attacker &a) -> bool {
                const bool edited = a.edit(note + 5, "note ", "joke ");
                a.dropCheckpoints();
                return edited && a.rehash();
            },
            missed, missed, found);
        row(
            "rewrite all and hash anew",
            [note](Attacker &a) -> bool {
                return a.edit(note + 5, "note ", "joke ") && a.rehash();
            },
            missed, found, found);
        // The attacker's key replaces ours in the trail as well: only who knows ours can tell.
        row(
            "rewrite all with a key of one's own",
            [this, note](Attacker &a) -> bool {
                const PrivateKey own = PrivateKey::generate();
                return a.edit(note + 5, "note ", "joke ")
                    && a.edit(1, m_logKey.publicKey().toBase64(), own.publicKey().toBase64())
                    && a.edit(1, noteKeyId(m_origin, m_logKey.publicKey()).toLatin1(),
                              noteKeyId(m_origin, own.publicKey()).toLatin1())
                    && a.rehash() && a.resign(m_origin, own);
            },
            missed, missed, found);
        row(
            "sign the checkpoints with a key of one's own",
            [this](Attacker &a) -> bool { return a.resign(m_origin, PrivateKey::generate()); },
            missed, found, found);
        row(
            "rewrite all with the stolen key",
            [this, note](Attacker &a) -> bool {
                return a.edit(note + 5, "note ", "joke ") && a.rehash()
                    && a.resign(m_origin, m_logKey);
            },
            missed, missed, found);
        row(
            "a person's event with the stolen key",
            [this](Attacker &a) -> bool {
                return a.edit(5, "p-1", "p-1") && a.edit(5, "issue_refund", "issue_rebate")
                    && a.run(
                        QStringLiteral("UPDATE event SET action = 'issue_rebate' WHERE seq = 5"))
                    && a.rehash() && a.resign(m_origin, m_logKey);
            },
            found, found, found);
        row(
            "yesterday's copy",
            [](Attacker &a) -> bool { return a.run(QStringLiteral("SELECT 1")); }, missed, missed,
            found);
    }

    void attacks()
    {
        QFETCH(std::function<bool(Attacker &)>, attack);
        QFETCH(TrailVerdict, chain);
        QFETCH(TrailVerdict, inside);
        QFETCH(TrailVerdict, outside);
        if (qstrcmp(QTest::currentDataTag(), "yesterday's copy") == 0) {
            QVERIFY(put(path(), m_yesterday));
        }
        {
            Attacker attacker(path());
            QVERIFY(attack(attacker));
        }
        const TrailReport inner = check({});
        QVERIFY2(inner.verdict == inside, qPrintable(inner.text));
        const TrailReport outer = check({m_life.whole});
        QVERIFY2(outer.verdict == outside, qPrintable(outer.text));
        Attacker(path()).dropCheckpoints();
        const TrailReport alone = check({});
        QVERIFY2(alone.verdict == chain, qPrintable(alone.text));
    }

    /// What nobody can find: the stolen key, and only events after the newest checkpoint that
    /// somebody else holds.
    void theWindowThatStaysOpen()
    {
        {
            Attacker attacker(path());
            QVERIFY(attacker.edit(m_size - 3, "note ", "joke "));
            QVERIFY(attacker.rehash());
            QVERIFY(attacker.resign(m_origin, m_logKey));
        }
        QCOMPARE(check({m_life.halfWay}).verdict, TrailVerdict::Ok);
        QCOMPARE(check({m_life.halfWay, m_life.whole}).verdict, TrailVerdict::Tampered);
    }

    void alterations_data()
    {
        QTest::addColumn<QString>("sql");
        const auto row = [](const char *sql) -> void {
            QTest::newRow(sql) << QString::fromUtf8(sql);
        };
        row("UPDATE event SET at_ms = at_ms + 1 WHERE seq = 6");
        row("UPDATE event SET kind = 'decision.reject' WHERE kind = 'decision.approve'");
        row("UPDATE event SET case_id = 'c-2' WHERE seq = 4");
        row("UPDATE event SET case_id = NULL WHERE seq = 4");
        row("UPDATE event SET case_id = '' WHERE seq = 2");
        row("UPDATE event SET actor = 'p-2' WHERE seq = 5");
        row("UPDATE event SET agent = 'other' WHERE seq = 4");
        row("UPDATE event SET action = 'other' WHERE seq = 4");
        row("UPDATE event SET endpoint = 'e-2' WHERE seq = 4");
        row("UPDATE event SET risk = 'low' WHERE seq = 4");
        row("UPDATE event SET decision_id = 'd-9' WHERE seq = 5");
        row("UPDATE event SET sig = NULL, sig_key = NULL WHERE seq = 5");
        row("UPDATE event SET sig = NULL WHERE seq = 5");
        row("UPDATE event SET sig_key = NULL WHERE seq = 5");
        row("UPDATE event SET sig_key = '00000000' WHERE seq = 5");
        row("UPDATE event SET sig = (SELECT sig FROM event WHERE seq = 3) WHERE seq = 5");
        row("UPDATE event SET sig = (SELECT sig FROM event WHERE seq = 5), sig_key = (SELECT "
            "sig_key FROM event WHERE seq = 5) "
            "WHERE seq = 4");
        row("UPDATE event SET leaf = zeroblob(32) WHERE seq = 5");
        row("UPDATE event SET envelope = CAST(envelope || ' ' AS BLOB) WHERE seq = 5");
        row("UPDATE event SET envelope = (SELECT envelope FROM event WHERE seq = 8), leaf = "
            "(SELECT leaf FROM event WHERE "
            "seq = 8) WHERE seq = 9");
        row("INSERT INTO event SELECT seq + 1, envelope, leaf, at_ms, kind, case_id, actor, agent, "
            "action, endpoint, risk, "
            "decision_id, sig_key, sig FROM event ORDER BY seq DESC LIMIT 1");
        row("INSERT INTO event SELECT -1, envelope, leaf, at_ms, kind, case_id, actor, agent, "
            "action, endpoint, risk, "
            "decision_id, sig_key, sig FROM event ORDER BY seq DESC LIMIT 1");
        row("UPDATE payload SET bytes = CAST(bytes || ' ' AS BLOB) WHERE digest = (SELECT "
            "min(digest) FROM "
            "payload)");
        row("UPDATE payload SET bytes = (SELECT bytes FROM payload ORDER BY digest DESC LIMIT 1)");
        row("UPDATE payload SET salt = randomblob(16)");
        row("DELETE FROM payload WHERE digest = (SELECT max(digest) FROM payload)");
        row("INSERT INTO payload VALUES (randomblob(32), randomblob(16), x'00')");
        row("UPDATE log_head SET size = size - 1");
        row("UPDATE log_head SET frontier = zeroblob(length(frontier))");
        row("UPDATE log_head SET root = zeroblob(32)");
        row("DELETE FROM log_head");
        row("UPDATE checkpoint SET note = replace(note, 'A', 'B')");
        row("UPDATE checkpoint SET size = size - 1");
        row("UPDATE checkpoint SET size = size + 1000");
        row("UPDATE checkpoint SET note = ''");
        row("UPDATE person SET name = 'Bob'");
        row("UPDATE person SET public_key = zeroblob(32)");
        row("INSERT INTO person VALUES (9, 'p-9', 'Eve', 'lead', '00000000', zeroblob(32), NULL, NULL, NULL, NULL)");
        row("UPDATE endpoint SET url = 'http://evil.example'");
        row("DELETE FROM endpoint");
        row("UPDATE cases SET state = 'delivered' WHERE id = 'c-2'");
        row("UPDATE cases SET amount = '1' WHERE id = 'c-2'");
        row("UPDATE cases SET assignee = 'p-2' WHERE id = 'c-3'");
        row("UPDATE cases SET follow_up_ms = 1 WHERE id = 'c-3'");
        row("UPDATE cases SET back = 'part', back_ms = 1 WHERE id = 'c-3'");
        row("UPDATE cases SET set_aside_by = 'p-2' WHERE id = 'c-3'");
        row("UPDATE decision SET kind = 'reject' WHERE id = 'd-1'");
        row("UPDATE outbox SET state = 'delivered'");
        row("UPDATE outbox_part SET part = 2");
        row("DELETE FROM effect");
        row("UPDATE effect SET text = 'nothing'");
        row("CREATE TRIGGER sly AFTER INSERT ON cases BEGIN DELETE FROM cases; END");
        row("CREATE VIEW sly AS SELECT * FROM event");
        row("CREATE TABLE sly (x)");
        row("CREATE INDEX sly ON event (risk)");
        row("DROP INDEX event_kind");
        row("DROP TABLE effect; CREATE TABLE effect (seq INTEGER PRIMARY KEY, case_id TEXT, word "
            "TEXT, text TEXT)");
        row("ALTER TABLE event RENAME TO real_event; CREATE VIEW event AS SELECT * FROM "
            "real_event");
        // An index that leaves out what an auditor looks for, with the old words in the schema.
        row("DROP INDEX event_actor; CREATE INDEX event_actor ON event (actor, kind, seq) WHERE "
            "seq <> 5; PRAGMA "
            "writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX event_actor ON "
            "event (actor, kind, seq)' WHERE "
            "name = 'event_actor'");
    }

    void alterations()
    {
        QFETCH(QString, sql);
        {
            Attacker attacker(path());
            QVERIFY(attacker.run(sql));
        }
        const TrailReport report = check({m_life.halfWay});
        QVERIFY2(report.verdict == TrailVerdict::Tampered, qPrintable(report.text));
        QVERIFY(!report.text.isEmpty());
    }

    void theFirstBadEventIsNamed()
    {
        {
            Attacker attacker(path());
            QVERIFY(attacker.edit(9, "\"at\"", "\"au\""));
            QVERIFY(attacker.edit(11, "\"at\"", "\"au\""));
        }
        const TrailReport report = check({});
        QCOMPARE(report.firstBad, 9);
        QCOMPARE(report.events, 9);
        QVERIFY(report.text.contains(QStringLiteral("9")));
    }

    /// The guards cannot be put back by the Attacker, who drops them: by SQLite alone.
    void guards_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("update") << QStringLiteral("DROP TRIGGER event_no_update");
        QTest::newRow("delete") << QStringLiteral("DROP TRIGGER event_no_delete");
        QTest::newRow("insert") << QStringLiteral("DROP TRIGGER event_append_only");
        QTest::newRow("other words")
            << QStringLiteral("DROP TRIGGER event_no_delete; CREATE TRIGGER event_no_delete BEFORE "
                              "DELETE ON event BEGIN SELECT 1; END");
    }

    void guards()
    {
        QFETCH(QString, sql);
        runBare(path(), sql);
        const TrailReport report = check({m_life.whole});
        QVERIFY2(report.verdict == TrailVerdict::Tampered, qPrintable(report.text));
    }

    void forgedEvents_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row
            = [](const char *name, const QByteArray &before, const QByteArray &after) -> void {
            QTest::newRow(name) << before << after;
        };
        row("other place", "\"i\":", "\"i\":1");
        row("other log", "\"log\":\"", "\"log\":\"x");
        row("other version", "\"v\":1", "\"v\":2");
        row("not canonical", "\"v\":1", "\"v\": 1");
        row("no time", "\"at\":\"20", "\"at\":\"");
        row("a person's, unsigned", "\"kind\":\"test.note\"", "\"kind\":\"person.enrolled\"");
        row("a key that is none", "\"kind\":\"test.note\"",
            "\"kind\":\"key.added\",\"use\":\"log\"");
        row("an unknown case", "\"id\":\"countersign\"", "\"id\":\"countersign\"");
    }

    /// A whole and well-hashed trail whose last event is not as events are.
    void forgedEvents()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        if (before == after) {
            before = "\"i\":";
            after = "\"case\":\"c-99\",\"i\":";
        }
        if (after.contains("key.added")) { // members in their order
            before = "\"v\":1";
            after = "\"use\":\"log\",\"v\":1";
        }
        {
            Attacker attacker(path());
            QVERIFY(attacker.edit(m_size - 1, before, after));
            if (after.contains("\"use\"")) {
                QVERIFY(attacker.edit(m_size - 1, "test.note", "key.added"));
                QVERIFY(attacker.run(
                    QStringLiteral("UPDATE event SET kind = 'key.added' WHERE seq = %1")
                        .arg(m_size - 1)));
            }
            if (after.contains("enrolled")) {
                QVERIFY(attacker.edit(m_size - 1, "\"type\":\"system\"", "\"type\":\"person\""));
                QVERIFY(attacker.run(
                    QStringLiteral("UPDATE event SET kind = 'person.enrolled' WHERE seq = %1")
                        .arg(m_size - 1)));
            }
            if (after.contains("c-99")) {
                QVERIFY(
                    attacker.run(QStringLiteral("UPDATE event SET case_id = 'c-99' WHERE seq = %1")
                                     .arg(m_size - 1)));
            }
            attacker.dropCheckpoints();
            QVERIFY(attacker.rehash());
        }
        const TrailReport report = check({});
        QVERIFY2(report.verdict == TrailVerdict::Tampered, qPrintable(report.text));
        QCOMPARE(report.firstBad, m_size - 1);
    }

    void checkpointsFromOutside()
    {
        const auto code = [this](const QByteArray &note) -> ErrorCode {
            const auto report = verifyTrail({.directory = m_copy->path(), .checkpoints = {note}});
            return report ? ErrorCode::Protocol : report.error().code;
        };
        QCOMPARE(code("not a checkpoint"), ErrorCode::InvalidInput);
        QCOMPARE(code({}), ErrorCode::InvalidInput);
        const Checkpoint good = *parseCheckpoint(m_life.whole);
        Checkpoint other = good;
        other.size = 0;
        QCOMPARE(code(signCheckpoint(other, m_logKey)), ErrorCode::InvalidInput);
        QCOMPARE(check({m_life.whole}).verdict, TrailVerdict::Ok);
        QCOMPARE(check({signCheckpoint(good, PrivateKey::generate())}).verdict,
                 TrailVerdict::Tampered);
        other = good;
        other.origin += QLatin1Char('x');
        QCOMPARE(check({signCheckpoint(other, m_logKey)}).verdict, TrailVerdict::Tampered);
        other = good;
        other.root = sha256("other");
        QCOMPARE(check({m_life.whole, signCheckpoint(other, m_logKey)}).verdict,
                 TrailVerdict::Tampered);
        other = good;
        other.size += 1;
        QCOMPARE(check({signCheckpoint(other, m_logKey), m_life.whole}).verdict,
                 TrailVerdict::Tampered);
    }

    void notATrail()
    {
        const auto verdict = [this]() -> TrailVerdict {
            return check({}).verdict;
        };
        QCOMPARE(verify(m_copy->filePath(QStringLiteral("nowhere")), {}).verdict,
                 TrailVerdict::Unreadable);
        for (const QByteArray &bytes :
             {QByteArray(), QByteArray("hello"), QByteArray(m_file).replace(0, 1, "s"),
              m_file.left(16), m_file.left(100), m_file.left(4096),
              m_file.left(m_file.size() / 2)}) {
            QVERIFY(put(path(), bytes));
            const TrailReport report = check({});
            QVERIFY2(report.verdict == TrailVerdict::Unreadable,
                     qPrintable(QString::number(bytes.size()) + report.text));
        }
        for (const char *sql :
             {"PRAGMA application_id = 1", "PRAGMA user_version = 0", "PRAGMA user_version = 99"}) {
            QVERIFY(put(path(), m_file));
            runBare(path(), QString::fromLatin1(sql));
            QCOMPARE(verdict(), TrailVerdict::Unreadable);
        }
        QVERIFY(QFile::remove(path()));
        QVERIFY(QDir(m_copy->path()).mkdir(QStringLiteral("countersign.db")));
        QCOMPARE(verdict(), TrailVerdict::Unreadable);
    }

    void besideAWriter()
    {
        LifeTrail life;
        QVERIFY(life.live(2, 2));
        QVERIFY(QFileInfo(life.path() + QStringLiteral("-wal")).size() > 0);
        const QByteArray before = bytesOf(life.path());
        const TrailReport report = verify(life.folder.path(), {life.whole});
        QVERIFY2(report.verdict == TrailVerdict::Ok, qPrintable(report.text));
        QCOMPARE(bytesOf(life.path()), before);
        QVERIFY(life.addNotes(1));
        QCOMPARE(verify(life.folder.path(), {life.whole}).events, report.events + 1);

        // A copy of the file without its log lacks the newest events.
        QVERIFY(put(path(), before));
        QVERIFY(check({life.whole}).verdict != TrailVerdict::Ok);
    }

    void onAMediumThatCannotBeWritten()
    {
        QVERIFY(::chmod(QFile::encodeName(m_copy->path()).constData(), 0555) == 0);
        const TrailReport report = check({m_life.whole});
        QVERIFY(::chmod(QFile::encodeName(m_copy->path()).constData(), 0755) == 0);
        QVERIFY2(report.verdict == TrailVerdict::Ok, qPrintable(report.text));
    }

    void progressAndCancel()
    {
        LifeTrail life;
        QVERIFY(life.live(1, 1200));
        life.store.reset();
        QList<qint64> seen;
        const auto report = verifyTrail({.directory = life.folder.path(),
                                         .progress = [&seen](qint64 done, qint64 total) -> bool {
                                             seen.append(done);
                                             return done <= total;
                                         }});
        QVERIFY(report);
        QVERIFY(seen.size() >= 2);
        QVERIFY(std::is_sorted(seen.cbegin(), seen.cend()));
        QVERIFY(seen.last() <= report->events);
        const auto cancelled
            = verifyTrail({.directory = life.folder.path(), .progress = [](qint64, qint64) -> bool {
                               return false;
                           }});
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    }

    /// Every flip is found, makes the file unreadable, or leaves what the file says as it was.
    void flippedBits()
    {
        const QByteArray content = contentOf(path());
        QVERIFY(!content.contains("damaged"));
        int found = 0;
        int harmless = 0;
        for (qsizetype at = 0; at < m_file.size(); at += at < 100 ? 3 : 509) {
            QByteArray flipped = m_file;
            flipped[at] = char(flipped.at(at) ^ (1 << (at % 8)));
            QVERIFY(put(path(), flipped));
            const TrailReport report = check({m_life.whole});
            if (report.verdict == TrailVerdict::Tampered
                || report.verdict == TrailVerdict::Unreadable) {
                ++found;
            } else {
                QVERIFY2(report.verdict == TrailVerdict::Ok, qPrintable(report.text));
                QVERIFY2(contentOf(path()) == content, qPrintable(QString::number(at)));
                ++harmless;
            }
            QFile::remove(path() + QStringLiteral("-wal"));
            QFile::remove(path() + QStringLiteral("-shm"));
        }
        QVERIFY(found > 50);
        qInfo("%d found, %d harmless", found, harmless);
    }

private:
    static void runBare(const QString &path, const QString &sql);
};

#include <sqlite3.h>

void TestVerifier::runBare(const QString &path, const QString &sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, nullptr),
             SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
}

QTEST_GUILESS_MAIN(TestVerifier)
#include "tst_verifier.moc"
