// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// Why it waits for a person, and our remarks on it.
class ReasonsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit ReasonsSection(const CaseContext &context);
    void refresh(bool another) override;
};

} // namespace countersign
