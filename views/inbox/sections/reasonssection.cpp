// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/reasonssection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

ReasonsSection::ReasonsSection(const CaseContext &context)
    : CaseSection(context, tr("Why you are asked"), QStringLiteral("why"))
{
}

void ReasonsSection::refresh(bool /*another*/)
{
    clear();
    for (const QString &reason : shown().gateReasons) {
        body()->addWidget(new PlainLabel(foreignText(reason), style::Type::Body));
    }
    for (const QString &mark : shown().proposal.marks) {
        body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                                 new PlainLabel(foreignText(mark), style::Type::Body)));
    }
    setVisible(!shown().gateReasons.isEmpty() || !shown().proposal.marks.isEmpty());
}

} // namespace countersign
