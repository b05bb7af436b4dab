// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projection.h"

namespace countersign {

Result<void> Projection::setDecision(const Event &event, const QString &decision,
                                     DecisionState state, const QString &text)
{
    auto changed
        = changeOne(QStringLiteral("UPDATE decision SET state = ?, state_text = ? WHERE id = ?"),
                    {toWord(state), orNull(text), decision}, decision);
    return changed ? touchCaseOf(event, decision) : changed;
}

Result<void> Projection::touchCaseOf(const Event &event, const QString &decision)
{
    auto rows = m_sql.run(QStringLiteral("SELECT case_id FROM decision WHERE id = ?"), {decision});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const QString caseId = rows->next() ? rows->text(0) : QString();
    return touch(event, caseId);
}

Result<void> Projection::setCaseOf(const QString &decision, CaseState state, const QString &text)
{
    return changeOne(QStringLiteral("UPDATE cases SET state = ?, state_text = ? WHERE id = "
                                    "(SELECT case_id FROM decision WHERE id = ?)"),
                     {toWord(state), orNull(text), decision}, decision);
}

Result<QStringList> Projection::decisionsOf(const Event &event)
{
    if (!event.record.decision.isEmpty()) {
        return QStringList{event.record.decision.toString()};
    }
    auto rows = m_sql.run(QStringLiteral("SELECT decision FROM outbox_part WHERE outbox = ? AND "
                                         "decision IS NOT NULL ORDER BY part"),
                          {event.text(u"outbox")});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QStringList decisions;
    while (rows->next()) {
        decisions.append(rows->text(0));
    }
    return decisions;
}

Result<void> Projection::decide(const Event &event)
{
    const QString caseId = event.record.caseId.toString();
    const bool parts = event.fields[u"of"].toInteger(1) > 1;
    const auto inserted = m_sql.change(
        QStringLiteral("INSERT INTO decision (seq, id, case_id, kind, state, digest, reason_code, "
                       "actor, actor_name, decided_ms, send_at_ms, payload, look_ms, look_size, "
                       "look_opened) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        QVariantList{event.record.seq, event.record.decision.toString(), caseId,
                     event.record.kind.section(QLatin1Char('.'), 1),
                     toWord(parts ? DecisionState::WaitingForParts : DecisionState::Held),
                     event.fields[u"digest"].toString(), event.text(u"reason_code"),
                     event.record.actor, event.fields[u"actor"][u"name"].toString(),
                     event.record.atMs, event.fields[u"send_at_ms"].toInteger(),
                     orNull(event.payloadDigest())}
            + event.look());
    if (!inserted) {
        return tl::unexpected<Error>(inserted.error());
    }
    return changeOne(QStringLiteral("UPDATE cases SET state = ?, state_text = NULL, "
                                    "set_aside_until_ms = NULL, set_aside_by = NULL, back = NULL, "
                                    "back_ms = NULL WHERE id = ?"),
                     {toWord(CaseState::Held), caseId}, caseId)
        .and_then(
            [&]() -> Result<void> { return parts ? bringSiblingsBack(event) : Result<void>(); });
}

Result<void> Projection::insertOutbox(const Event &event, const QString &kind, qint64 dueMs)
{
    m_changes.outbox = true;
    const QString id = event.fields[u"outbox"].toString();
    return m_sql
        .change(QStringLiteral("INSERT INTO outbox (number, id, kind, endpoint, question, "
                               "occurrence, lane, state, due_ms, payload) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {id.section(QLatin1Char('-'), 1).toLongLong(), id, kind,
                 event.record.endpoint.toString(), event.fields[u"question"].toString(),
                 event.fields[u"occurrence"].toInteger(), event.text(u"lane"),
                 toWord(OutboxState::Held), dueMs, orNull(event.payloadDigest())})
        .map([](int) -> void {});
}

Result<void> Projection::insertPart(const Event &event, int part, const QString &decision,
                                    const QString &caseId)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO outbox_part (outbox, part, decision, case_id) "
                               "VALUES (?, ?, ?, ?)"),
                {event.text(u"outbox"), part, orNull(decision), caseId})
        .map([](int) -> void {});
}

Result<void> Projection::queueAnswer(const Event &event)
{
    const qint64 sendAtMs = event.fields[u"send_at_ms"].toInteger();
    if (auto inserted = insertOutbox(event, QStringLiteral("answer"), sendAtMs); !inserted) {
        return inserted;
    }
    int part = 0;
    for (const QString &decision : event.fields[u"decisions"].toStrings()) {
        auto held = changeOne(
            QStringLiteral("UPDATE decision SET state = ?, send_at_ms = ? WHERE id = ?"),
            {toWord(DecisionState::Held), sendAtMs, decision}, decision);
        if (!held) {
            return held;
        }
        auto rows
            = m_sql.run(QStringLiteral("SELECT case_id FROM decision WHERE id = ?"), {decision});
        if (!rows || !rows->next()) {
            return rows ? m_sql.ended(*rows) : tl::unexpected<Error>(rows.error());
        }
        const QString caseId = rows->text(0);
        if (auto inserted = insertPart(event, ++part, decision, caseId); !inserted) {
            return inserted;
        }
        if (auto touched = touch(event, caseId); !touched) {
            return touched;
        }
    }
    return {};
}

Result<void> Projection::queueRepair(const Event &event)
{
    auto inserted = insertOutbox(event, QStringLiteral("repair"), event.record.atMs);
    return inserted ? insertPart(event, 1, {}, event.record.caseId.toString()) : inserted;
}

Result<void> Projection::setOutbox(const Event &event, OutboxState state, const QString &error)
{
    m_changes.outbox = true;
    const QString id = event.fields[u"outbox"].toString();
    return changeOne(QStringLiteral("UPDATE outbox SET state = ?, in_flight = 0, last_error = ? "
                                    "WHERE id = ?"),
                     {toWord(state), orNull(error), id}, id);
}

Result<void> Projection::reopenSiblings(const Event &event, const QString &decision)
{
    auto rows = m_sql.run(QStringLiteral("SELECT d.id FROM outbox_part p JOIN decision d ON "
                                         "d.id = p.decision WHERE p.outbox = ? AND d.id <> ? "
                                         "AND d.state = 'held' ORDER BY p.part"),
                          {event.text(u"outbox"), decision});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QStringList siblings;
    while (rows->next()) {
        siblings.append(rows->text(0));
    }
    for (const QString &sibling : siblings) {
        if (auto set = setDecision(event, sibling, DecisionState::WaitingForParts, {}); !set) {
            return set;
        }
    }
    return {};
}

Result<void> Projection::withdrawDecision(const Event &event)
{
    const QString decision = event.record.decision.toString();
    auto set = setDecision(event, decision, DecisionState::Withdrawn, event.sentence());
    if (set) {
        set = setCaseOf(decision, CaseState::Waiting, event.sentence());
    }
    if (set && event.fields.contains(u"outbox")) {
        set = setOutbox(event, OutboxState::Withdrawn, {});
        if (set) {
            set = reopenSiblings(event, decision);
        }
    }
    return set;
}

/// Nobody's word holds any more: neither the decision nor an approval before it.
Result<void> Projection::expireDecision(const Event &event)
{
    const QString id = event.record.caseId.toString();
    auto done = withdrawDecision(event);
    if (done) {
        done = m_sql.change(QStringLiteral("DELETE FROM approval WHERE case_id = ?"), {id})
                   .map([](int) -> void {});
    }
    if (done && event.fields.contains(u"zero_ms")) {
        done = changeOne(QStringLiteral("UPDATE cases SET zero_passed_ms = ?, zero_ms = NULL "
                                        "WHERE id = ?"),
                         {event.integer(u"zero_ms"), id}, id);
    }
    return done;
}

Result<void> Projection::send(const Event &event)
{
    m_changes.outbox = true;
    const QString id = event.fields[u"outbox"].toString();
    auto set
        = changeOne(QStringLiteral("UPDATE outbox SET state = ?, attempts = ?, in_flight = 1 "
                                   "WHERE id = ?"),
                    {toWord(OutboxState::Sending), event.fields[u"attempt"].toInteger(1), id}, id);
    const auto decisions = decisionsOf(event);
    if (!set || !decisions) {
        return set ? tl::unexpected<Error>(decisions.error()) : set;
    }
    for (const QString &decision : *decisions) {
        set = setDecision(event, decision, DecisionState::Sending, {});
        if (set) {
            set = setCaseOf(decision, CaseState::Sending, {});
        }
        if (!set) {
            return set;
        }
    }
    return {};
}

Result<void> Projection::delay(const Event &event)
{
    m_changes.outbox = true;
    const QString id = event.fields[u"outbox"].toString();
    return changeOne(QStringLiteral("UPDATE outbox SET state = ?, attempts = ?, due_ms = ?, "
                                    "in_flight = 0, unknown = CASE WHEN ? <> 0 THEN 1 ELSE unknown "
                                    "END, last_error = ? WHERE id = ?"),
                     {toWord(OutboxState::Sending), event.fields[u"attempt"].toInteger(1),
                      event.fields[u"next_ms"].toInteger(),
                      event.fields[u"unknown"].toBool() ? 1 : 0, orNull(event.sentence()), id},
                     id);
}

Result<void> Projection::finish(const Event &event)
{
    const QString word = event.record.kind.section(QLatin1Char('.'), 1);
    const auto state = fromWord<DecisionState>(word).value_or(DecisionState::Failed);
    const auto decisions = decisionsOf(event);
    if (!decisions) {
        return tl::unexpected<Error>(decisions.error());
    }
    Result<void> set;
    for (const QString &decision : *decisions) {
        set = setDecision(event, decision, state, event.sentence());
        if (set) {
            set = setCaseOf(decision, fromWord<CaseState>(word).value_or(CaseState::Failed),
                            event.sentence());
        }
        if (!set) {
            return set;
        }
    }
    if (event.fields.contains(u"outbox")) {
        set = setOutbox(event, fromWord<OutboxState>(word).value_or(OutboxState::Failed),
                        state == DecisionState::Delivered ? QString() : event.sentence());
    }
    if (set && state == DecisionState::Superseded && event.fields.contains(u"outbox")) {
        set = reopenSiblings(event, event.record.decision.toString());
    }
    return set;
}

Result<void> Projection::finishRepair(const Event &event)
{
    const bool done = event.record.kind == QLatin1String(event::repairDone);
    auto set = setOutbox(event, done ? OutboxState::Delivered : OutboxState::Failed,
                         done ? QString() : event.sentence());
    if (set && !done) {
        const QString id = event.record.caseId.toString();
        set = changeOne(QStringLiteral("UPDATE cases SET state_text = ? WHERE id = ?"),
                        {orNull(event.sentence()), id}, id);
    }
    return set;
}

} // namespace countersign
