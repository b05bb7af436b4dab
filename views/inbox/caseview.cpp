// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/caseview.h"

#include "views/inbox/sections/advicesection.h"
#include "views/inbox/sections/answersection.h"
#include "views/inbox/sections/argumentssection.h"
#include "views/inbox/sections/caseheader.h"
#include "views/inbox/sections/changesection.h"
#include "views/inbox/sections/evidencesection.h"
#include "views/inbox/sections/fatesection.h"
#include "views/inbox/sections/partssection.h"
#include "views/inbox/sections/precedentssection.h"
#include "views/inbox/sections/rawsection.h"
#include "views/inbox/sections/reasonssection.h"
#include "views/inbox/sections/timelinesection.h"
#include "views/inbox/sections/uncertaintysection.h"
#include "views/inbox/sections/workspacesection.h"
#include "views/style/layoutpause.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace countersign {

CaseView::CaseView(CaseModel &model, TimelineModel &timeline, const Clock &clock, QSettings &state,
                   QWidget *parent)
    : QScrollArea(parent),
      m_context{model, timeline, clock, state},
      m_page(new QWidget),
      m_parts(new PartsSection(m_context)),
      m_header(new CaseHeader),
      m_arguments(new ArgumentsSection(m_context)),
      m_answer(new AnswerSection(m_context)),
      m_workspace(new WorkspaceSection(m_context)),
      m_sections{m_parts,
                 new FateSection(m_context),
                 new ChangeSection(m_context),
                 new ReasonsSection(m_context),
                 new AdviceSection(m_context),
                 m_arguments,
                 m_answer,
                 m_workspace,
                 new EvidenceSection(m_context),
                 new UncertaintySection(m_context),
                 new PrecedentsSection(m_context),
                 new TimelineSection(m_context),
                 new RawSection(m_context)}
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // until there is a case
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Case"));
    // Else the scroll area takes the height that the texts would have at their narrowest.
    m_page->setMinimumSize(1, 1);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(style::pageEdge, style::groupGap, style::pageEdge, style::groupGap);
    column->setSpacing(style::gap);
    column->addWidget(m_parts);
    column->addWidget(m_header);
    column->addWidget(makeHairline());
    for (CaseSection *section : m_sections) {
        if (section != m_parts) {
            column->addWidget(section);
        }
        connect(section, &CaseSection::caseChosen, this, &CaseView::caseChosen);
        connect(section, &CaseSection::trailRequested, this, &CaseView::trailRequested);
        connect(section, &CaseSection::pastChosen, this, &CaseView::pastChosen);
        connect(section, &Section::unfolded, this,
                [this, section]() -> void { Q_EMIT sectionOpened(section->key()); });
    }
    column->addStretch(1);
    setWidget(m_page);
    m_page->hide();
    connect(&model, &CaseModel::changed, this, &CaseView::refresh);
}

void CaseView::refresh(bool another)
{
    const auto &shown = m_context.model.current();
    // A hidden page leaves its scroll bar behind.
    setVerticalScrollBarPolicy(shown ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (!shown) {
        setEditing(false);
        m_page->setVisible(false);
        return;
    }
    const int scroll = verticalScrollBar()->value();
    m_page->setUpdatesEnabled(false);
    m_header->show(*shown, m_context.clock, m_context.model.isVeiled());
    for (CaseSection *section : m_sections) {
        section->refresh(another);
    }
    showWhatWaits(m_page->layout());
    m_page->setVisible(true);
    m_page->setUpdatesEnabled(true);
    verticalScrollBar()->setValue(another ? 0 : scroll);
}

void CaseView::tick()
{
    if (m_context.model.current()) {
        m_header->tick(m_context.clock.nowMs());
    }
}

void CaseView::setEditing(bool editing)
{
    m_answer->setAnswering(false);
    m_arguments->setEditing(editing);
    if (editing) {
        ensureWidgetVisible(m_arguments);
    }
}

bool CaseView::isEditing() const
{
    return m_arguments->isEditing() || isAnswering();
}

bool CaseView::beginAnswer()
{
    if (!m_answer->setAnswering(true)) {
        return false;
    }
    ensureWidgetVisible(m_answer);
    return true;
}

bool CaseView::isAnswering() const
{
    return m_answer->isAnswering();
}

QList<ArgumentsForm *> CaseView::forms() const
{
    return {&m_arguments->form(), &m_answer->form()};
}

void CaseView::forgetDraft(const CaseId &id)
{
    m_arguments->forgetDraft(id);
}

ArgumentsForm &CaseView::form() const
{
    return isAnswering() ? m_answer->form() : m_arguments->form();
}

} // namespace countersign
