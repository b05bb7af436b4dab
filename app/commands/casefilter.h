// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"
#include "items/inboxorder.h"

namespace countersign {

/// Which cases the caller wants, as the inbox filters them.
struct CaseChoice
{
    InboxFilter filter;
    QStringList endpoints; ///< names or ids, as given
    QSet<CaseId> ids; ///< only these, whatever the filter says
    std::optional<QList<InboxSortKey>> order; ///< else oldest first
    std::optional<qsizetype> limit;
};

/// How cases are filtered by options: their specs, and what they say. InvalidInput names the
/// option.
[[nodiscard]] QList<OptionSpec> caseFilterOptions();
[[nodiscard]] bool hasCaseFilter(const Arguments &arguments);
[[nodiscard]] Result<CaseChoice> caseFilter(const Arguments &arguments);
/// Besides: how many, in which order.
[[nodiscard]] QList<OptionSpec> caseListOptions();

/// The cases themselves. InvalidInput where an endpoint is not known.
[[nodiscard]] QFuture<Result<QList<Case>>> chosenCases(Profile &profile, const CaseChoice &choice);

} // namespace countersign
