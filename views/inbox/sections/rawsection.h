// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// The protocol's payload as it came.
class RawSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit RawSection(const CaseContext &context);
    void refresh(bool another) override;
};

} // namespace countersign
