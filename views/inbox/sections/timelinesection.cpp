// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/timelinesection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/words.h"

#include <QGridLayout>

namespace countersign {

using namespace pieces;

TimelineSection::TimelineSection(const CaseContext &context)
    : CaseSection(context, tr("Timeline"), QStringLiteral("timeline"), false)
{
}

void TimelineSection::refresh(bool /*another*/)
{
    clear();
    setCount(int(m_context.model.timeline().size()));
    if (!isOpen()) {
        return;
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::groupGap);
    grid->setVerticalSpacing(style::unit);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const TimelineEntry &entry : m_context.model.timeline()) {
        auto *at = muted(words::time(entry.atMs, true));
        at->setWordWrap(false);
        grid->addWidget(at, row, 0, Qt::AlignTop);
        grid->addWidget(new ProseBlock(foreignLine(entry.sentence)), row++, 1);
        if (!entry.remark.isEmpty()) {
            grid->addWidget(new ProseBlock(foreignText(entry.remark, 2000), style::Type::Caption),
                            row++, 1);
        }
    }
    body()->addLayout(grid);
}

} // namespace countersign
