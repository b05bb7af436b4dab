// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

namespace countersign {

/// Which cases a person answers blind: what the agent advises, and how sure it is, is hidden until
/// an answer of the person's own stands. Taken off where cases are read for the screen, so that
/// nothing that shows them (list, pane, sort, search, screen reader) can give it away.
class Veil
{
public:
    Veil() = default; ///< hides nothing
    /// Spot checks always; of the others the share that is set for this person.
    [[nodiscard]] static Result<Veil> of(Reader &reader, const PersonId &person);

    [[nodiscard]] bool covers(const CaseId &id, CaseState state, bool spotCheck) const;
    /// Takes the advice off where it is covered; whether it was.
    bool cover(CaseRow &row) const;
    bool cover(Case &subject) const;

private:
    PersonId m_person;
    QString m_share;
    QSet<CaseId> m_answered;
};

} // namespace countersign
