// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqltransaction.h"

#include "domain/envelope.h"
#include "domain/translate.h"


namespace countersign {

namespace {

constexpr int saltSize = 16;

/// Members of an envelope that only the store or EventDraft's own members may fill.
Result<void> checkFields(const EventDraft &draft)
{
    static const QStringList taken{
        QStringLiteral("v"),       QStringLiteral("log"),        QStringLiteral("i"),
        QStringLiteral("at"),      QStringLiteral("kind"),       QStringLiteral("actor"),
        QStringLiteral("case"),    QStringLiteral("endpoint"),   QStringLiteral("agent"),
        QStringLiteral("action"),  QStringLiteral("risk"),       QStringLiteral("decision"),
        QStringLiteral("payload"), QStringLiteral("reported_at")};
    for (const auto &[key, value] : draft.fields.members()) {
        if (taken.contains(key)) {
            return fail(ErrorCode::InvalidInput,
                        tr("An event's own member “%1” cannot be set as a field.").arg(key));
        }
    }
    return {};
}

} // namespace

SqlTransaction::SqlTransaction(Statements &sql, SearchIndex &index, const QString &origin,
                               KeyRing &keys, const Clock &clock)
    : SqlReads(sql, index),
      m_sql(sql),
      m_origin(origin),
      m_keys(keys),
      m_clock(clock),
      m_projection(sql)
{
}

Result<EventRecord> SqlTransaction::append(const EventDraft &draft)
{
    if (!m_outcome) {
        return tl::unexpected<Error>(m_outcome.error());
    }
    auto record = tryAppend(draft);
    if (!record) {
        m_outcome = tl::unexpected<Error>(record.error());
    }
    return record;
}

Result<EventRecord> SqlTransaction::tryAppend(const EventDraft &draft)
{
    const auto usable
        = checkFields(draft).and_then([this]() -> Result<void> { return loadHead(); });
    if (!usable) {
        return tl::unexpected<Error>(usable.error());
    }
    QByteArray digest;
    if (draft.payload) {
        const auto inserted = insertPayload(toJson(*draft.payload));
        if (!inserted) {
            return tl::unexpected<Error>(inserted.error());
        }
        digest = *inserted;
    }
    const qint64 atMs = m_clock.nowMs();
    const Json envelope = envelopeOf(draft, m_origin, m_head->size(), atMs, digest);
    const auto bytes = canonicalEnvelope(envelope);
    if (!bytes) {
        return tl::unexpected<Error>(bytes.error());
    }
    EventRecord record = recordOf(envelope);
    record.seq = m_head->size();
    record.envelope = *bytes;
    record.leaf = leafHash(*bytes);
    m_head->append(record.leaf);
    const auto done
        = sign(draft, record)
              .and_then([&]() -> Result<void> { return insert(record); })
              .and_then([this]() -> Result<void> { return saveHead(); })
              .and_then([&]() -> Result<void> {
                  return m_projection.apply(record, envelope, draft.payload.value_or(Json()));
              });
    return done ? Result<EventRecord>(record) : tl::unexpected<Error>(done.error());
}

Result<void> SqlTransaction::loadHead()
{
    if (m_head) {
        return {};
    }
    const auto stored = head();
    if (!stored) {
        return tl::unexpected<Error>(stored.error());
    }
    auto range = CompactRange::restore(stored->size, stored->frontier);
    if (!range) {
        return tl::unexpected<Error>(range.error());
    }
    m_head = std::move(*range);
    return {};
}

Result<void> SqlTransaction::sign(const EventDraft &draft, EventRecord &record)
{
    if (!needsSignature(draft.kind, draft.actor.type)) {
        return {};
    }
    const QString &id = draft.actor.id;
    auto signer = m_signers.constFind(id);
    if (signer == m_signers.cend()) {
        const auto key = m_keys.key(m_origin, id, false);
        if (!key) {
            return fail(ErrorCode::NotAllowed,
                        tr("The key of %1 is not at hand, so this cannot be signed. %2")
                            .arg(draft.actor.name, key.error().text),
                        key.error().detail);
        }
        auto rows = m_sql.run(QStringLiteral("SELECT public_key FROM person WHERE id = ?"), {id});
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        const QByteArray enrolled = rows->next() ? rows->bytes(0)
            : draft.fields[u"person"].toString() == id
            ? QByteArray::fromBase64(draft.fields[u"public_key"].toString().toLatin1())
            : QByteArray();
        if (enrolled != key->publicKey()) {
            return fail(ErrorCode::NotAllowed,
                        tr("The key at hand for %1 is not the one that was enrolled, so this "
                           "cannot be signed.")
                            .arg(draft.actor.name));
        }
        signer = m_signers.insert(id, *key);
    }
    record.signatureKey = noteKeyId(id, signer->publicKey());
    record.signature = signer->sign(personSignatureMessage(record.leaf));
    return {};
}

Result<void> SqlTransaction::insert(const EventRecord &record)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO event (seq, envelope, leaf, at_ms, kind, case_id, "
                               "actor, agent, action, endpoint, risk, decision_id, sig_key, sig) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {record.seq, record.envelope, record.leaf, record.atMs, record.kind,
                 orNull(record.caseId.toString()), record.actor, orNull(record.agent),
                 orNull(record.action), orNull(record.endpoint.toString()), orNull(record.risk),
                 orNull(record.decision.toString()), orNull(record.signatureKey),
                 orNull(record.signature)})
        .map([](int) -> void {});
}

Result<QByteArray> SqlTransaction::insertPayload(const QByteArray &bytes)
{
    const QByteArray salt = randomBytes(saltSize);
    const QByteArray digest = payloadDigest(salt, bytes);
    const auto inserted
        = m_sql.change(QStringLiteral("INSERT INTO payload (digest, salt, bytes) VALUES (?, ?, ?)"),
                       {digest, salt, bytes});
    return inserted ? Result<QByteArray>(digest) : tl::unexpected<Error>(inserted.error());
}

Result<void> SqlTransaction::saveHead()
{
    return m_sql
        .change(QStringLiteral("INSERT INTO log_head (id, size, frontier, root) "
                               "VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                               "size = excluded.size, frontier = excluded.frontier, "
                               "root = excluded.root"),
                {m_head->size(), m_head->frontier(), m_head->root()})
        .map([](int) -> void {});
}

Result<QString> SqlTransaction::nextId(const QString &table, QChar letter)
{
    auto rows = m_sql.run(QStringLiteral("SELECT coalesce(max(number), 0) FROM ") + table);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const qint64 stored = rows->next() ? rows->integer(0) : 0;
    qint64 &last = m_lastNumber[table];
    last = std::max(last, stored) + 1;
    return QStringLiteral("%1-%2").arg(letter).arg(last);
}

Result<void> SqlTransaction::setEndpointCursor(const EndpointId &id, const QByteArray &cursor)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO endpoint_cursor (endpoint, cursor) VALUES (?, ?) "
                               "ON CONFLICT (endpoint) DO UPDATE SET cursor = excluded.cursor"),
                {id.toString(), cursor})
        .map([](int) -> void {});
}

Result<CaseId> SqlTransaction::nextCaseId()
{
    return nextId(QStringLiteral("cases"), u'c').map([](const QString &id) { return CaseId(id); });
}

Result<EndpointId> SqlTransaction::nextEndpointId()
{
    return nextId(QStringLiteral("endpoint"), u'e').map([](const QString &id) {
        return EndpointId(id);
    });
}

Result<PersonId> SqlTransaction::nextPersonId()
{
    return nextId(QStringLiteral("person"), u'p').map([](const QString &id) {
        return PersonId(id);
    });
}

Result<OutboxId> SqlTransaction::nextOutboxId()
{
    return nextId(QStringLiteral("outbox"), u'o').map([](const QString &id) {
        return OutboxId(id);
    });
}

} // namespace countersign
