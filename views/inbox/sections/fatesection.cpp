// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/fatesection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/style/icons.h"
#include "views/words.h"

namespace countersign {

using namespace pieces;

FateSection::FateSection(const CaseContext &context)
    : CaseSection(context, tr("What became of it"), QStringLiteral("fate"))
{
}

void FateSection::refresh(bool /*another*/)
{
    clear();
    const bool any = shown().state != CaseState::Waiting || shown().decision
        || !shown().stateText.isEmpty() || !shown().effects.isEmpty();
    setVisible(any);
    if (!any) {
        return;
    }
    const style::Role role = style::roleOf(shown().state);
    const bool toMark
        = shown().purpose == Purpose::SpotCheck && shown().state == CaseState::Waiting;
    auto *state = new PlainLabel(toMark ? tr("Waits to be marked") : words::of(shown().state),
                                 style::Type::Strong);
    state->setRole(role);
    body()->addWidget(marked(style::symbolName(shown().state), role, state));
    if (const auto &decision = shown().decision) {
        body()->addWidget(
            new PlainLabel(tr("%1 by %2, %3")
                               .arg(words::past(decision->kind), foreignName(decision->personName),
                                    words::time(decision->decidedMs, true)),
                           style::Type::Body));
        if (!decision->message.isEmpty()) {
            body()->addWidget(new ProseBlock(foreignText(decision->message)));
        }
        if (!decision->stateText.isEmpty() && decision->stateText != shown().stateText) {
            body()->addWidget(new ProseBlock(foreignText(decision->stateText)));
        }
        if (decision->kind == DecisionKind::Edit && decision->arguments) {
            addChanges(body(), shown().proposal.arguments, *decision->arguments);
        }
    }
    if (!shown().stateText.isEmpty()) {
        body()->addWidget(new ProseBlock(foreignText(shown().stateText)));
    }
    if (!shown().effects.isEmpty()) {
        auto *ground = new AgentGround(tr("Agent says what it did"));
        for (const QString &effect : shown().effects) {
            addForeign(ground->body(), effect);
        }
        body()->addWidget(ground);
    }
}

} // namespace countersign
