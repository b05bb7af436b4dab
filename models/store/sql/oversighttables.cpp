// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/oversighttables.h"

#include "store/sql/storedvalues.h"

#include <limits>

namespace countersign {


OversightTables::OversightTables(Statements &sql) : m_sql(sql) { }

Result<QList<PolicyRecord>> OversightTables::load(const QString &where,
                                                  const QVariantList &arguments, bool whole)
{
    auto rows = m_sql.run(
        (whole ? QStringLiteral("SELECT p.version, p.event, p.digest, p.actor, p.actor_name, "
                                "p.at_ms, m.bytes FROM policy p LEFT JOIN payload m ON "
                                "m.digest = p.payload ")
               : QStringLiteral("SELECT p.version, p.event, p.digest, p.actor, p.actor_name, "
                                "p.at_ms FROM policy p "))
            + where,
        arguments);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<PolicyRecord> list;
    while (rows->next()) {
        PolicyRecord record{.version = int(rows->integer(0)),
                            .event = QString::fromLatin1(rows->bytes(1).toHex()),
                            .digest = rows->text(2),
                            .person = PersonId(rows->text(3)),
                            .personName = rows->text(4),
                            .atMs = rows->integer(5)};
        if (whole) {
            const Json payload = stored(rows->bytes(6));
            record.reason = payload[u"reason"].toString();
            record.document = payload[u"document"];
            record.diff = payload[u"diff"];
        }
        list.append(record);
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<PolicyRecord>>(std::move(list))
                 : tl::unexpected<Error>(ended.error());
}

Result<PolicyRecord> OversightTables::policyInForce()
{
    const auto list = load(QStringLiteral("ORDER BY p.version DESC LIMIT 1"), {}, false);
    if (!list) {
        return tl::unexpected<Error>(list.error());
    }
    return list->isEmpty() ? PolicyRecord() : list->first();
}

Result<std::optional<PolicyRecord>> OversightTables::policyVersion(int version)
{
    const auto list = load(QStringLiteral("WHERE p.version = ?"), {version}, true);
    if (!list) {
        return tl::unexpected<Error>(list.error());
    }
    return list->isEmpty() ? std::nullopt : std::optional<PolicyRecord>(list->first());
}

Result<QList<PolicyRecord>> OversightTables::policies()
{
    auto list = load(QStringLiteral("ORDER BY p.version DESC"), {}, true);
    for (qsizetype i = 0; list && i < list->size(); ++i) {
        (*list)[i].document = {};
        (*list)[i].diff = {};
    }
    return list;
}

Result<QHash<EndpointId, KeptPolicy>> OversightTables::keptPolicies()
{
    auto rows = m_sql.run(QStringLiteral("SELECT id, kept_version, kept_digest FROM endpoint "
                                         "WHERE kept_version IS NOT NULL"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QHash<EndpointId, KeptPolicy> kept;
    while (rows->next()) {
        kept.insert(EndpointId(rows->text(0)), {rows->text(1), rows->text(2)});
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QHash<EndpointId, KeptPolicy>>(std::move(kept))
                 : tl::unexpected<Error>(ended.error());
}

Result<QList<StopOrder>> OversightTables::stops()
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT s.endpoint, s.agent, s.actor, s.actor_name, s.at_ms, p.bytes "
                       "FROM stop s LEFT JOIN payload p ON p.digest = s.payload ORDER BY s.seq"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<StopOrder> list;
    while (rows->next()) {
        list.append({.scope = {.endpoint = EndpointId(rows->text(0)), .agent = rows->text(1)},
                     .reason = stored(rows->bytes(5))[u"reason"].toString(),
                     .person = PersonId(rows->text(2)),
                     .personName = rows->text(3),
                     .atMs = rows->integer(4)});
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<StopOrder>>(std::move(list)) : tl::unexpected<Error>(ended.error());
}

Result<QHash<QString, QList<qint64>>> OversightTables::workloads()
{
    auto rows = m_sql.run(QStringLiteral("SELECT assignee, due_ms, zero_ms FROM cases WHERE "
                                         "assignee IS NOT NULL AND state = 'waiting'"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    QHash<QString, QList<qint64>> loads;
    while (rows->next()) {
        loads[rows->text(0)].append(std::min(rows->maybeInteger(1).value_or(never),
                                             rows->maybeInteger(2).value_or(never)));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QHash<QString, QList<qint64>>>(std::move(loads))
                 : tl::unexpected<Error>(ended.error());
}

Result<QList<CaseId>> OversightTables::casesAtZero(qint64 beforeMs)
{
    auto rows = m_sql.run(QStringLiteral("SELECT id FROM cases WHERE zero_ms IS NOT NULL AND "
                                         "state = 'waiting' AND zero_ms <= ? "
                                         "ORDER BY zero_ms, number"),
                          {beforeMs});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<CaseId> list;
    while (rows->next()) {
        list.append(CaseId(rows->text(0)));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<CaseId>>(std::move(list)) : tl::unexpected<Error>(ended.error());
}

Result<std::optional<qint64>> OversightTables::nextZeroMs()
{
    auto rows = m_sql.run(QStringLiteral("SELECT min(zero_ms) FROM cases WHERE zero_ms IS NOT NULL "
                                         "AND state = 'waiting'"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    return rows->next() ? rows->maybeInteger(0) : std::nullopt;
}

} // namespace countersign
