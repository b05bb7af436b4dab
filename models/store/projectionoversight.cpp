// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projection.h"

#include "domain/translate.h"


namespace countersign {

namespace {

/// A key of a table is never null.
QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace

/// Versions follow each other without a gap, so that a number names one policy for good.
Result<void> Projection::setPolicy(const Event &event)
{
    m_changes.policy = true;
    auto rows = m_sql.run(QStringLiteral("SELECT coalesce(max(version), 1) FROM policy"));
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const qint64 version = event.fields[u"version"].toInteger();
    if (!rows->next() || version != rows->integer(0) + 1) {
        return fail(ErrorCode::InvalidInput,
                    tr("Policy version %1 does not follow the one before it.").arg(version));
    }
    return m_sql
        .change(QStringLiteral("INSERT INTO policy (version, event, digest, actor, actor_name, "
                               "at_ms, payload) VALUES (?, ?, ?, ?, ?, ?, ?)"),
                {version, event.record.leaf, event.fields[u"digest"].toString(), event.record.actor,
                 event.fields[u"actor"][u"name"].toString(), event.record.atMs,
                 orNull(event.payloadDigest())})
        .map([](int) -> void {});
}

Result<void> Projection::setStop(const Event &event)
{
    m_changes.stops = true;
    return m_sql
        .change(
            QStringLiteral("INSERT INTO stop (endpoint, agent, seq, actor, actor_name, at_ms, "
                           "payload) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (endpoint, agent) "
                           "DO UPDATE SET seq = excluded.seq, actor = excluded.actor, "
                           "actor_name = excluded.actor_name, at_ms = excluded.at_ms, "
                           "payload = excluded.payload"),
            {orEmpty(event.record.endpoint.toString()), orEmpty(event.record.agent),
             event.record.seq, event.record.actor, event.fields[u"actor"][u"name"].toString(),
             event.record.atMs, orNull(event.payloadDigest())})
        .map([](int) -> void {});
}

Result<void> Projection::liftStop(const Event &event)
{
    m_changes.stops = true;
    return changeOne(QStringLiteral("DELETE FROM stop WHERE endpoint = ? AND agent = ?"),
                     {orEmpty(event.record.endpoint.toString()), orEmpty(event.record.agent)},
                     tr("stop"));
}

/// As it is, under another rule. What happened at zero stays done.
Result<void> Projection::setGate(const Event &event)
{
    const QString id = event.record.caseId.toString();
    return changeOne(QStringLiteral("UPDATE cases SET disposition = ?, policy = ?, queue = ?, "
                                    "zero_ms = ?, gate = ? WHERE id = ?"),
                     {event.fields[u"disposition"].toString(), event.text(u"policy"),
                      event.text(u"queue"), event.integer(u"zero_ms"),
                      orNull(event.payloadDigest()), id},
                     id);
}

Result<void> Projection::giveApproval(const Event &event)
{
    return m_sql
        .change(QStringLiteral("INSERT INTO approval (seq, case_id, actor, actor_name, digest, "
                               "at_ms) VALUES (?, ?, ?, ?, ?, ?)"),
                {event.record.seq, event.record.caseId.toString(), event.record.actor,
                 event.fields[u"actor"][u"name"].toString(), event.fields[u"digest"].toString(),
                 event.record.atMs})
        .map([](int) -> void {});
}

Result<void> Projection::withdrawApproval(const Event &event)
{
    return changeOne(
        QStringLiteral("DELETE FROM approval WHERE case_id = ? AND actor = ? AND digest = ?"),
        {event.record.caseId.toString(), event.record.actor, event.fields[u"digest"].toString()},
        tr("approval"));
}

Result<void> Projection::keepPolicy(const Event &event)
{
    m_changes.endpoints = true;
    const QString id = event.record.endpoint.toString();
    return changeOne(
        QStringLiteral("UPDATE endpoint SET kept_version = ?, kept_digest = ? WHERE id = ?"),
        {event.text(u"version"), event.text(u"digest"), id}, id);
}

Result<void> Projection::setAuthority(const Event &event)
{
    m_changes.persons = true;
    const QString id = event.fields[u"person"].toString();
    return changeOne(QStringLiteral("UPDATE person SET roles = ?, limits = ? WHERE id = ?"),
                     {orNull(event.fields[u"roles"].toStrings().join(QLatin1Char(' '))),
                      orNull(event.fields[u"limits"].toStrings().join(QLatin1Char(','))), id},
                     id);
}

Result<void> Projection::setAbsence(const Event &event)
{
    m_changes.persons = true;
    const QString id = event.fields[u"person"].toString();
    return changeOne(
        QStringLiteral("UPDATE person SET absent_until_ms = ?, delegate = ? WHERE id = ?"),
        {event.integer(u"until_ms"), event.text(u"delegate"), id}, id);
}

/// Each step once: the column that finds it moves on to the next one, or to nothing.
Result<void> Projection::passDeadline(const Event &event)
{
    const QString id = event.record.caseId.toString();
    const qint64 step = event.fields[u"zero_ms"].toInteger();
    const QVariant queue = event.text(u"queue");
    return changeOne(QStringLiteral("UPDATE cases SET zero_passed_ms = ?, zero_ms = ?, "
                                    "queue = coalesce(?, queue) WHERE id = ? AND zero_ms = ?"),
                     {step, event.integer(u"next_ms"), queue, id, step}, id);
}

} // namespace countersign
