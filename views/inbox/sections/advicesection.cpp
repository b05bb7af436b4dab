// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/advicesection.h"

#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

AdviceSection::AdviceSection(const CaseContext &context)
    : CaseSection(context, tr("Agent recommends"), QStringLiteral("advice"))
{
}

void AdviceSection::refresh(bool /*another*/)
{
    clear();
    const Proposal &p = shown().proposal;
    setVisible(!p.recommendation.isEmpty() || !p.reasoning.isEmpty() || !p.question.isEmpty());
    auto *ground = new AgentGround(tr("Agent says"));
    if (!p.recommendation.isEmpty()) {
        addForeign(ground->body(), p.recommendation, style::Type::Strong);
    }
    for (const QString &text : {p.question, p.reasoning}) {
        if (!text.isEmpty()) {
            addForeign(ground->body(), text);
        }
    }
    body()->addWidget(ground);
}

} // namespace countersign
