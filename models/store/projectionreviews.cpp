// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projection.h"

#include "domain/translate.h"


namespace countersign {

QVariantList Projection::Event::look() const
{
    const bool measured = fields[u"look_ms"].isNumber();
    return {integer(u"look_ms"), integer(u"size"),
            measured ? QVariant(fields[u"opened"].items().size()) : QVariant()};
}

/// Draws follow each other without a gap and from one seed, so that none can be tried twice.
Result<void> Projection::drawSpotCheck(const Event &event)
{
    const qint64 index = event.fields[u"index"].toInteger();
    auto rows = m_sql.run(
        QStringLiteral("SELECT number, seed FROM spot_draw ORDER BY number DESC LIMIT 1"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const bool first = !rows->next();
    const QString seed = event.fields[u"seed"].toString();
    if (index != (first ? 1 : rows->integer(0) + 1) || (!first && rows->text(1) != seed)) {
        return fail(ErrorCode::InvalidInput,
                    tr("Draw %1 does not follow the one before it.").arg(index));
    }
    return m_sql
        .change(QStringLiteral("INSERT INTO spot_draw (number, endpoint, question, seed, "
                               "probability, drawn, outlier, agent, action, case_type, case_id, "
                               "at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {index, event.record.endpoint.toString(), event.fields[u"question"].toString(),
                 seed, event.fields[u"probability"].toString(),
                 event.fields[u"drawn"].toBool() ? 1 : 0, event.fields[u"outlier"].toBool() ? 1 : 0,
                 event.text(u"agent"), event.text(u"action"), event.text(u"case_type"),
                 orNull(event.record.caseId.toString()), event.record.atMs})
        .map([](int) -> void {});
}

/// The case of an answer that is never sent is over, at the first answer and at every correction.
Result<void> Projection::closeMarked(const Event &event, Purpose purpose)
{
    const QString id = event.record.caseId.toString();
    return changeOne(QStringLiteral("UPDATE cases SET state = ?, state_text = ?, "
                                    "set_aside_until_ms = NULL, set_aside_by = NULL, back = NULL, "
                                    "back_ms = NULL WHERE id = ? AND purpose = ?"),
                     {toWord(CaseState::Marked), orNull(event.sentence()), id, toWord(purpose)},
                     id);
}

Result<void> Projection::markVerdict(const Event &event)
{
    const QVariantList values{event.record.seq,
                              event.record.caseId.toString(),
                              event.fields[u"verdict"].toString(),
                              event.record.actor,
                              event.fields[u"actor"][u"name"].toString(),
                              event.record.atMs,
                              event.fields[u"blind"].toBool() ? 1 : 0,
                              orNull(event.payloadDigest())};
    return m_sql
        .change(QStringLiteral("INSERT INTO verdict (seq, case_id, verdict, actor, actor_name, "
                               "at_ms, blind, payload, look_ms, look_size, look_opened) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                values + event.look())
        .and_then([&](int) -> Result<void> { return closeMarked(event, Purpose::SpotCheck); });
}

Result<void> Projection::commitAnswer(const Event &event)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO commitment (seq, case_id, actor, digest, answer) "
                               "VALUES (?, ?, ?, ?, ?)"),
                {event.record.seq, event.record.caseId.toString(), event.record.actor,
                 event.fields[u"digest"].toString(), event.fields[u"answer"].toString()})
        .map([](int) -> void {});
}

Result<void> Projection::checkAnswer(const Event &event)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO checked (seq, case_id, actor, actor_name, answer, "
                               "is_right, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"),
                {event.record.seq, event.record.caseId.toString(), event.record.actor,
                 event.fields[u"actor"][u"name"].toString(), event.fields[u"answer"].toString(),
                 event.fields[u"right"].toBool() ? 1 : 0, event.record.atMs})
        .and_then([&](int) -> Result<void> { return closeMarked(event, Purpose::KnownAnswer); });
}

Result<void> Projection::changeSetting(const Event &event)
{
    m_changes.settings = true;
    const QString person = event.fields[u"person"].toString();
    return m_sql
        .change(QStringLiteral("INSERT INTO setting (name, person, value) VALUES (?, ?, ?) "
                               "ON CONFLICT (name, person) DO UPDATE SET value = excluded.value"),
                {event.fields[u"setting"].toString(),
                 person.isEmpty() ? QStringLiteral("") : person, // not null
                 event.fields[u"value"].toString()})
        .map([](int) -> void {});
}

} // namespace countersign
