// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/casesection.h"

namespace countersign {

CaseSection::CaseSection(const CaseContext &context, const QString &title, const QString &key,
                         bool open)
    : Section(title, key, context.state, open),
      m_context(context)
{
    connect(this, &Section::unfolded, this, [this]() -> void {
        if (m_context.model.current()) {
            refresh(false);
        }
    });
}

} // namespace countersign
