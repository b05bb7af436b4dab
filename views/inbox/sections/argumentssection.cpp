// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/argumentssection.h"

#include "views/inbox/argumentsform.h"
#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

ArgumentsSection::ArgumentsSection(const CaseContext &context)
    : CaseSection(context, tr("Action"), QStringLiteral("arguments")),
      m_form(new ArgumentsForm),
      m_edits(new QVBoxLayout)
{
    auto *ground = new AgentGround(QString());
    ground->body()->addWidget(m_form);
    body()->addWidget(ground);
    m_edits->setSpacing(style::unit);
    body()->addLayout(m_edits);
    connect(m_form, &ArgumentsForm::changed, this, &ArgumentsSection::showEdits);
}

void ArgumentsSection::refresh(bool another)
{
    if (another) {
        m_editing = false;
        fill();
    }
}

void ArgumentsSection::fill()
{
    const Proposal &proposal = shown().proposal;
    const Json &arguments = proposal.arguments;
    m_form->show(arguments, proposal.schema, m_editing);
    setVisible(m_editing || !arguments.isObject() || !arguments.members().isEmpty());
    setCount(arguments.isObject() ? int(arguments.members().size()) : -1);
    clearLayout(m_edits);
}

void ArgumentsSection::setEditing(bool editing)
{
    m_editing = editing && m_context.model.current();
    if (!m_context.model.current()) {
        return;
    }
    fill();
    if (editing) {
        setOpen(true);
        m_form->focusFirst();
    }
}

void ArgumentsSection::showEdits()
{
    clearLayout(m_edits);
    if (m_context.model.current() && m_form->isChanged()) {
        m_edits->addWidget(new PlainLabel(tr("Your changes"), style::Type::Strong));
        addChanges(m_edits, shown().proposal.arguments, m_form->value());
    }
}

} // namespace countersign
