// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/historytables.h"

#include "domain/jsonskim.h"
#include "store/sql/storedvalues.h"

#include <limits>

namespace countersign {

namespace {

constexpr auto findings
    = "CASE WHEN c.state IN ('delivered', 'marked') THEN (SELECT e.word FROM effect e WHERE "
      "e.case_id = c.id AND e.word IN ('good', 'bad') ORDER BY e.seq DESC LIMIT 1) END, "
      "CASE WHEN c.state = 'marked' THEN (SELECT v.verdict FROM verdict v WHERE v.case_id = c.id "
      "ORDER BY v.seq DESC LIMIT 1) END, "
      "CASE WHEN c.state = 'delivered' THEN (SELECT d.kind FROM decision d WHERE d.case_id = c.id "
      "AND d.state = 'delivered' AND d.kind IN ('approve', 'edit', 'reject') AND d.actor IN "
      "(SELECT id FROM person) ORDER BY d.seq DESC LIMIT 1) END ";
constexpr auto stretch = "WHERE c.number >= ? AND c.number < ? AND c.created_ms >= ? AND "
                         "c.created_ms < ? ";
constexpr auto newestFirst = "ORDER BY c.number DESC";

QVariantList boundsOf(const HistoryQuery &query)
{
    return {query.from, query.below, query.fromMs.value_or(std::numeric_limits<qint64>::min()),
            query.toMs.value_or(std::numeric_limits<qint64>::max())};
}

/// From the three columns of `findings`, the first of them at `column`.
std::optional<Verdict> verdictOf(const Rows &row, int column)
{
    const QString outcome = row.text(column);
    if (!outcome.isEmpty()) {
        return outcome == QLatin1String("bad") ? Verdict::Wrong : Verdict::Correct;
    }
    if (const QString mark = row.text(column + 1); !mark.isEmpty()) {
        return fromWord<Verdict>(mark);
    }
    if (const QString decided = row.text(column + 2); !decided.isEmpty()) {
        return decided == QLatin1String("approve") ? Verdict::Correct : Verdict::Wrong;
    }
    return std::nullopt;
}

std::optional<Decimal> decimalOf(const QString &written)
{
    return written.isEmpty() ? std::nullopt : Decimal::parse(written);
}

/// One copy of each of the few words that repeat over thousands of rows.
class SharedTexts
{
public:
    [[nodiscard]] QString operator()(const QString &text) { return *m_known.insert(text); }

private:
    QSet<QString> m_known;
};

} // namespace

std::optional<Proposal> proposalOf(const HistoryCase &past, const QSet<QByteArray> &wanted)
{
    if (past.stored.isEmpty()) {
        return std::nullopt;
    }
    const QByteArray whole = memberBytes(past.stored, "proposal");
    const Json json = stored(wanted.isEmpty() ? whole : keptMembers(whole, wanted));
    auto proposal = Proposal::fromJson(json);
    return proposal ? std::optional<Proposal>(std::move(*proposal)) : std::nullopt;
}

HistoryTables::HistoryTables(Statements &sql) : m_sql(sql) { }

Result<qint64> HistoryTables::newestNumber()
{
    auto rows = m_sql.run(QStringLiteral("SELECT max(number) FROM cases"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const qint64 number = rows->next() ? rows->integer(0) : 0;
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<qint64>(number) : tl::unexpected<Error>(ended.error());
}

Result<QList<HistoryRow>> HistoryTables::rows(const HistoryQuery &query)
{
    static const QString sql
        = QStringLiteral("SELECT c.number, c.agent, c.action, c.case_type, c.currency, "
                         "c.confidence, c.amount, c.risk, c.created_ms, ")
        + QLatin1String(findings) + QLatin1String("FROM cases c ") + QLatin1String(stretch)
        + QLatin1String("AND (c.purpose IS NULL OR c.purpose = 'spot-check') ")
        + QLatin1String(newestFirst);
    auto rows = m_sql.run(sql, boundsOf(query));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    SharedTexts shared;
    QList<HistoryRow> list;
    while (rows->next()) {
        HistoryRow row;
        row.number = rows->integer(0);
        row.agent = shared(rows->text(1));
        row.action = shared(rows->text(2));
        row.caseType = shared(rows->text(3));
        row.currency = shared(rows->text(4));
        row.confidence = decimalOf(rows->text(5));
        row.amount = decimalOf(rows->text(6));
        row.risk = fromWord<Risk>(rows->text(7)).value_or(Risk::Unknown);
        row.createdMs = rows->integer(8);
        row.verdict = verdictOf(*rows, 9);
        list.append(std::move(row));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<HistoryRow>>(std::move(list))
                 : tl::unexpected<Error>(ended.error());
}

Result<QHash<QString, QString>> HistoryTables::endpointNames()
{
    auto rows = m_sql.run(QStringLiteral("SELECT id, name FROM endpoint"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QHash<QString, QString> names;
    while (rows->next()) {
        names.insert(rows->text(0), rows->text(1));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QHash<QString, QString>>(names) : tl::unexpected<Error>(ended.error());
}

Result<QList<HistoryCase>> HistoryTables::cases(const HistoryQuery &query)
{
    const auto names = endpointNames();
    if (!names) {
        return tl::unexpected<Error>(names.error());
    }
    static const QString sql = QStringLiteral("SELECT c.id, c.endpoint, p.bytes, ")
        + QLatin1String(findings)
        + QLatin1String("FROM cases c LEFT JOIN payload p ON p.digest = c.payload ")
        + QLatin1String(stretch) + QLatin1String("AND c.purpose IS NULL ")
        + QLatin1String(newestFirst);
    auto rows = m_sql.run(sql, boundsOf(query));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<HistoryCase> list;
    while (rows->next()) {
        list.append({.id = CaseId(rows->text(0)),
                     .endpointName = names->value(rows->text(1)),
                     .stored = rows->bytes(2),
                     .verdict = verdictOf(*rows, 3)});
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<HistoryCase>>(std::move(list))
                 : tl::unexpected<Error>(ended.error());
}

} // namespace countersign
