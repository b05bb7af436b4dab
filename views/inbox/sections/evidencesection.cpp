// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/evidencesection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

EvidenceSection::EvidenceSection(const CaseContext &context)
    : CaseSection(context, tr("Evidence"), QStringLiteral("evidence"))
{
}

void EvidenceSection::refresh(bool /*another*/)
{
    clear();
    setCount(int(shown().proposal.evidence.size()));
    setVisible(!shown().proposal.evidence.isEmpty());
    auto *ground = new AgentGround(QString());
    for (const Evidence &item : shown().proposal.evidence) {
        if (ground->body()->count() > 0) {
            ground->body()->addSpacing(style::unit);
        }
        if (!item.title.isEmpty()) {
            addForeign(ground->body(), item.title, style::Type::Strong);
        }
        if (!item.text.isEmpty()) {
            addForeign(ground->body(), item.text);
        }
        if (!item.link.isEmpty()) {
            ground->body()->addWidget(
                marked(QStringLiteral("link"), style::Role::Muted,
                       new ProseBlock(foreignName(item.link, 2000), style::Type::Caption)));
        }
    }
    body()->addWidget(ground);
}

} // namespace countersign
