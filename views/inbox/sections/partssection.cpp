// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/partssection.h"

#include "domain/headline.h"
#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/style/icons.h"
#include "views/words.h"

namespace countersign {

using namespace pieces;

PartsSection::PartsSection(const CaseContext &context)
    : CaseSection(context, tr("Parts of one question"), QStringLiteral("parts"))
{
}

void PartsSection::refresh(bool /*another*/)
{
    clear();
    const int of = shown().proposal.source.of;
    setVisible(of > 1);
    if (of <= 1) {
        return;
    }
    body()->addWidget(new PlainLabel(
        tr("Part %1 of %2; %3 decided. All answers go out together when the last part is decided.")
            .arg(shown().proposal.source.part)
            .arg(of)
            .arg(shown().partsDecided),
        style::Type::Body));
    if (shown().proposal.rejectCancelsSiblings) {
        body()->addWidget(
            marked(QStringLiteral("warning"), style::Role::Caution,
                   new PlainLabel(tr("On this server, rejecting one part cancels its approved "
                                     "siblings."),
                                  style::Type::Body)));
    }
    for (const Case &part : m_context.model.parts()) {
        const QString name
            = tr("%1. %2 (%3)")
                  .arg(part.proposal.source.part)
                  .arg(foreignLine(headlineOf(part.proposal), 80), words::of(part.state));
        auto *button = new KeyButton(name, style::symbolName(part.state), {});
        button->setEnabled(part.id != shown().id);
        connect(button, &QPushButton::clicked, this,
                [this, id = part.id]() -> void { Q_EMIT caseChosen(id); });
        body()->addWidget(button, 0, Qt::AlignLeft);
    }
}

} // namespace countersign
