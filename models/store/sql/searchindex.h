// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

namespace countersign {

/// The parts of Reader that each engine answers in a dialect of its own.
class SearchIndex
{
public:
    SearchIndex() = default;
    virtual ~SearchIndex() = default;
    Q_DISABLE_COPY_MOVE(SearchIndex)

    [[nodiscard]] virtual Result<QList<CaseId>> casesWithText(const QString &typed) = 0;
    [[nodiscard]] virtual Result<Precedents> precedents(const PrecedentQuery &query) = 0;
};

} // namespace countersign
