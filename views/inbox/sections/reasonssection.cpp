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
    setTitle(isDecidedByPolicy(shown()) ? tr("Why this was automatic") : tr("Why you are asked"));
    for (const QString &reason : shown().gateReasons) {
        body()->addWidget(new PlainLabel(foreignText(reason), style::Type::Body));
    }
    if (shown().terms.approvers > 1) {
        QStringList names;
        for (const Approval &given : shown().approvals) {
            names.append(foreignName(given.personName));
        }
        const QString count
            = tr("%1 of %2 approvals").arg(names.size()).arg(shown().terms.approvers);
        body()->addWidget(new PlainLabel(
            names.isEmpty() ? count : tr("%1: %2").arg(count, names.join(QStringLiteral(", "))),
            style::Type::Strong));
    }
    for (const QString &mark : shown().proposal.marks) {
        body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                                 new PlainLabel(foreignText(mark), style::Type::Body)));
    }
    setVisible(!shown().gateReasons.isEmpty() || !shown().proposal.marks.isEmpty());
}

} // namespace countersign
