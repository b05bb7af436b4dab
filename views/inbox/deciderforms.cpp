// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/caseview.h"
#include "views/inbox/decider.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/form/argumentsform.h"

// What is sent from a form: changed arguments, or an answer.

namespace countersign {

void Decider::submitEdit()
{
    const Case *shown = waiting();
    if (!shown || !armed()) {
        return;
    }
    ArgumentsForm &form = m_view.form();
    m_submitWhenJudged = form.isJudging();
    if (m_submitWhenJudged) {
        m_bar.hint(tr("The changes are being held against the schema…"));
        return;
    }
    if (!form.problem().isEmpty()) {
        editChanged();
        form.focusFault();
        return;
    }
    if (m_view.isAnswering()) {
        if (form.draft().current()) {
            send(*shown, DecisionKind::Respond, {}, form.draft().current());
        } else {
            m_bar.hint(tr("Fill in the answer first."));
        }
        return;
    }
    submitForm(*shown);
}

void Decider::submitForm(const Case &shown)
{
    const ArgumentsForm &form = m_view.form();
    const auto done = work();
    if (!done || !leavesNothingBehind(*done)) {
        return;
    }
    if (!form.isChanged() && !done->content) {
        m_bar.hint(tr("Nothing is changed yet. Change a value, or cancel and approve as it is."));
        return;
    }
    if (m_context.decisions.needsReason(shown, DecisionKind::Edit)) {
        m_bar.ask(DecisionKind::Edit, shown);
        return;
    }
    send(shown, DecisionKind::Edit, {}, form.draft().current(), *done);
}

void Decider::editChanged()
{
    if (!m_view.isEditing() || m_bar.isAsking()) {
        return;
    }
    const ArgumentsForm &form = m_view.form();
    if (const QString problem = form.problem(); !problem.isEmpty()) {
        m_bar.explainEdit(tr("Cannot be sent yet. %1").arg(problem), true);
    } else if (m_view.isAnswering()) {
        m_bar.explainEdit({}, false);
    } else if (!form.isChanged()) {
        m_bar.explainEdit(tr("Nothing is changed yet."), false);
    } else {
        m_bar.explainEdit(form.inWords(), false);
    }
}

} // namespace countersign
