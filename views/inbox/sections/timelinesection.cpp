// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/timelinesection.h"

#include "views/inbox/sections/timelinelist.h"

#include <QPushButton>

namespace countersign {

TimelineSection::TimelineSection(const CaseContext &context)
    : CaseSection(context, tr("Timeline"), QStringLiteral("timeline"), false),
      m_list(new TimelineList(context.timeline, context.clock)),
      m_earlier(new QPushButton(tr("Show what was before")))
{
    m_earlier->setAutoDefault(false);
    m_earlier->setFlat(true);
    body()->addWidget(m_list);
    body()->addWidget(m_earlier, 0, Qt::AlignLeft);
    TimelineModel &model = context.timeline;
    connect(m_earlier, &QPushButton::clicked, &model, [&model]() -> void { model.readEarlier(); });
    connect(&model, &TimelineModel::changed, this, &TimelineSection::follow);
    connect(m_list, &TimelineList::chosen, this,
            [this](qint64 seq) -> void { Q_EMIT trailRequested(m_context.timeline.id(), seq); });
    follow();
}

void TimelineSection::refresh(bool /*another*/)
{
    m_context.timeline.open(isOpen() ? shown().id : CaseId());
}

void TimelineSection::follow()
{
    const TimelineModel &model = m_context.timeline;
    const bool more = model.hasEarlier();
    m_earlier->setVisible(more);
    setCount(model.id().isEmpty() || more ? -1 : model.rowCount());
}

} // namespace countersign
