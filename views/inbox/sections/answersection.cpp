// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/answersection.h"

#include "views/inbox/form/argumentsform.h"

namespace countersign {

AnswerSection::AnswerSection(const CaseContext &context)
    : CaseSection(context, tr("Your answer"), QStringLiteral("answer")),
      m_form(new ArgumentsForm)
{
    body()->addWidget(m_form);
    hide();
}

void AnswerSection::refresh(bool another)
{
    if (another) {
        setAnswering(false);
    }
}

bool AnswerSection::setAnswering(bool answering)
{
    const bool before = m_answering;
    m_answering = false;
    if (answering && m_context.model.current()) {
        const Json &schema = shown().proposal.answerSchema;
        const FormReader reader(schema);
        const FormShape shape = reader.shapeOf(schema, std::nullopt);
        const bool words = shape.kind == FormShape::Kind::Text && shape.branches.isEmpty();
        m_answering = !schema.isNull() && !words;
        if (m_answering) {
            ArgumentDraft draft;
            draft.set({}, reader.startOf(schema));
            m_form->open(draft, schema);
            setOpen(true);
        }
    }
    setVisible(m_answering);
    if (m_answering) {
        m_form->focusFirst();
    } else if (before) {
        m_form->close();
    }
    return m_answering;
}

} // namespace countersign
