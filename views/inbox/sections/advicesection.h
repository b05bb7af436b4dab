// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// What the agent recommends, asks and thinks.
class AdviceSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit AdviceSection(const CaseContext &context);
    void refresh(bool another) override;

private:
    void showOwnAnswer();
};

} // namespace countersign
