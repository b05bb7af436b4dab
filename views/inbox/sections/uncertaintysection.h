// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// What the agent is not sure of.
class UncertaintySection final : public CaseSection
{
    Q_OBJECT
public:
    explicit UncertaintySection(const CaseContext &context);
    void refresh(bool another) override;
};

} // namespace countersign
