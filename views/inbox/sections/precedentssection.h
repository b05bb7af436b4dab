// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

/// How cases like this one ended: the sentence, then the nearest. Hidden as long as the agent's
/// advice is.
class PrecedentsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit PrecedentsSection(const CaseContext &context);
    void refresh(bool another) override;

private:
    void fill(const PrecedentsAnswer &answer);
    [[nodiscard]] QWidget *row(const PastCase &past);

    bool m_all = false; ///< more than the first few
};

} // namespace countersign
