// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// The siblings of a case that was asked together with others.
class PartsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit PartsSection(const CaseContext &context);
    void refresh(bool another) override;
};

} // namespace countersign
