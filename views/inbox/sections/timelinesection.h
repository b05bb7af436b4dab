// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

class QPushButton;

namespace countersign {

class TimelineList;

/// The case's own story, newest first, back to when it was first seen; comments in full.
class TimelineSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit TimelineSection(const CaseContext &context);
    void refresh(bool another) override;

private:
    void follow();

    TimelineList *m_list;
    QPushButton *m_earlier;
};

} // namespace countersign
