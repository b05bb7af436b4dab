// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/trailtables.h"

#include "domain/authority.h"

#include <algorithm>

namespace countersign {

namespace {

EventRecord recordOf(const Rows &row)
{
    EventRecord record;
    record.seq = row.integer(0);
    record.envelope = row.bytes(1);
    record.leaf = row.bytes(2);
    record.atMs = row.integer(3);
    record.kind = row.text(4);
    record.caseId = CaseId(row.text(5));
    record.actor = row.text(6);
    record.agent = row.text(7);
    record.action = row.text(8);
    record.endpoint = EndpointId(row.text(9));
    record.risk = row.text(10);
    record.decision = DecisionId(row.text(11));
    record.signatureKey = row.text(12);
    record.signature = row.bytes(13);
    return record;
}

/// The restrictions of a query but its kind, as SQL over event.
struct Terms
{
    QStringList sql;
    QVariantList arguments;

    void equal(const char *column, const QString &value)
    {
        if (!value.isEmpty()) {
            sql.append(QStringLiteral("%1 = ?").arg(QLatin1String(column)));
            arguments.append(value);
        }
    }
    void bound(const QString &term, const std::optional<qint64> &value)
    {
        if (value) {
            sql.append(term);
            arguments.append(*value);
        }
    }
};

Terms termsOf(const TrailQuery &query)
{
    Terms terms;
    terms.equal("case_id", query.caseId.toString());
    terms.equal("actor", query.actor);
    terms.equal("agent", query.agent);
    terms.equal("action", query.action);
    terms.equal("endpoint", query.endpoint.toString());
    // The sign keeps the index on times out of the way of better ones.
    const QString time = terms.sql.isEmpty() && query.kind.isEmpty() ? QStringLiteral("at_ms")
                                                                     : QStringLiteral("+at_ms");
    terms.bound(QStringLiteral("seq < ?"), query.before);
    terms.bound(time + QStringLiteral(" >= ?"), query.fromMs);
    terms.bound(time + QStringLiteral(" < ?"), query.toMs);
    return terms;
}

QString whereAll(const QStringList &terms)
{
    return terms.isEmpty() ? QString()
                           : QStringLiteral("WHERE ") + terms.join(QStringLiteral(" AND "));
}

bool isFacet(const QString &column)
{
    return QStringList{QStringLiteral("kind"), QStringLiteral("actor"), QStringLiteral("agent"),
                       QStringLiteral("action")}
        .contains(column);
}

} // namespace

TrailTables::TrailTables(Statements &sql) : m_sql(sql) { }

Result<QList<EventRecord>> TrailTables::load(const QString &where, const QVariantList &arguments)
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT seq, envelope, leaf, at_ms, kind, case_id, actor, agent, action, "
                       "endpoint, risk, decision_id, sig_key, sig FROM event ")
            + where,
        arguments);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<EventRecord> list;
    while (rows->next()) {
        list.append(recordOf(*rows));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<EventRecord>>(std::move(list))
                 : tl::unexpected<Error>(ended.error());
}

/// A group stands for the kinds that the trail holds of it, so that each can use its index.
Result<QStringList> TrailTables::kindsIn(const QString &kind)
{
    if (!kind.endsWith(QLatin1Char('.'))) {
        return QStringList{kind};
    }
    auto kinds = facet(QStringLiteral("kind"));
    if (kinds) {
        kinds->removeIf([&kind](const QString &one) -> bool { return !one.startsWith(kind); });
    }
    return kinds;
}

Result<QList<EventRecord>> TrailTables::events(const TrailQuery &query)
{
    const Terms terms = termsOf(query);
    const int limit = std::max(query.limit, 0);
    const QString newest = QStringLiteral(" ORDER BY seq DESC LIMIT ?");
    if (query.kind.isEmpty()) {
        return load(whereAll(terms.sql) + newest, terms.arguments + QVariantList{limit});
    }
    const auto kinds = kindsIn(query.kind);
    if (!kinds || kinds->isEmpty()) {
        return kinds ? Result<QList<EventRecord>>() : tl::unexpected<Error>(kinds.error());
    }
    QStringList each;
    QVariantList arguments;
    for (const QString &kind : *kinds) {
        each.append(
            QStringLiteral("SELECT * FROM (SELECT seq FROM event %1%2) AS one")
                .arg(whereAll(QStringList{QStringLiteral("kind = ?")} + terms.sql), newest));
        arguments += QVariantList{kind} + terms.arguments + QVariantList{limit};
    }
    return load(QStringLiteral("WHERE seq IN (%1)").arg(each.join(QStringLiteral(" UNION ALL ")))
                    + newest,
                arguments + QVariantList{limit});
}

Result<std::optional<EventRecord>> TrailTables::event(qint64 seq)
{
    const auto list = load(QStringLiteral("WHERE seq = ?"), {seq});
    if (!list) {
        return tl::unexpected<Error>(list.error());
    }
    return list->isEmpty() ? std::nullopt : std::optional<EventRecord>(list->first());
}

Result<std::optional<Json>> TrailTables::payloadOf(qint64 seq)
{
    const auto record = event(seq);
    if (!record || !*record) {
        return record ? Result<std::optional<Json>>(std::nullopt)
                      : tl::unexpected<Error>(record.error());
    }
    const auto envelope = parseJson((*record)->envelope);
    if (!envelope) {
        return tl::unexpected<Error>(envelope.error());
    }
    const QByteArray digest = QByteArray::fromHex((*envelope)[u"payload"].toString().toLatin1());
    auto rows = m_sql.run(QStringLiteral("SELECT bytes FROM payload WHERE digest = ?"), {digest});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    if (!rows->next()) {
        return std::nullopt;
    }
    const QByteArray bytes = rows->bytes(0);
    const auto json = parseJson(bytes, {.depth = 1024, .bytes = bytes.size()});
    return json ? Result<std::optional<Json>>(*json) : tl::unexpected<Error>(json.error());
}

Result<Head> TrailTables::head()
{
    auto rows = m_sql.run(QStringLiteral("SELECT size, root, frontier FROM log_head WHERE id = 1"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    Head head;
    if (rows->next()) {
        head = {.size = rows->integer(0), .root = rows->bytes(1), .frontier = rows->bytes(2)};
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<Head>(head) : tl::unexpected<Error>(ended.error());
}

Result<QStringList> TrailTables::facet(const QString &column)
{
    QStringList values;
    if (!isFacet(column)) {
        return values;
    }
    // Leaps from value to value by the index instead of walking over every event.
    auto rows = m_sql.run(
        QStringLiteral("WITH RECURSIVE leap (value) AS (SELECT min(%1) FROM event WHERE %1 IS NOT "
                       "NULL UNION ALL SELECT (SELECT min(%1) FROM event WHERE %1 > leap.value) "
                       "FROM leap WHERE leap.value IS NOT NULL) "
                       "SELECT value FROM leap WHERE value IS NOT NULL")
            .arg(column));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    while (rows->next()) {
        values.append(rows->text(0));
    }
    values.sort();
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QStringList>(values) : tl::unexpected<Error>(ended.error());
}

Result<QList<Endpoint>> TrailTables::endpoints()
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT e.id, e.kind, e.name, e.url, p.bytes FROM endpoint e LEFT JOIN "
                       "payload p ON p.digest = e.payload WHERE e.removed = 0 ORDER BY e.number"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<Endpoint> list;
    while (rows->next()) {
        const auto settings = parseJson(rows->bytes(4));
        auto endpoint = Endpoint::fromJson(EndpointId(rows->text(0)), rows->text(1), rows->text(2),
                                           rows->text(3), settings.value_or(Json::object()));
        if (!endpoint) {
            return tl::unexpected<Error>(endpoint.error());
        }
        list.append(std::move(*endpoint));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<Endpoint>>(list) : tl::unexpected<Error>(ended.error());
}

Result<QByteArray> TrailTables::cursor(const EndpointId &id)
{
    auto rows = m_sql.run(QStringLiteral("SELECT cursor FROM endpoint_cursor WHERE endpoint = ?"),
                          {id.toString()});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    return rows->next() ? rows->bytes(0) : QByteArray();
}

Result<QList<Person>> TrailTables::persons()
{
    auto rows = m_sql.run(QStringLiteral("SELECT id, name, role, key_id, public_key, roles, "
                                         "limits, absent_until_ms, delegate FROM person "
                                         "ORDER BY number"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<Person> list;
    while (rows->next()) {
        Person person{.id = PersonId(rows->text(0)),
                      .name = rows->text(1),
                      .role = rows->text(2),
                      .keyId = rows->text(3),
                      .publicKey = rows->bytes(4),
                      .roles = rows->text(5).split(QLatin1Char(' '), Qt::SkipEmptyParts),
                      .absentUntilMs = rows->maybeInteger(7),
                      .delegate = PersonId(rows->text(8))};
        for (const QString &written : rows->text(6).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (const auto limit = readLimit(written)) {
                person.limits.insert(limit->first, limit->second);
            }
        }
        list.append(person);
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<Person>>(list) : tl::unexpected<Error>(ended.error());
}

} // namespace countersign
