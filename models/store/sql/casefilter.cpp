// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/casefilter.h"

namespace countersign {

template <class Set, class ToText>
void CaseFilter::oneOf(const QString &column, const Set &values, ToText toText)
{
    if (values.isEmpty()) {
        return;
    }
    QStringList marks;
    for (const auto &value : values) {
        marks.append(QStringLiteral("?"));
        m_arguments.append(toText(value));
    }
    m_terms.append(QStringLiteral("%1 IN (%2)").arg(column, marks.join(QStringLiteral(", "))));
}

CaseFilter::CaseFilter(const CaseQuery &query) : m_query(query)
{
    oneOf(QStringLiteral("c.state"), query.states,
          [](CaseState state) -> QString { return toWord(state); });
    oneOf(QStringLiteral("c.id"), query.ids,
          [](const CaseId &id) -> QString { return id.toString(); });
    if (!query.caseType.isEmpty()) {
        m_terms.append(QStringLiteral("c.case_type = ?"));
        m_arguments.append(query.caseType);
    }
    if (!query.endpoint.isEmpty()) {
        m_terms.append(QStringLiteral("c.endpoint = ?"));
        m_arguments.append(query.endpoint.toString());
    }
    if (query.spotChecksOnly) {
        m_terms.append(QStringLiteral("c.purpose = 'spot-check'"));
    }
    if (query.followUpsOnly) {
        m_terms.append(QStringLiteral("c.follow_up_ms IS NOT NULL"));
    }
    if (query.updatedSinceMs) {
        m_terms.append(QStringLiteral("c.updated_ms >= ?"));
        m_arguments.append(*query.updatedSinceMs);
    }
}

QString CaseFilter::where() const
{
    const QString terms = m_terms.isEmpty()
        ? QString()
        : QStringLiteral("WHERE ") + m_terms.join(QStringLiteral(" AND "));
    return terms + QStringLiteral(" ORDER BY c.number");
}

bool CaseFilter::takes(const std::optional<Decimal> &confidence) const
{
    const bool range = m_query.minConfidence || m_query.maxConfidence;
    if (!confidence) {
        return m_query.unknownConfidence || !range;
    }
    if (!range) {
        return !m_query.unknownConfidence;
    }
    return (!m_query.minConfidence || *confidence >= *m_query.minConfidence)
        && (!m_query.maxConfidence || *confidence <= *m_query.maxConfidence);
}

} // namespace countersign
