// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/changesection.h"

#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

ChangeSection::ChangeSection(const CaseContext &context)
    : CaseSection(context, tr("Changed since you looked"), QStringLiteral("change"))
{
}

void ChangeSection::refresh(bool another)
{
    if (!another) {
        return;
    }
    clear();
    setVisible(shown().before.has_value());
    if (!shown().before) {
        return;
    }
    auto *note = new PlainLabel(tr("The agent changed its proposal. This is what differs:"),
                                style::Type::Body);
    body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution, note));
    addChanges(body(), shown().before->arguments, shown().proposal.arguments);
    if (shown().before->action != shown().proposal.action) {
        addChanges(body(), Json(shown().before->action), Json(shown().proposal.action));
    }
    if (shown().before->question != shown().proposal.question) {
        addChanges(body(), Json(shown().before->question), Json(shown().proposal.question));
    }
}

} // namespace countersign
