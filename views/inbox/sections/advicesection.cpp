// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/advicesection.h"

#include "views/inbox/sections/pieces.h"
#include "views/words.h"

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
    if (m_context.model.isVeiled()) {
        setVisible(true);
        body()->addWidget(muted(tr("Hidden, with the confidence and the raw payload, until your "
                                   "own answer stands."),
                                style::Type::Body));
        return;
    }
    showOwnAnswer();
    setVisible(m_context.model.ownAnswer() || shown().mark || !p.recommendation.isEmpty()
               || !p.reasoning.isEmpty() || !p.question.isEmpty());
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

/// After a blind answer: both side by side. The agent wants what it proposed, so anything but
/// approval, or but a verdict that it was right, differs.
void AdviceSection::showOwnAnswer()
{
    const auto &own = m_context.model.ownAnswer();
    const auto &mark = shown().mark;
    if (!own && !(mark && mark->blind)) {
        return;
    }
    const bool agrees = own ? *own == DecisionKind::Approve : mark->verdict != Verdict::Wrong;
    const QString answer = own ? words::of(*own) : words::of(mark->verdict);
    auto *line = new PlainLabel(
        agrees
            ? tr("Your own answer, before you saw this: %1. You agree with the agent.").arg(answer)
            : tr("Your own answer, before you saw this: %1. You differ from the agent.")
                  .arg(answer),
        style::Type::Strong);
    line->setRole(agrees ? style::Role::Accept : style::Role::Caution);
    body()->addWidget(line);
}

} // namespace countersign
