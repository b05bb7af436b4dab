// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

#include <QVariant>

namespace countersign {

/// A CaseQuery as SQL, oldest first. The range of confidence is not in it: decimals are compared
/// exactly, by takes().
class CaseFilter
{
public:
    explicit CaseFilter(const CaseQuery &query);

    [[nodiscard]] QString where() const; ///< over cases c, with the order
    [[nodiscard]] const QVariantList &arguments() const { return m_arguments; }
    [[nodiscard]] bool takes(const std::optional<Decimal> &confidence) const;

private:
    template <class Set, class ToText>
    void oneOf(const QString &column, const Set &values, ToText toText);

    const CaseQuery &m_query;
    QStringList m_terms;
    QVariantList m_arguments;
};

} // namespace countersign
