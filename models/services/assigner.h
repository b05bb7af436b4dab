// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/policydesk.h"

namespace countersign {

/// Suggests a person for each case, where policy names people for its queue: of those who are there
/// and may approve it, whoever has least that is due before it, then least at all, then who is
/// named first. Somebody absent is represented by their delegate. What a person assigned stays so.
/// Lives for one transaction.
class Assigner
{
public:
    /// `standing` outlives this.
    Assigner(Transaction &transaction, const PolicyStanding &standing);

    /// Appends case.assigned, where there is somebody to suggest. `handedOver`: why it came to
    /// another queue; then whoever had it is replaced.
    [[nodiscard]] Result<void> suggest(const CaseId &id, const QString &handedOver = {});

private:
    struct Choice
    {
        Person person;
        qsizetype before = 0; ///< cases of theirs that are due before this one
        qsizetype all = 0;
    };
    [[nodiscard]] Result<bool> isTaken(const Case &subject, const PolicyQueue &queue) const;
    [[nodiscard]] Result<std::optional<Choice>> choose(const Case &subject,
                                                       const PolicyQueue &queue);

    Transaction &m_transaction;
    const PolicyStanding &m_standing;
    std::optional<QHash<QString, QList<qint64>>> m_loads; ///< once asked
};

/// Who acts for a person at that time: they themselves while they are there, else who represents
/// them; nobody where that leads nowhere.
[[nodiscard]] std::optional<Person> actingFor(const QList<Person> &people, const Person &person,
                                              qint64 nowMs);

} // namespace countersign
