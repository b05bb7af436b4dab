// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/trust.h"

#include <QHash>
#include <QString>

struct sqlite3;

namespace countersign {

/// Somebody who has the database file and knows how it is built: changes what they like, guards
/// aside, and puts the guards back.
class Attacker
{
public:
    explicit Attacker(const QString &path);
    ~Attacker(); ///< puts the guards back
    Q_DISABLE_COPY_MOVE(Attacker)

    /// Any SQL; false where it failed.
    bool run(const QString &sql);
    [[nodiscard]] QString value(const QString &sql);
    /// Replaces `before` by `after` in the envelope of an event.
    bool edit(qint64 seq, const QByteArray &before, const QByteArray &after);
    /// Leaves and head as they fit the envelopes that are there.
    bool rehash();
    /// The stored checkpoints anew, of the events that are there.
    bool resign(const QString &origin, const PrivateKey &key);
    void dropCheckpoints() { run(QStringLiteral("DELETE FROM checkpoint")); }

private:
    sqlite3 *m_database = nullptr;
    QHash<QString, QString> m_guards;
};

/// All rows of all tables and the schema, read without indexes: what the file says.
[[nodiscard]] QByteArray contentOf(const QString &path);

} // namespace countersign
