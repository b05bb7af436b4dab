// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/indexes.h"

namespace countersign::sqlite {

Indexes::Indexes(Statements &sql) : m_texts(sql), m_past(sql) { }

Result<QList<CaseId>> Indexes::casesWithText(const QString &typed)
{
    return m_texts.casesWithText(typed);
}

Result<Precedents> Indexes::precedents(const PrecedentQuery &query)
{
    return m_past.precedents(query);
}

Result<void> Indexes::follow(const QSet<CaseId> &cases)
{
    return m_texts.follow(cases).and_then([&]() -> Result<void> { return m_past.follow(cases); });
}

Result<void> Indexes::prepare()
{
    return m_texts.prepare().and_then([this]() -> Result<void> { return m_past.prepare(false); });
}

Indexes::Damage Indexes::takeDamage()
{
    return {.texts = m_texts.metDamage(), .past = m_past.metDamage()};
}

Result<void> Indexes::mend(const Damage &damage)
{
    m_textsFilled = false;
    const auto texts = damage.texts ? m_texts.prepare(CaseIndex::Prepare::Anew) : Result<void>();
    return texts && damage.past ? m_past.prepare(true) : texts;
}

Result<bool> Indexes::fill(int count)
{
    if (!m_textsFilled) {
        const auto more = m_texts.fill(count);
        m_textsFilled = more && !*more;
        if (!more || *more) {
            return more;
        }
    }
    return m_past.fill(count);
}

Result<void> Indexes::forget(const CaseId &id)
{
    return m_texts.forget(id).and_then([&]() -> Result<void> { return m_past.forget(id); });
}

} // namespace countersign::sqlite
