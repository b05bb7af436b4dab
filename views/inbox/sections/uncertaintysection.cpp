// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/uncertaintysection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

UncertaintySection::UncertaintySection(const CaseContext &context)
    : CaseSection(context, tr("Uncertainty"), QStringLiteral("uncertainty"))
{
}

void UncertaintySection::refresh(bool /*another*/)
{
    clear();
    setCount(int(shown().proposal.uncertainty.size()));
    setVisible(!shown().proposal.uncertainty.isEmpty());
    auto *ground = new AgentGround(QString());
    for (const QString &text : shown().proposal.uncertainty) {
        ground->body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                                         new ProseBlock(foreignText(text, proseLimit))));
    }
    body()->addWidget(ground);
}

} // namespace countersign
