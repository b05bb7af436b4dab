// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projection.h"

#include "domain/case.h"

namespace countersign {

Result<void> Projection::setAside(const Event &event)
{
    const QString id = event.record.caseId.toString();
    const bool untilChange = event.fields[u"until_change"].toBool();
    return changeOne(QStringLiteral("UPDATE cases SET set_aside_until_ms = ?, set_aside_by = ?, "
                                    "back = NULL, back_ms = NULL WHERE id = ?"),
                     {untilChange ? QVariant(untilSomethingChanges) : event.integer(u"until_ms"),
                      untilChange ? QVariant(event.record.actor) : QVariant(), id},
                     id);
}

Result<void> Projection::bringBack(const Event &event, const QString &id, Back why)
{
    // A proposal that changed is not what was set aside; the rest waits for its time.
    const qint64 least
        = why == Back::Changed ? event.record.atMs + 1 : qint64(untilSomethingChanges);
    return m_sql
        .change(QStringLiteral("UPDATE cases SET set_aside_until_ms = NULL, set_aside_by = NULL, "
                               "back = ?, back_ms = ? WHERE id = ? AND set_aside_until_ms >= ?"),
                {toWord(why), event.record.atMs, id, least})
        .map([](int) -> void {});
}

Result<void> Projection::bringSiblingsBack(const Event &event)
{
    QStringList siblings;
    {
        auto rows = m_sql.run(
            QStringLiteral("SELECT s.id FROM cases c JOIN cases s ON s.endpoint = c.endpoint AND "
                           "s.question = c.question AND s.occurrence = c.occurrence AND s.id <> "
                           "c.id WHERE c.id = ? AND s.set_aside_until_ms = ? ORDER BY s.number"),
            {event.record.caseId.toString(), untilSomethingChanges});
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        while (rows->next()) {
            siblings.append(rows->text(0));
        }
        if (auto ended = m_sql.ended(*rows); !ended) {
            return ended;
        }
    }
    for (const QString &id : std::as_const(siblings)) {
        auto back = bringBack(event, id, Back::Part).and_then([&]() -> Result<void> {
            return touch(event, id);
        });
        if (!back) {
            return back;
        }
    }
    return {};
}

/// The text stays where it is: in the event.
Result<void> Projection::comment(const Event &event)
{
    const QString id = event.record.caseId.toString();
    auto rows = m_sql.run(QStringLiteral("SELECT set_aside_by FROM cases WHERE id = ?"), {id});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    const bool own = rows->next() && rows->text(0) == event.record.actor;
    return own ? Result<void>() : bringBack(event, id, Back::Comment);
}

Result<void> Projection::assign(const Event &event)
{
    const QString id = event.record.caseId.toString();
    const QString person = event.fields[u"assignee"].toString();
    const QString whom = person.isEmpty() ? event.payload[u"name"].toString() : person;
    return changeOne(QStringLiteral("UPDATE cases SET assignee = ? WHERE id = ?"),
                     {orNull(whom), id}, id);
}

Result<void> Projection::setFollowUp(const Event &event)
{
    const QString id = event.record.caseId.toString();
    return changeOne(QStringLiteral("UPDATE cases SET follow_up_ms = ? WHERE id = ?"),
                     {event.integer(u"follow_up_ms"), id}, id);
}

} // namespace countersign
