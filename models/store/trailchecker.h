// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/envelopescan.h"
#include "domain/event.h"
#include "domain/trust.h"

#include <QHash>

namespace countersign {

/// What a trail promises, checked event by event in their order; knows no database. Every error is
/// Tampered.
class TrailChecker
{
public:
    /// The next event as it is stored. After an error, no more.
    [[nodiscard]] Result<void> take(const EventRecord &stored);
    /// The envelope of the event taken last; needs its bytes.
    [[nodiscard]] const EnvelopeScan &envelope() const { return m_envelope; }
    /// A signed note of the tree as it stands after the events taken so far.
    [[nodiscard]] Result<void> checkNote(const QByteArray &note) const;

    [[nodiscard]] const CompactRange &tree() const { return m_tree; }
    [[nodiscard]] const QString &origin() const { return m_origin; }

private:
    [[nodiscard]] Result<void> checkForm(const EventRecord &stored);
    [[nodiscard]] Result<void> checkPlace(const EventRecord &stored);
    [[nodiscard]] Result<void> checkSignature(const EventRecord &stored) const;
    [[nodiscard]] Result<void> checkPolicy(const EventRecord &stored);
    [[nodiscard]] Result<void> learnKeys(const EventRecord &stored);

    EnvelopeScan m_envelope;
    QString m_origin;
    CompactRange m_tree;
    QHash<QString, QByteArray> m_persons; ///< public keys by id
    QString m_policy; ///< the one in force that a person signed: "policy v2"; empty where none
    QString m_policyEvent; ///< its leaf, hex
    QList<QByteArray> m_logKeys;
};

[[nodiscard]] tl::unexpected<Error> tampered(const QString &text);

} // namespace countersign
