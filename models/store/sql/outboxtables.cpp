// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/casetables.h"

namespace countersign {

namespace {

OutboxEntry entryOf(const Rows &row)
{
    OutboxEntry entry;
    entry.id = OutboxId(row.text(0));
    entry.kind = row.text(1) == u"repair" ? OutboxEntry::Kind::Repair : OutboxEntry::Kind::Answer;
    entry.endpoint = EndpointId(row.text(2));
    entry.question = row.text(3);
    entry.occurrence = int(row.integer(4));
    entry.lane = row.text(5);
    entry.state = fromWord<OutboxState>(row.text(6)).value_or(OutboxState::Failed);
    entry.dueMs = row.integer(7);
    entry.attempts = int(row.integer(8));
    entry.maybeSent = row.integer(9) != 0;
    entry.lastError = row.text(10);
    if (const QByteArray payload = row.bytes(11); !payload.isEmpty()) {
        const auto json = parseJson(payload, {.depth = 1024, .bytes = payload.size()});
        entry.answer = json ? (*json)[u"answer"].toString().toUtf8() : QByteArray();
    }
    return entry;
}

} // namespace

Result<QList<OutboxEntry>> CaseTables::loadOutbox(const QString &where,
                                                  const QVariantList &arguments)
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT o.id, o.kind, o.endpoint, o.question, o.occurrence, o.lane, "
                       "o.state, o.due_ms, o.attempts, o.in_flight + o.unknown, o.last_error, "
                       "p.bytes FROM outbox o LEFT JOIN payload p ON p.digest = o.payload ")
            + where,
        arguments);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<OutboxEntry> list;
    while (rows->next()) {
        list.append(entryOf(*rows));
    }
    if (auto ended = m_sql.ended(*rows); !ended) {
        return tl::unexpected<Error>(ended.error());
    }
    for (OutboxEntry &entry : list) {
        auto parts = m_sql.run(QStringLiteral("SELECT p.decision, p.case_id, c.agent FROM "
                                              "outbox_part p JOIN cases c ON c.id = p.case_id "
                                              "WHERE p.outbox = ? ORDER BY p.part"),
                               {entry.id.toString()});
        if (!parts) {
            return tl::unexpected<Error>(parts.error());
        }
        while (parts->next()) {
            if (const QString decision = parts->text(0); !decision.isEmpty()) {
                entry.decisions.append(DecisionId(decision));
            }
            entry.cases.append(CaseId(parts->text(1)));
            if (const QString agent = parts->text(2); !entry.agents.contains(agent)) {
                entry.agents.append(agent);
            }
        }
    }
    return list;
}

Result<QList<OutboxEntry>> CaseTables::outbox(bool openOnly)
{
    return loadOutbox(openOnly ? QStringLiteral("WHERE o.state IN ('held', 'sending') "
                                                "ORDER BY o.number")
                               : QStringLiteral("ORDER BY o.number"),
                      {});
}

Result<std::optional<OutboxEntry>> CaseTables::outboxById(const OutboxId &id)
{
    auto list = loadOutbox(QStringLiteral("WHERE o.id = ?"), {id.toString()});
    if (!list) {
        return tl::unexpected<Error>(list.error());
    }
    return list->isEmpty() ? std::nullopt : std::optional<OutboxEntry>(list->first());
}

} // namespace countersign
