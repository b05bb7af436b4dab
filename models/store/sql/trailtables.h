// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"
#include "store/sql/statements.h"

namespace countersign {

/// The log's own tables and the small ones of endpoints and persons, as Reader promises them.
/// Standard SQL.
class TrailTables
{
public:
    explicit TrailTables(Statements &sql);

    [[nodiscard]] Result<QList<EventRecord>> events(const TrailQuery &query);
    [[nodiscard]] Result<std::optional<EventRecord>> event(qint64 seq);
    [[nodiscard]] Result<std::optional<Json>> payloadOf(qint64 seq);
    [[nodiscard]] Result<Head> head();
    [[nodiscard]] Result<QStringList> facet(const QString &column);
    [[nodiscard]] Result<QList<Endpoint>> endpoints();
    [[nodiscard]] Result<QByteArray> cursor(const EndpointId &id);
    [[nodiscard]] Result<QList<Person>> persons();

private:
    [[nodiscard]] Result<QStringList> kindsIn(const QString &kind);
    [[nodiscard]] Result<QList<EventRecord>> load(const QString &where,
                                                  const QVariantList &arguments);

    Statements &m_sql;
};

} // namespace countersign
