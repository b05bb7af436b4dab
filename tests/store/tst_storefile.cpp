// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include "store/sqlite/migrator.h"
#include "store/verifier.h"
#include "testing/tightplace.h"

#include <QDir>
#include <QProcess>
#include <QSemaphore>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

using namespace countersign;

namespace {

/// Somebody else's hand on the file.
class Hand
{
public:
    explicit Hand(const QString &path)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("hand"));
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~Hand()
    {
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(QStringLiteral("hand"));
    }
    Q_DISABLE_COPY_MOVE(Hand)

    bool run(const char *sql)
    {
        QSqlQuery query(m_database);
        const bool done = query.exec(QString::fromUtf8(sql));
        error = query.lastError().text();
        return done;
    }
    QVariant value(const char *sql)
    {
        QSqlQuery query(m_database);
        return query.exec(QString::fromUtf8(sql)) && query.next() ? query.value(0) : QVariant();
    }
    QString error;

private:
    QSqlDatabase m_database;
};

EventDraft note()
{
    return {.kind = QStringLiteral("test.note"), .actor = Actor::system()};
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qsizetype threads()
{
    return QDir(QStringLiteral("/proc/self/task"))
        .entryList(QDir::Dirs | QDir::NoDotAndDotDot)
        .size();
}

} // namespace

/// The file under the store: locks, versions, damage, and what survives a kill.
class TestStoreFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventsAreOnlyAppended_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("update") << QByteArray("UPDATE event SET kind = 'x' WHERE seq = 1");
        QTest::newRow("delete") << QByteArray("DELETE FROM event WHERE seq = 2");
        QTest::newRow("delete all") << QByteArray("DELETE FROM event");
        const QByteArray values = " (seq, envelope, leaf, at_ms, kind, actor) VALUES (%1, x'00', "
                                  "zeroblob(32), 0, 'x', 'y')";
        QTest::newRow("replace") << "INSERT OR REPLACE INTO event"
                + QByteArray(values).replace("%1", "1");
        QTest::newRow("gap") << "INSERT INTO event" + QByteArray(values).replace("%1", "7");
        QTest::newRow("unnumbered")
            << "INSERT INTO event" + QByteArray(values).replace("%1", "NULL");
        QTest::newRow("upsert") << "INSERT INTO event" + QByteArray(values).replace("%1", "1")
                + " ON CONFLICT (seq) DO UPDATE SET kind = 'z'";
    }
    void eventsAreOnlyAppended()
    {
        QFETCH(QByteArray, sql);
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        const auto before = f.trail();
        Hand hand(f.path());
        QVERIFY(!hand.run(sql.constData()));
        QVERIFY2(hand.error.contains(u"event"), qPrintable(hand.error));
        const auto after = f.trail();
        QCOMPARE(after.size(), before.size());
        QCOMPARE(after.at(1).envelope, before.at(1).envelope);
    }

    void aSecondWriterIsRefusedAndAReaderIsNot()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        const auto second = openSqliteStore(f.options(), f.keys, f.clock);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Locked);
        const QString pid = QString::number(QCoreApplication::applicationPid());
        QVERIFY2(second.error().text.contains(pid), qPrintable(second.error().text));

        auto reader = openSqliteStore(f.options(true), f.keys, f.clock);
        QVERIFY(reader);
        QCOMPARE((*reader)->origin(), f.store->origin());
        QVERIFY(f.append(note()));
        const auto head = (*reader)->read<Head>([](Reader &r) { return r.head(); }).result();
        QCOMPARE(head->size, 4);
        const auto refused
            = (*reader)
                  ->write<EventRecord>([](Transaction &tx) { return tx.append(note()); })
                  .result();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Storage);
        QVERIFY((*reader)->checkpoint().result());
        f.store.reset();
        QCOMPARE(f.open(), std::nullopt);
    }

    void aNewerSchemaIsRefused()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        f.store.reset();
        QVERIFY(Hand(f.path()).run("PRAGMA user_version = 99"));
        for (const bool readOnly : {false, true}) {
            const auto opened = openSqliteStore(f.options(readOnly), f.keys, f.clock);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::NewerSchema);
        }
    }

    void whatIsNotOursIsNotTouched_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text")
            << QByteArray("Not a database at all, but long enough. ").repeated(99);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.db"));
        Hand(path).run("CREATE TABLE t (a)");
        QTest::newRow("foreign") << readFile(path);
    }
    void whatIsNotOursIsNotTouched()
    {
        QFETCH(QByteArray, bytes);
        StoreFixture f;
        QVERIFY(writeFile(f.path(), bytes));
        for (const bool readOnly : {false, true}) {
            const auto opened = openSqliteStore(f.options(readOnly), f.keys, f.clock);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::Unreadable);
        }
        QCOMPARE(readFile(f.path()), bytes);
    }

    void noProfileIsMadeForReading()
    {
        StoreFixture f;
        const auto opened = openSqliteStore(f.options(true), f.keys, f.clock);
        QVERIFY(!opened);
        QVERIFY(!QFile::exists(f.path()));
        OpenOptions nameless = f.options();
        nameless.ownerName = QStringLiteral("  ");
        const auto made = openSqliteStore(nameless, f.keys, f.clock);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::InvalidInput);
        QVERIFY(!QFile::exists(f.path()));
        QCOMPARE(f.open(), std::nullopt);
    }

    void aDemoSaysSoInItsOrigin()
    {
        StoreFixture f;
        OpenOptions demo = f.options();
        demo.demo = true;
        auto opened = openSqliteStore(demo, f.keys, f.clock);
        QVERIFY(opened);
        QVERIFY((*opened)->origin().startsWith(u"demo.countersign.local/"));
    }

    void onlyItsOwnerReadsIt()
    {
        StoreFixture f;
        const auto others
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(f.options().directory + QStringLiteral("/countersign.db"))
                  & others));
    }

    void migrationsBackUpFirst()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        f.store.reset();
        auto steps = sqlite::migrations();
        const int last = steps.last().to;
        steps.append({.to = last + 1, .sql = "CREATE TABLE later (a INTEGER) STRICT"});
        {
            auto connection = sqlite::Connection::open(f.path(), sqlite::Access::ReadWrite);
            QVERIFY(connection);
            QVERIFY(sqlite::migrate(**connection, f.path(), steps));
        }
        QCOMPARE(Hand(f.path()).value("PRAGMA user_version").toInt(), last + 1);
        QCOMPARE(Hand(f.path()).value("SELECT count(*) FROM later").toInt(), 0);
        const QString backup = QStringLiteral("%1.v%2.backup").arg(f.path()).arg(last);
        QVERIFY(QFile::exists(backup));
        QCOMPARE(Hand(backup).value("PRAGMA user_version").toInt(), last);
        QCOMPARE(Hand(backup).value("SELECT count(*) FROM event").toInt(), 3);
    }

    void aMigrationThatFailsLeavesTheOldFile()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        f.store.reset();
        auto steps = sqlite::migrations();
        const int last = steps.last().to;
        steps.append({.to = last + 1, .sql = "CREATE TABLE later (a); CREATE TABLE later (a)"});
        {
            auto connection = sqlite::Connection::open(f.path(), sqlite::Access::ReadWrite);
            QVERIFY(connection);
            QVERIFY(!sqlite::migrate(**connection, f.path(), steps));
        }
        QCOMPARE(Hand(f.path()).value("PRAGMA user_version").toInt(), last);
        QVERIFY(!Hand(f.path()).value("SELECT count(*) FROM later").isValid());
        QCOMPARE(f.open(), std::nullopt);
    }

    void aFileThatWasSwappedTakesNothingMore()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QVERIFY(f.append(note()));
        QVERIFY(QFile::rename(f.path(), f.path() + QStringLiteral(".away")));
        const auto refused = f.append(note());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Storage);
        QVERIFY(QFile::rename(f.path() + QStringLiteral(".away"), f.path()));
        QVERIFY(f.append(note()));
        QCOMPARE(f.trail().size(), 5);
    }

    void whatIsClosedIsWholeInOneFile_data()
    {
        QTest::addColumn<bool>("ownReader");
        QTest::newRow("a reader of its own is not done yet") << true;
        QTest::newRow("another program goes on reading") << false;
    }
    /// Copies the file alone, as people do.
    void whatIsClosedIsWholeInOneFile()
    {
        QFETCH(bool, ownReader);
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        auto other = openSqliteStore(f.options(true), f.keys, f.clock);
        QVERIFY(other);
        QCOMPARE((*other)->read<Head>([](Reader &r) { return r.head(); }).result()->size, 3);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(f.append(note()));
        }
        if (ownReader) {
            other->reset();
            QSemaphore begun;
            const qsizetype busy = threads();
            (void)f.store->read<Head>([&begun, busy](Reader &r) -> Result<Head> {
                const auto head = r.head(); // from now on it holds the file
                begun.release();
                // Until the other reader and the writer have gone, where that does not wait.
                (void)QTest::qWaitFor([busy]() -> bool { return threads() < busy - 1; }, 300);
                return head;
            });
            begun.acquire();
        }
        f.store.reset();
        const QString copy = f.folder.filePath(QStringLiteral("copy.db"));
        QVERIFY(QFile::copy(f.path(), copy));
        QCOMPARE(Hand(copy).value("SELECT size FROM log_head").toInt(), 8);
        QCOMPARE(QFileInfo(f.path() + QStringLiteral("-wal")).size(), 0);
    }

    void aPlaceThatCannotBeWrittenIsSaid_data()
    {
        QTest::addColumn<bool>("closed");
        QTest::newRow("closed") << true;
        QTest::newRow("not closed") << false;
    }
    void aPlaceThatCannotBeWrittenIsSaid()
    {
        QFETCH(bool, closed);
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        QVERIFY(f.append(note()));
        QTemporaryDir away;
        const auto copyOf = [&](const char *end) -> void {
            const QString rest = QString::fromLatin1(end);
            QFile::copy(f.path() + rest, away.filePath(QStringLiteral("countersign.db")) + rest);
        };
        if (closed) {
            f.store.reset();
        } else {
            copyOf("-wal");
        }
        copyOf("");
        const ReadOnlyPlace place(away.path());
        if (!place.isReadOnly()) {
            QSKIP("This needs a folder that even this user cannot write.");
        }
        const QByteArray before = readFile(away.filePath(QStringLiteral("countersign.db")));
        OpenOptions options = f.options();
        options.directory = away.path();
        const auto writing = openSqliteStore(options, f.keys, f.clock);
        QVERIFY(!writing);
        QCOMPARE(writing.error().code, ErrorCode::Storage);
        QVERIFY2(writing.error().text.contains(away.path())
                     && writing.error().text.contains(u"cannot be written"),
                 qPrintable(writing.error().text));
        options.readOnly = true;
        const auto reading = openSqliteStore(options, f.keys, f.clock);
        QCOMPARE(reading.has_value(), closed);
        if (closed) {
            QCOMPARE((*reading)->read<Head>([](Reader &r) { return r.head(); }).result()->size, 4);
        } else {
            QVERIFY2(reading.error().text.contains(u"was not closed"),
                     qPrintable(reading.error().text));
        }
        QCOMPARE(readFile(away.filePath(QStringLiteral("countersign.db"))), before);
    }

    void aTrailWhoseBeginningIsBrokenStillOpensForReading()
    {
        StoreFixture f;
        QCOMPARE(f.open(), std::nullopt);
        f.store.reset();
        QVERIFY(Hand(f.path()).run("DROP TRIGGER event_no_update"));
        QVERIFY(Hand(f.path()).run("UPDATE event SET envelope = x'00' WHERE seq = 0"));
        QVERIFY(openSqliteStore(f.options(true), f.keys, f.clock));
        const auto writing = openSqliteStore(f.options(), f.keys, f.clock);
        QVERIFY(!writing);
        QCOMPARE(writing.error().code, ErrorCode::Unreadable);
    }

    void aKillLeavesAConsistentFile()
    {
        for (int round = 0; round < 3; ++round) {
            StoreFixture f;
            QProcess child;
            child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--write-for-ever"), f.folder.path()});
            qint64 acknowledged = 0;
            while (acknowledged < 40 + 17 * round) {
                QVERIFY(child.waitForReadyRead(20'000));
                const QByteArray lines = child.readAll();
                acknowledged = lines.left(lines.lastIndexOf('\n')).split('\n').last().toLongLong();
            }
            ::kill(pid_t(child.processId()), SIGKILL);
            child.waitForFinished();

            const auto opened = openSqliteStore(f.options(true), f.keys, f.clock);
            QVERIFY2(opened, opened ? "" : qPrintable(opened.error().text));
            const auto head = (*opened)->read<Head>([](Reader &r) { return r.head(); }).result();
            QVERIFY(head);
            QVERIFY(head->size >= acknowledged);
            // Cases and decisions are written two events to a transaction: both or neither.
            QCOMPARE((head->size - 4) % 2, 0);
            const auto report = verifyTrail({.directory = f.folder.path()});
            QVERIFY(report);
            QVERIFY2(report->verdict == TrailReport::Verdict::NoOutsideCheckpoint,
                     qPrintable(report->text));
            QCOMPARE(report->events, head->size);
        }
    }
};

namespace {

[[noreturn]] void writeForEver(const QString &folder)
{
    StoreFixture f;
    OpenOptions options = f.options();
    options.directory = folder;
    f.store = openSqliteStore(options, f.keys, f.clock).value();
    Life life(f);
    life.addEndpoint().value();
    for (int i = 0;; ++i) {
        const auto record = f.write<EventRecord>([i](Transaction &tx) -> Result<EventRecord> {
            const CaseId id = tx.nextCaseId().value();
            const Proposal proposal = Life::refund(QString::number(i));
            return tx.append(Life::caseDraft(event::caseProposed, id, proposal))
                .and_then([&](const EventRecord &) {
                    const DecisionId decision(QStringLiteral("d-%1").arg(i));
                    return tx.append(Life::decision(event::decisionApprove, id, decision));
                });
        });
        fprintf(stdout, "%lld\n", static_cast<long long>(record.value().seq + 1));
        fflush(stdout);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--write-for-ever") {
        writeForEver(app.arguments().value(2));
    }
    TestStoreFile test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_storefile.moc"
