// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/projection.h"
#include "store/sql/sqlreads.h"

namespace countersign {

/// Appends within a transaction that somebody else began and will end.
class SqlTransaction final : public SqlReads<Transaction>
{
public:
    SqlTransaction(Statements &sql, SearchIndex &index, const QString &origin, KeyRing &keys,
                   const Clock &clock);

    [[nodiscard]] Result<EventRecord> append(const EventDraft &draft) override;
    [[nodiscard]] Result<void> setEndpointCursor(const EndpointId &id,
                                                 const QByteArray &cursor) override;
    [[nodiscard]] Result<CaseId> nextCaseId() override;
    [[nodiscard]] Result<EndpointId> nextEndpointId() override;
    [[nodiscard]] Result<PersonId> nextPersonId() override;
    [[nodiscard]] Result<OutboxId> nextOutboxId() override;
    [[nodiscard]] qint64 nowMs() const override { return m_clock.nowMs(); }

    /// The first error of an append: then nothing may be committed, whatever the job made of it.
    [[nodiscard]] const Result<void> &outcome() const { return m_outcome; }
    [[nodiscard]] const Changes &changes() const { return m_projection.changes(); }

private:
    [[nodiscard]] Result<EventRecord> tryAppend(const EventDraft &draft);
    [[nodiscard]] Result<void> loadHead();
    [[nodiscard]] Result<void> sign(const EventDraft &draft, EventRecord &record);
    [[nodiscard]] Result<void> insert(const EventRecord &record);
    [[nodiscard]] Result<QByteArray> insertPayload(const QByteArray &bytes);
    [[nodiscard]] Result<void> saveHead();
    [[nodiscard]] Result<QString> nextId(const QString &table, QChar letter);

    Statements &m_sql;
    QString m_origin;
    KeyRing &m_keys;
    const Clock &m_clock;
    Projection m_projection;
    std::optional<CompactRange> m_head;
    Result<void> m_outcome;
    QHash<QString, qint64> m_lastNumber; ///< handed out in this transaction, by table
    QHash<QString, PrivateKey> m_signers; ///< checked against the enrolled key, by person
};

} // namespace countersign
