// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/precedentindex.h"

#include "domain/trust.h"
#include "store/sqlite/precedentterms.h"
#include "store/sqlite/schema.h"

namespace countersign::sqlite {

namespace {

/// Another number wherever traitsOf(), searchTokens() or the tables of the index become others.
constexpr int rules = 1;

int answerOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Correct:
        return 32;
    case Verdict::MinorEdit:
        return 64;
    case Verdict::Wrong:
        return 128;
    }
    Q_UNREACHABLE();
}

} // namespace

QString termsText(const QByteArray &packed)
{
    const auto traits = unpackTraits(packed);
    QStringList terms;
    for (const Token token : traits ? searchTokens(*traits) : QList<Token>()) {
        terms.append(termOf(token));
    }
    return terms.join(QLatin1Char(' '));
}

PrecedentIndex::PrecedentIndex(Statements &sql) : m_sql(sql) { }

Result<void> PrecedentIndex::change(const QString &sql, const QVariantList &arguments)
{
    return m_sql.change(sql, arguments).map([](int) -> void {});
}

Result<PrecedentIndex::Progress> PrecedentIndex::progress()
{
    auto rows
        = m_sql.run(QStringLiteral("SELECT version, below FROM derived WHERE name = 'precedents'"));
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

Result<void> PrecedentIndex::setProgress(const Progress &progress)
{
    return change(QStringLiteral("INSERT INTO derived (name, version, below) VALUES "
                                 "('precedents', ?, ?) ON CONFLICT (name) DO UPDATE SET "
                                 "version = excluded.version, below = excluded.below"),
                  {progress.version, progress.below});
}

/// Of this log alone, and the same whenever the index is made anew.
Result<QByteArray> PrecedentIndex::key()
{
    if (m_key.isEmpty()) {
        auto rows = m_sql.run(QStringLiteral("SELECT leaf FROM event WHERE seq = 0"));
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        if (rows->next()) {
            m_key = sha256("precedents/v1\n" + rows->bytes(0)).left(16);
        }
    }
    return m_key;
}

Result<void> PrecedentIndex::prepare(bool anew)
{
    const auto now = progress();
    if (!now || (now->version == rules && !anew)) {
        return now.map([](const Progress &) -> void {});
    }
    m_probe.reset();
    m_row.reset();
    return change(QStringLiteral("DROP TABLE precedent_term"))
        .and_then([this]() -> Result<void> { return change(QLatin1String(precedentTermTable)); })
        .and_then(
            [this]() -> Result<void> { return change(QStringLiteral("DELETE FROM precedent")); })
        .and_then([this]() -> Result<void> {
            return change(QStringLiteral("INSERT INTO derived (name, version, below) SELECT "
                                         "'precedents', ?, coalesce(max(number), 0) + 1 FROM cases "
                                         "WHERE true ON CONFLICT (name) DO UPDATE SET "
                                         "version = excluded.version, below = excluded.below"),
                          {rules});
        });
}

Result<bool> PrecedentIndex::fill(int count)
{
    const auto now = progress();
    if (!now || now->version != rules || now->below <= 1) {
        return now ? Result<bool>(false) : tl::unexpected<Error>(now.error());
    }
    auto rows = m_sql.run(
        QStringLiteral("SELECT number FROM cases WHERE number < ? ORDER BY number DESC LIMIT ?"),
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
        done = take(CaseId(QStringLiteral("c-%1").arg(*it)), below);
    }
    if (done) {
        done = setProgress({.version = rules, .below = below});
    }
    return done.map([more]() -> bool { return more; });
}

Result<void> PrecedentIndex::follow(const QSet<CaseId> &cases)
{
    if (cases.isEmpty()) {
        return {};
    }
    const auto now = progress();
    if (!now || now->version != rules) {
        return now.map([](const Progress &) -> void {});
    }
    QList<CaseId> sorted(cases.cbegin(), cases.cend());
    std::sort(sorted.begin(), sorted.end());
    auto done = change(QStringLiteral("SAVEPOINT precedents"));
    for (auto it = sorted.cbegin(); done && it != sorted.cend(); ++it) {
        done = take(*it, now->below);
    }
    if (!done && done.error().code == ErrorCode::Unreadable) {
        m_metDamage = true;
        done = change(QStringLiteral("ROLLBACK TO precedents")).and_then([this]() -> Result<void> {
            return setProgress({.version = 0, .below = 0});
        });
    }
    return done ? change(QStringLiteral("RELEASE precedents")) : done;
}

/// Cases that the filling has yet to come to are left to it.
Result<void> PrecedentIndex::take(const CaseId &id, qint64 below)
{
    const auto row = rowOf(id);
    if (!row || !*row || (*row)->number < below) {
        return row.map([](const auto &) -> void {});
    }
    const qint64 number = (*row)->number;
    const auto old = stored(number);
    const auto now = old ? pastOf(**row) : tl::unexpected<Error>(old.error());
    if (!now || *now == *old) {
        return now.map([](const auto &) -> void {});
    }
    const auto dropped = *old ? drop(number, **old) : Result<void>();
    return dropped && *now ? insert(number, **now) : dropped;
}

Result<std::optional<PrecedentIndex::Row>> PrecedentIndex::rowOf(const CaseId &id)
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT number, state, purpose, payload FROM cases WHERE id = ?"),
        {id.toString()});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    std::optional<Row> row;
    if (rows->next()) {
        row = {.id = id,
               .number = rows->integer(0),
               .state = rows->text(1),
               .purpose = rows->text(2),
               .payload = rows->bytes(3)};
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<std::optional<Row>>(std::move(row))
                 : tl::unexpected<Error>(ended.error());
}

Result<std::optional<PrecedentIndex::Past>> PrecedentIndex::stored(qint64 number)
{
    auto rows = m_sql.run(QStringLiteral("SELECT answer, outcome, by_policy, edited, traits "
                                         "FROM precedent WHERE number = ?"),
                          {number});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    std::optional<Past> past;
    if (rows->next()) {
        past = {.answer = int(rows->integer(0)),
                .outcome = int(rows->integer(1)),
                .byPolicy = rows->integer(2) != 0,
                .edited = rows->bytes(3),
                .traits = rows->bytes(4)};
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<std::optional<Past>>(std::move(past))
                 : tl::unexpected<Error>(ended.error());
}

/// Nothing where the case did not end with somebody's answer, or where its payload was erased.
Result<std::optional<PrecedentIndex::Past>> PrecedentIndex::pastOf(const Row &row)
{
    if (row.state == QLatin1String("delivered") && row.purpose.isEmpty()) {
        return decided(row);
    }
    if (row.state == QLatin1String("marked") && row.purpose == QLatin1String("spot-check")) {
        return marked(row);
    }
    return std::nullopt;
}

Result<std::optional<PrecedentIndex::Past>> PrecedentIndex::decided(const Row &row)
{
    QByteArray answer;
    Past past;
    {
        auto rows = m_sql.run(
            QStringLiteral("SELECT d.kind, d.actor, d.payload, (SELECT e.word FROM effect e "
                           "WHERE e.case_id = d.case_id AND e.word IN ('good', 'bad') "
                           "ORDER BY e.seq DESC LIMIT 1) FROM decision d WHERE d.case_id = ? AND "
                           "d.state = 'delivered' ORDER BY d.seq DESC LIMIT 1"),
            {row.id.toString()});
        if (!rows || !rows->next()) {
            return rows ? m_sql.ended(*rows).map([]() -> std::optional<Past> { return {}; })
                        : tl::unexpected<Error>(rows.error());
        }
        past.answer = int(fromWord<DecisionKind>(rows->text(0)).value_or(DecisionKind::Approve));
        past.byPolicy = rows->text(1).startsWith(QLatin1String("policy"));
        answer = rows->bytes(2);
        past.outcome = rows->text(3) == QLatin1String("bad") ? 2 : rows->text(3).isEmpty() ? 0 : 1;
    }
    return withTraits(row, past, past.answer == int(DecisionKind::Edit) ? answer : QByteArray());
}

Result<std::optional<PrecedentIndex::Past>> PrecedentIndex::marked(const Row &row)
{
    Past past;
    {
        auto rows = m_sql.run(
            QStringLiteral("SELECT verdict FROM verdict WHERE case_id = ? ORDER BY seq DESC "
                           "LIMIT 1"),
            {row.id.toString()});
        if (!rows || !rows->next()) {
            return rows ? m_sql.ended(*rows).map([]() -> std::optional<Past> { return {}; })
                        : tl::unexpected<Error>(rows.error());
        }
        past.answer = answerOf(fromWord<Verdict>(rows->text(0)).value_or(Verdict::Wrong));
    }
    return withTraits(row, past, {});
}

Result<std::optional<PrecedentIndex::Past>> PrecedentIndex::withTraits(const Row &row, Past past,
                                                                       const QByteArray &answer)
{
    const auto hidden = key();
    const auto json = hidden ? payload(row.payload) : tl::unexpected<Error>(hidden.error());
    const auto told = json ? payload(answer) : json;
    if (!told) {
        return tl::unexpected<Error>(told.error());
    }
    const auto proposal = Proposal::fromJson((*json)[u"proposal"]);
    if (json->isNull() || !proposal) {
        return std::nullopt;
    }
    if (past.answer == int(DecisionKind::Edit) && told->contains(u"arguments")) {
        past.edited = tokenBytes(
            editedPaths(proposal->action, proposal->arguments, (*told)[u"arguments"], *hidden));
    }
    past.traits = packTraits(traitsOf(*proposal, *hidden));
    return past;
}

/// Null where it was erased.
Result<Json> PrecedentIndex::payload(const QByteArray &digest)
{
    auto rows = m_sql.run(QStringLiteral("SELECT bytes FROM payload WHERE digest = ?"), {digest});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const QByteArray bytes = rows->next() ? rows->bytes(0) : QByteArray();
    const auto ended = m_sql.ended(*rows);
    if (!ended) {
        return tl::unexpected<Error>(ended.error());
    }
    return parseJson(bytes, {.depth = 1024, .bytes = bytes.size()}).value_or(Json());
}

Result<void> PrecedentIndex::insert(qint64 number, const Past &past)
{
    return change(QStringLiteral("INSERT INTO precedent (number, answer, outcome, by_policy, "
                                 "edited, traits) VALUES (?, ?, ?, ?, ?, ?)"),
                  {number, past.answer, past.outcome, past.byPolicy ? 1 : 0, orNull(past.edited),
                   past.traits})
        .and_then([&]() -> Result<void> {
            return change(QStringLiteral("INSERT INTO precedent_term (rowid, terms) VALUES (?, ?)"),
                          {number, termsText(past.traits)});
        });
}

/// A table without content is told what it held.
Result<void> PrecedentIndex::drop(qint64 number, const Past &past)
{
    return change(QStringLiteral("INSERT INTO precedent_term (precedent_term, rowid, terms) "
                                 "VALUES ('delete', ?, ?)"),
                  {number, termsText(past.traits)})
        .and_then([&]() -> Result<void> {
            return change(QStringLiteral("DELETE FROM precedent WHERE number = ?"), {number});
        });
}

Result<void> PrecedentIndex::forget(const CaseId &id)
{
    const auto row = rowOf(id);
    if (!row || !*row) {
        return row.map([](const auto &) -> void {});
    }
    const auto old = stored((*row)->number);
    if (!old || !*old) {
        return old.map([](const auto &) -> void {});
    }
    return drop((*row)->number, **old).and_then([this]() -> Result<void> {
        // Its tokens stay in the segments until they are merged.
        return change(
            QStringLiteral("INSERT INTO precedent_term (precedent_term) VALUES ('optimize')"));
    });
}

} // namespace countersign::sqlite
