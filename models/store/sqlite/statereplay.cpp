// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/statereplay.h"

#include "domain/translate.h"
#include "store/sqlite/rawquery.h"
#include "store/sqlite/schema.h"
#include "store/trailchecker.h"


#include <functional>

namespace countersign::sqlite {

namespace {

/// Walks both row by row; the sentence is made of the first row that differs, or that only one has.
Result<void> compareRows(RawQuery &left, RawQuery &right,
                         const std::function<QString(const RawQuery &)> &words)
{
    for (;;) {
        const auto inLeft = left.next();
        const auto inRight = right.next();
        if (!inLeft || !inRight) {
            return tl::unexpected<Error>(inLeft ? inRight.error() : inLeft.error());
        }
        if (!*inLeft && !*inRight) {
            return {};
        }
        bool same = *inLeft && *inRight;
        for (int column = 0; same && column < left.columns(); ++column) {
            same = left.sameValue(right, column);
        }
        if (!same) {
            return tampered(words(*inLeft ? left : right));
        }
    }
}

} // namespace

Result<std::unique_ptr<StateReplay>> StateReplay::begin()
{
    auto connection = Connection::open(
        QString(), Access::ReadWrite); // no name: temporary, on disk where it grows
    if (!connection) {
        return tl::unexpected<Error>(connection.error());
    }
    auto ready
        = (*connection)->script("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN");
    for (const Migration &step : migrations()) {
        if (ready) {
            ready = (*connection)->script(step.sql);
        }
    }
    if (!ready) {
        return tl::unexpected<Error>(ready.error());
    }
    return std::unique_ptr<StateReplay>(new StateReplay(std::move(*connection)));
}

StateReplay::StateReplay(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection)),
      m_projection(m_connection->sql())
{
}

Result<void> StateReplay::compareSchema(sqlite3 *profile) const
{
    const char *sql
        = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' "
          "ORDER BY name, type";
    RawQuery theirs(profile, sql);
    RawQuery ours(m_connection->handle(), sql);
    return compareRows(theirs, ours, [](const RawQuery &row) -> QString {
        return tr("The database's own rules were altered: %1 “%2” is missing, changed or new.")
            .arg(row.text(0), row.text(1));
    });
}

Result<void> StateReplay::apply(const EventRecord &record, const QByteArray &payload)
{
    const auto envelope = parseJson(record.envelope);
    if (!envelope) {
        return tl::unexpected<Error>(envelope.error());
    }
    Json json;
    if (!payload.isEmpty()) {
        auto parsed = parseJson(payload, {.depth = 1024, .bytes = payload.size()});
        if (!parsed) {
            return tampered(parsed.error().text);
        }
        json = std::move(*parsed);
    }
    auto applied = m_projection.apply(record, *envelope, json);
    if (!applied && !applied.error().retryable) { // else the disk is full or the like
        return tampered(tr("Event %1 does not follow from those before it: %2")
                            .arg(record.seq)
                            .arg(applied.error().text));
    }
    return applied;
}

Result<void> StateReplay::compareState(sqlite3 *profile) const
{
    for (const QString &table : stateTables()) {
        const QByteArray sql = "SELECT * FROM " + table.toLatin1() + " ORDER BY 1, 2";
        RawQuery theirs(profile, sql.constData());
        RawQuery ours(m_connection->handle(), sql.constData());
        auto same = compareRows(theirs, ours, [&table](const RawQuery &row) -> QString {
            return tr("What is shown was altered: row “%1” of “%2” does not follow from the "
                      "events.")
                .arg(row.text(0), table);
        });
        if (!same) {
            return same;
        }
    }
    return {};
}

} // namespace countersign::sqlite
