// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/pastcopies.h"

#include "store/sqlite/precedentterms.h"

#include <QFile>

#include <sqlite3.h>

namespace countersign::bench {

namespace {

class Hand
{
public:
    explicit Hand(const QString &path)
    {
        sure(sqlite3_open(QFile::encodeName(path).constData(), &m_database));
        run("PRAGMA synchronous = OFF");
        run("PRAGMA cache_size = -200000");
    }
    ~Hand() { sqlite3_close(m_database); }
    Q_DISABLE_COPY_MOVE(Hand)

    void run(const QByteArray &sql)
    {
        sure(sqlite3_exec(m_database, sql.constData(), nullptr, nullptr, nullptr));
    }
    [[nodiscard]] sqlite3_stmt *prepare(const QByteArray &sql)
    {
        sqlite3_stmt *statement = nullptr;
        sure(sqlite3_prepare_v2(m_database, sql.constData(), -1, &statement, nullptr));
        return statement;
    }
    [[nodiscard]] qint64 integer(const QByteArray &sql)
    {
        sqlite3_stmt *statement = prepare(sql);
        const qint64 value
            = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        sqlite3_finalize(statement);
        return value;
    }
    /// The columns of a table, `changed` ones as written there.
    [[nodiscard]] QByteArray columns(const QByteArray &table,
                                     const QHash<QByteArray, QByteArray> &changed)
    {
        QByteArrayList list;
        sqlite3_stmt *statement = prepare("PRAGMA table_info(" + table + ")");
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const QByteArray name(
                reinterpret_cast<const char *>(sqlite3_column_text(statement, 1)));
            list.append(changed.value(name, name));
        }
        sqlite3_finalize(statement);
        return list.join(", ");
    }
    void sure(int code)
    {
        if (code != SQLITE_OK) {
            qFatal("%s", sqlite3_errmsg(m_database));
        }
    }

private:
    sqlite3 *m_database = nullptr;
};

void copyTerms(Hand &hand, qint64 from, qint64 to, qint64 by)
{
    sqlite3_stmt *read = hand.prepare("SELECT number, traits FROM precedent WHERE number > ?1 "
                                      "AND number <= ?2 ORDER BY number");
    sqlite3_stmt *write
        = hand.prepare("INSERT INTO precedent_term (rowid, terms) VALUES (?1, ?2)");
    sqlite3_bind_int64(read, 1, from);
    sqlite3_bind_int64(read, 2, to);
    while (sqlite3_step(read) == SQLITE_ROW) {
        const QByteArray traits(static_cast<const char *>(sqlite3_column_blob(read, 1)),
                                sqlite3_column_bytes(read, 1));
        const QByteArray terms = sqlite::termsText(traits).toLatin1();
        sqlite3_bind_int64(write, 1, sqlite3_column_int64(read, 0) + by);
        sqlite3_bind_text(write, 2, terms.constData(), int(terms.size()), SQLITE_TRANSIENT);
        sqlite3_step(write);
        hand.sure(sqlite3_reset(write));
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
}

} // namespace

void copyPast(const QString &path, qint64 most)
{
    Hand hand(path);
    const qint64 real = hand.integer("SELECT max(number) FROM cases");
    constexpr qint64 atOnce = 20'000;
    for (qint64 done = real; done < most;) {
        const qint64 round = done / real; // of copies
        const qint64 from = done - round * real;
        const qint64 to = std::min({from + atOnce, real, from + most - done});
        const QByteArray by = QByteArray::number(round * real);
        const QByteArray which = " WHERE number > " + QByteArray::number(from)
            + " AND number <= " + QByteArray::number(to);
        const auto copy = [&](const QByteArray &table, const QByteArray &where,
                              const QHash<QByteArray, QByteArray> &changed) -> void {
            hand.run("INSERT INTO " + table + " SELECT " + hand.columns(table, changed) + " FROM "
                     + table + where);
        };
        hand.run("BEGIN");
        copy("cases", which,
             {{"number", "number + " + by}, {"id", "'c-' || (number + " + by + ")"}});
        copy("precedent", which, {{"number", "number + " + by}});
        copy("decision",
             " WHERE case_id IN (SELECT id FROM cases" + which + ")",
             {{"seq", "seq + " + QByteArray::number(round) + " * 1000000000"},
              {"id", "id || '-" + QByteArray::number(round) + "'"},
              {"case_id", "'c-' || (substr(case_id, 3) + " + by + ")"}});
        copyTerms(hand, from, to, round * real);
        hand.run("COMMIT");
        done += to - from;
        if (done / 100'000 != (done - (to - from)) / 100'000) {
            fprintf(stderr, "%lld cases\n", static_cast<long long>(done));
        }
    }
}

} // namespace countersign::bench
