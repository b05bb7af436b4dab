// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// How the proposal differs from the one that was seen first.
class ChangeSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit ChangeSection(const CaseContext &context);
    void refresh(bool another) override;
};

} // namespace countersign
