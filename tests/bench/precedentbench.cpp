// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/past.h"
#include "bench/pastcopies.h"
#include "domain/precedent.h"
#include "domain/trust.h"
#include "items/precedentsmodel.h"
#include "store/sqlite/precedentterms.h"
#include "testing/fakeclock.h"
#include "testing/memorysecrets.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <sqlite3.h>

using namespace countersign;

namespace {

struct Times
{
    QList<double> ms;
    [[nodiscard]] double at(double share) const
    {
        QList<double> sorted = ms;
        std::sort(sorted.begin(), sorted.end());
        return sorted.isEmpty() ? 0 : sorted.at(qsizetype(share * double(sorted.size() - 1)));
    }
};

Json hundredths(double value)
{
    return Json::number(QByteArray::number(value, 'f', 2));
}

/// The bare candidate select by SQLite's own interface: for each token of the case its newest
/// cases, then a row for each of them; nothing is weighed or compared.
class Yardstick
{
public:
    explicit Yardstick(const QString &path)
    {
        sqlite3_open_v2(QFile::encodeName(path).constData(), &m_database, SQLITE_OPEN_READONLY,
                        nullptr);
        prepare("SELECT rowid FROM precedent_term WHERE precedent_term MATCH ?1 "
                "ORDER BY rowid DESC LIMIT ?2",
                &m_probe);
        prepare("SELECT answer, outcome, by_policy, edited, traits FROM precedent "
                "WHERE number = ?1",
                &m_row);
    }
    ~Yardstick()
    {
        sqlite3_finalize(m_probe);
        sqlite3_finalize(m_row);
        sqlite3_close(m_database);
    }
    Q_DISABLE_COPY_MOVE(Yardstick)

    qint64 run(const PrecedentTraits &asked)
    {
        const PrecedentLimits limits;
        QSet<qint64> cases;
        sqlite3_exec(m_database, "BEGIN", nullptr, nullptr, nullptr);
        const auto probe = [&](Token token, int most) -> void {
            const QByteArray term = '"' + sqlite::termOf(token).toLatin1() + '"';
            sqlite3_bind_text(m_probe, 1, term.constData(), int(term.size()), SQLITE_TRANSIENT);
            sqlite3_bind_int(m_probe, 2, most);
            while (sqlite3_step(m_probe) == SQLITE_ROW) {
                const qint64 number = sqlite3_column_int64(m_probe, 0);
                if (cases.size() < limits.all) {
                    cases.insert(number);
                }
            }
            sqlite3_reset(m_probe);
        };
        for (const Token token : asked.values + asked.words) {
            probe(token, limits.probe);
        }
        for (const int by : {0, -1, 1}) {
            if (asked.amount) {
                probe(numberStep(asked, asked.currency, *asked.amount, by), limits.near);
            }
            for (const auto &number : asked.numbers) {
                probe(numberStep(asked, number.path, number.value, by), limits.near);
            }
        }
        probe(asked.type, limits.type);
        probe(asked.action, limits.action);
        QList<qint64> sorted(cases.cbegin(), cases.cend());
        std::sort(sorted.begin(), sorted.end());
        qint64 bytes = 0;
        for (const qint64 number : sorted) {
            sqlite3_bind_int64(m_row, 1, number);
            if (sqlite3_step(m_row) == SQLITE_ROW) {
                bytes += sqlite3_column_bytes(m_row, 4);
            }
            sqlite3_reset(m_row);
        }
        sqlite3_exec(m_database, "ROLLBACK", nullptr, nullptr, nullptr);
        return bytes;
    }
    [[nodiscard]] qint64 cases() { return integer("SELECT max(number) FROM cases"); }
    [[nodiscard]] qint64 integer(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        prepare(sql, &statement);
        const qint64 value
            = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
        sqlite3_finalize(statement);
        return value;
    }

private:
    void prepare(const char *sql, sqlite3_stmt **statement)
    {
        if (sqlite3_prepare_v2(m_database, sql, -1, statement, nullptr) != SQLITE_OK) {
            qFatal("%s", sqlite3_errmsg(m_database));
        }
    }
    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_probe = nullptr;
    sqlite3_stmt *m_row = nullptr;
};

template <class T> T sure(const Result<T> &result)
{
    if (!result) {
        qFatal("%s %s", qPrintable(result.error().text), qPrintable(result.error().detail));
    }
    return *result;
}

qint64 casesIn(Store &store)
{
    return sure(store
                    .read<qint64>([](Reader &reader) -> Result<qint64> {
                        return reader.head().map(
                            [](const Head &head) -> qint64 { return head.size; });
                    })
                    .result());
}

/// What following the index costs a transaction of one settled case: with it and without,
/// alternating, each in a profile of its own.
Json writeCost(int rounds)
{
    QTemporaryDir folders[2];
    MemorySecrets secrets;
    KeyRing keys(secrets);
    FakeClock clock;
    Times times[2];
    std::unique_ptr<Store> stores[2];
    PastMaker makers[2]{PastMaker(7), PastMaker(7)};
    for (const int side : {0, 1}) {
        stores[side] = std::move(*openSqliteStore(
            {.directory = folders[side].path(), .ownerName = QStringLiteral("Ana Pérez")}, keys,
            clock));
        (void)sure(stores[side]
                       ->write<EventRecord>([](Transaction &tx) { return PastMaker::endpoint(tx); })
                       .result());
    }
    sqlite3 *hand = nullptr; // no index of another version is followed
    sqlite3_open(
        QFile::encodeName(folders[1].filePath(QStringLiteral("countersign.db"))).constData(),
        &hand);
    sqlite3_busy_timeout(hand, 5000);
    sqlite3_exec(hand, "UPDATE derived SET version = 0 WHERE name = 'precedents'", nullptr, nullptr,
                 nullptr);
    sqlite3_close(hand);
    for (int i = 0; i < rounds; ++i) {
        for (const int side : {0, 1}) {
            QElapsedTimer timer;
            timer.start();
            (void)sure(
                stores[side]
                    ->write<CaseId>([&](Transaction &tx) { return makers[side].settle(tx, i); })
                    .result());
            times[side].ms.append(double(timer.nsecsElapsed()) / 1e6);
        }
    }
    return Json::object(
        {{QStringLiteral("with_ms"), hundredths(times[0].at(0.5))},
         {QStringLiteral("without_ms"), hundredths(times[1].at(0.5))},
         {QStringLiteral("ratio"), hundredths(times[0].at(0.5) / times[1].at(0.5))}});
}

} // namespace

// Past cases like one, over a believable past that is made as far as it is missing; with --copies,
// where some of it is there already, the rest is copied (pastcopies.h). Prints a line of
// JSON: median and 95th percentile of the look, and of all that the screen needs, against the bare
// select, one after the other. Measure a release build.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions({{QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("20000")},
                        {QStringLiteral("looks"), {}, QStringLiteral("n"), QStringLiteral("200")},
                        {QStringLiteral("data"), {}, QStringLiteral("dir")},
                        {QStringLiteral("copies"), {}}});
    options.process(app);
    const qint64 count = options.value(QStringLiteral("cases")).toLongLong();
    QTemporaryDir temporary;
    const QString folder = options.isSet(QStringLiteral("data"))
        ? options.value(QStringLiteral("data"))
        : temporary.path();
    MemorySecrets secrets;
    KeyRing keys(secrets);
    FakeClock clock;
    const QString path = QDir(folder).filePath(QStringLiteral("countersign.db"));
    const qint64 there = QFileInfo::exists(path) ? Yardstick(path).cases() : 0;
    const int asked = options.value(QStringLiteral("looks")).toInt();
    const bool fresh = there < count + asked;
    if (fresh && there > 0 && options.isSet(QStringLiteral("copies"))) {
        bench::copyPast(path, count);
    }
    const qint64 from = there > 0 ? Yardstick(path).cases() : 0;
    auto store = std::move(*openSqliteStore(
        {.directory = folder, .readOnly = !fresh, .ownerName = QStringLiteral("Ana Pérez")}, keys,
        clock));
    QElapsedTimer making;
    making.start();
    PastMaker maker(quint32(20261128 + from));
    QList<CaseId> ids;
    if (fresh) {
        if (from == 0) {
            (void)sure(
                store->write<EventRecord>([](Transaction &tx) { return PastMaker::endpoint(tx); })
                    .result());
        }
        const auto filled = maker.fill(*store, from, count - from, 500, [&](qint64 done) -> void {
            clock.advance(500'000);
            if (done % 50'000 < 500) {
                fprintf(stderr, "%lld cases, %.0f s\n", static_cast<long long>(done),
                        double(making.elapsed()) / 1000);
            }
        });
        if (!filled) {
            qFatal("%s", qPrintable(filled.error().text));
        }
        for (int i = 0; i < asked; ++i) {
            (void)sure(store
                           ->write<CaseId>([&](Transaction &tx) {
                               return maker.propose(tx, maker.proposal(count + i));
                           })
                           .result());
        }
    }
    for (int i = 1; i <= asked; ++i) {
        ids.append(CaseId(QStringLiteral("c-%1").arg(count + i)));
    }
    const double made = double(making.elapsed()) / 1000;

    Yardstick yardstick(path);
    Times bare;
    Times look;
    Times whole;
    int like = 0;
    int compared = 0;
    const QByteArray key
        = sure(store
                   ->read<QByteArray>([](Reader &reader) -> Result<QByteArray> {
                       return reader.event(0).map([](const std::optional<EventRecord> &first) {
                           return sha256("precedents/v1\n" + first->leaf).left(16);
                       });
                   })
                   .result());
    for (const CaseId &id : ids) {
        const auto proposal
            = sure(store
                       ->read<Proposal>([&](Reader &reader) {
                           return reader.caseById(id).map(
                               [](const std::optional<Case> &one) { return one->proposal; });
                       })
                       .result());
        const PrecedentTraits traits = traitsOf(proposal, key);
        QElapsedTimer timer;
        timer.start();
        (void)yardstick.run(traits);
        bare.ms.append(double(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        const auto found = sure(
            store->read<Precedents>([&](Reader &reader) { return reader.precedents({.id = id}); })
                .result());
        look.ms.append(double(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        (void)sure(store
                       ->read<PrecedentsAnswer>(
                           [&](Reader &reader) { return readPrecedents(reader, {.id = id}); })
                       .result());
        whole.ms.append(double(timer.nsecsElapsed()) / 1e6);
        like += found.like;
        compared += found.looked;
    }
    const auto row = [](const Times &times) -> Json {
        return Json::object({{QStringLiteral("median_ms"), hundredths(times.at(0.5))},
                             {QStringLiteral("p95_ms"), hundredths(times.at(0.95))},
                             {QStringLiteral("worst_ms"), hundredths(times.at(1))}});
    };
    const qint64 past = yardstick.integer("SELECT count(*) FROM precedent");
    const qint64 rows = yardstick.integer(
        "SELECT sum(length(traits) + coalesce(length(edited), 0)) FROM precedent");
    const qint64 terms = yardstick.integer("SELECT sum(length(block)) FROM precedent_term_data");
    Json out = Json::object(
        {{QStringLiteral("benchmark"), Json(QStringLiteral("precedents"))},
         {QStringLiteral("cases"), Json(past)},
         {QStringLiteral("events"), Json(casesIn(*store))},
         {QStringLiteral("made_s"), hundredths(fresh ? made : 0)},
         {QStringLiteral("bare"), row(bare)},
         {QStringLiteral("look"), row(look)},
         {QStringLiteral("screen"), row(whole)},
         {QStringLiteral("ratio_median"), hundredths(look.at(0.5) / bare.at(0.5))},
         {QStringLiteral("ratio_p95"), hundredths(look.at(0.95) / bare.at(0.95))},
         {QStringLiteral("compared"), Json(qint64(compared / std::max(1, asked)))},
         {QStringLiteral("like"), Json(qint64(like / std::max(1, asked)))},
         {QStringLiteral("index_bytes_a_case"), Json((rows + terms) / std::max<qint64>(1, past))},
         {QStringLiteral("file_bytes_a_case"),
          Json(QFileInfo(path).size() / std::max<qint64>(1, past))},
         {QStringLiteral("write"), writeCost(300)}});
    fputs((toJson(out) + '\n').constData(), stdout);
    return look.at(0.95) > 0 ? 0 : 1;
}
