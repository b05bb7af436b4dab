// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/caseindex.h"

#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace countersign::sqlite {

namespace {

/// Another number wherever searchBody() or the tables of the index become others.
constexpr int rules = 1;
constexpr int lookedForOne = 20; // cases looked at for each that may be dropped

/// Over cases c: what a search may find.
constexpr auto searched
    = "(c.state IN ('waiting', 'held', 'sending', 'failed', 'trouble') OR c.updated_ms >= "
      "(SELECT at_ms FROM event ORDER BY seq DESC LIMIT 1) - 2592000000)"; // 30 days

QString sql(const char *before, const char *after = "")
{
    return QLatin1String(before) + QLatin1String(searched) + QLatin1String(after);
}

CaseId caseIdOf(qint64 number)
{
    return CaseId(QStringLiteral("c-") + QString::number(number));
}

/// FTS5's own language: every piece a phrase, the last a prefix. Pieces hold no quotes.
QString matchOf(const SearchTerms &terms)
{
    return QLatin1Char('"') + terms.pieces().join(QStringLiteral("\" \"")) + QStringLiteral("\" *");
}

} // namespace

CaseIndex::CaseIndex(Statements &sql) : m_sql(sql) { }

Result<void> CaseIndex::change(const QString &sql, const QVariantList &arguments)
{
    return m_sql.change(sql, arguments).map([](int) -> void {});
}

Result<CaseIndex::Progress> CaseIndex::progress()
{
    auto rows
        = m_sql.run(QStringLiteral("SELECT version, below FROM derived WHERE name = 'case_index'"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    Progress found;
    if (rows->next()) {
        found = {.version = int(rows->integer(0)), .below = rows->integer(1)};
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<Progress>(found) : tl::unexpected<Error>(ended.error());
}

Result<void> CaseIndex::setProgress(const Progress &progress)
{
    return change(QStringLiteral("INSERT INTO derived (name, version, below) VALUES "
                                 "('case_index', ?, ?) ON CONFLICT (name) DO UPDATE SET "
                                 "version = excluded.version, below = excluded.below"),
                  {progress.version, progress.below});
}

Result<void> CaseIndex::prepare(Prepare prepare)
{
    const auto now = progress();
    if (!now || (now->version == rules && prepare == Prepare::IfNeeded)) {
        return now.map([](const Progress &) -> void {});
    }
    m_find.reset();
    return change(QStringLiteral("DROP TABLE case_text"))
        .and_then([this]() -> Result<void> { return change(QLatin1String(caseTextTable)); })
        .and_then([this]() -> Result<void> {
            return change(QStringLiteral("INSERT INTO derived (name, version, below) SELECT "
                                         "'case_index', ?, coalesce(max(number), 0) + 1 FROM cases "
                                         "WHERE true ON CONFLICT (name) DO UPDATE SET "
                                         "version = excluded.version, below = excluded.below"),
                          {rules});
        });
}

Result<bool> CaseIndex::fill(int count)
{
    const auto now = progress();
    if (!now || now->version != rules) {
        return now ? Result<bool>(false) : tl::unexpected<Error>(now.error());
    }
    auto rows = m_sql.run(sql("SELECT c.number FROM cases c WHERE c.number < ? AND ",
                              " ORDER BY c.number DESC LIMIT ?"),
                          {now->below, count});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<qint64> numbers;
    while (rows->next()) {
        numbers.append(rows->integer(0));
    }
    const bool more = numbers.size() == count;
    const qint64 below = more ? numbers.last() : 1;
    Result<void> done = m_sql.ended(*rows);
    for (auto it = numbers.cbegin(); done && it != numbers.cend(); ++it) {
        done = take(caseIdOf(*it), below);
    }
    if (done && below != now->below) {
        done = setProgress({.version = rules, .below = below});
    }
    if (!done || more) {
        return done.map([]() -> bool { return true; });
    }
    return dropEnded(count);
}

/// From the newest case down, a stretch at a time: what was looked at is not looked at again before
/// the next round. Whether there is more to look at.
Result<bool> CaseIndex::dropEnded(int count)
{
    const int stretch = lookedForOne * count;
    QList<qint64> ended;
    qint64 below = everyCase;
    int looked = 0;
    Result<void> done;
    {
        auto rows = m_sql.run(sql("SELECT t.number, ",
                                  " FROM (SELECT rowid AS number FROM case_text WHERE rowid < ? "
                                  "ORDER BY rowid DESC LIMIT ?) t "
                                  "LEFT JOIN cases c ON c.number = t.number "
                                  "ORDER BY t.number DESC"),
                              {m_dropBelow, stretch});
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        while (ended.size() < count && rows->next()) {
            ++looked;
            below = rows->integer(0);
            if (rows->integer(1) == 0) {
                ended.append(below);
            }
        }
        done = m_sql.ended(*rows);
    }
    const bool more = looked == stretch || ended.size() == count;
    m_dropBelow = more ? below : everyCase;
    for (auto it = ended.cbegin(); done && it != ended.cend(); ++it) {
        done = change(QStringLiteral("DELETE FROM case_text WHERE rowid = ?"), {*it});
    }
    return done.map([more]() -> bool { return more; });
}

Result<void> CaseIndex::follow(const QSet<CaseId> &cases)
{
    if (cases.isEmpty()) {
        return {};
    }
    const auto now = progress();
    if (!now || now->version != rules) {
        return now.map([](const Progress &) -> void {});
    }
    auto done = change(QStringLiteral("SAVEPOINT case_index"));
    for (auto it = cases.cbegin(); done && it != cases.cend(); ++it) {
        done = take(*it, now->below);
    }
    if (!done && done.error().code == ErrorCode::Unreadable) {
        m_metDamage = true;
        done = change(QStringLiteral("ROLLBACK TO case_index")).and_then([this]() -> Result<void> {
            return setProgress({.version = 0, .below = 0});
        });
    }
    return done ? change(QStringLiteral("RELEASE case_index")) : done;
}

/// Cases that the filling has yet to come to are left to it.
Result<void> CaseIndex::take(const CaseId &id, qint64 below)
{
    qint64 number = 0;
    QByteArray payload;
    {
        auto rows = m_sql.run(QStringLiteral("SELECT c.number, c.payload, t.digest FROM cases c "
                                             "LEFT JOIN case_text t ON t.rowid = c.number "
                                             "WHERE c.id = ?"),
                              {id.toString()});
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        if (!rows->next()) {
            return m_sql.ended(*rows);
        }
        number = rows->integer(0);
        payload = rows->bytes(1);
        if (number < below || payload == rows->bytes(2)) {
            return {};
        }
    }
    const auto body = bodyOf(id, payload);
    if (!body) {
        return tl::unexpected<Error>(body.error());
    }
    auto done = change(QStringLiteral("DELETE FROM case_text WHERE rowid = ?"), {number});
    return done && !body->isEmpty()
        ? change(QStringLiteral("INSERT INTO case_text (rowid, body, digest) VALUES (?, ?, ?)"),
                 {number, *body, payload})
        : done;
}

/// Empty where the payload was erased.
Result<QString> CaseIndex::bodyOf(const CaseId &id, const QByteArray &payload)
{
    auto rows = m_sql.run(QStringLiteral("SELECT bytes FROM payload WHERE digest = ?"), {payload});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const QByteArray bytes = rows->next() ? rows->bytes(0) : QByteArray();
    if (const auto ended = m_sql.ended(*rows); !ended) {
        return tl::unexpected<Error>(ended.error());
    }
    const Json json = parseJson(bytes, {.depth = 1024, .bytes = bytes.size()}).value_or(Json());
    const auto proposal = Proposal::fromJson(json[u"proposal"]);
    return proposal ? searchBody(id, *proposal) : QString();
}

Result<void> CaseIndex::forget(const CaseId &id)
{
    auto done = change(QStringLiteral("DELETE FROM case_text WHERE rowid = "
                                      "(SELECT number FROM cases WHERE id = ?)"),
                       {id.toString()});
    // Its words stay in the segments until they are merged.
    return done ? change(QStringLiteral("INSERT INTO case_text (case_text) VALUES ('optimize')"))
                : done;
}

Result<QList<CaseId>> CaseIndex::casesWithText(const QString &typed)
{
    const SearchTerms terms(typed);
    if (terms.isEmpty()) {
        return QList<CaseId>();
    }
    const auto now = progress();
    if (!now) {
        return tl::unexpected<Error>(now.error());
    }
    qint64 below = now->version == rules ? now->below : everyCase;
    QList<CaseId> ids;
    if (now->version == rules) {
        auto found = find(terms);
        if (found) {
            ids = std::move(*found);
        } else if (found.error().code == ErrorCode::Tampered) { // of what is derived, no witness
            m_metDamage = true;
            below = everyCase;
        } else {
            return found;
        }
    }
    const auto scanned = scan(terms, below, ids);
    return scanned ? Result<QList<CaseId>>(ids) : tl::unexpected<Error>(scanned.error());
}

/// Many cases may be found: by SQLite's own interface.
Result<QList<CaseId>> CaseIndex::find(const SearchTerms &terms)
{
    if (!m_find) {
        m_find = std::make_unique<RawQuery>(handleOf(m_sql.database()),
                                            "SELECT rowid FROM case_text WHERE case_text MATCH ?1 "
                                            "ORDER BY rowid DESC");
    }
    m_find->rewind();
    m_find->bindText(1, matchOf(terms).toUtf8());
    QList<CaseId> ids;
    for (;;) {
        const auto row = m_find->next();
        if (!row || !*row) {
            m_find->rewind();
            return row ? Result<QList<CaseId>>(ids) : tl::unexpected<Error>(row.error());
        }
        ids.append(caseIdOf(m_find->integer(0)));
    }
}

Result<void> CaseIndex::scan(const SearchTerms &terms, qint64 below, QList<CaseId> &ids)
{
    if (below <= 1) {
        return {};
    }
    auto rows = m_sql.run(sql("SELECT c.id, c.payload FROM cases c WHERE c.number < ? AND ",
                              " ORDER BY c.number DESC"),
                          {below});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    while (rows->next()) {
        const CaseId id(rows->text(0));
        const auto body = bodyOf(id, rows->bytes(1));
        if (!body) {
            return tl::unexpected<Error>(body.error());
        }
        if (terms.matches(*body)) {
            ids.append(id);
        }
    }
    return m_sql.ended(*rows);
}

} // namespace countersign::sqlite
