// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/argumentssection.h"

#include "views/inbox/form/argumentsform.h"
#include "views/inbox/form/argumentstable.h"
#include "views/inbox/form/tabstops.h"
#include "views/inbox/habitwords.h"
#include "views/inbox/sections/pieces.h"

namespace countersign {

using namespace pieces;

namespace {

constexpr qsizetype mostKept = 20;
constexpr qsizetype mostHabits = 3;

} // namespace

ArgumentsSection::ArgumentsSection(const CaseContext &context)
    : CaseSection(context, tr("Action"), QStringLiteral("arguments")),
      m_note(new PlainLabel(style::Type::Caption)),
      m_table(new ArgumentsTable),
      m_form(new ArgumentsForm),
      m_edits(new QVBoxLayout),
      m_habits(new QVBoxLayout)
{
    m_note->setRole(style::Role::Caution);
    m_note->setObjectName(QStringLiteral("argumentsNote"));
    body()->addWidget(m_note);
    auto *ground = new AgentGround(QString());
    ground->body()->addWidget(m_table);
    ground->body()->addWidget(m_form);
    body()->addWidget(ground);
    m_form->hide();
    m_edits->setSpacing(style::unit);
    body()->addLayout(m_edits);
    m_habits->setSpacing(style::unit);
    body()->addLayout(m_habits);
    connect(m_form, &ArgumentsForm::changed, this, &ArgumentsSection::showEdits);
}

void ArgumentsSection::refresh(bool another)
{
    if (another) {
        keep();
        m_editing = false;
        fill();
    }
    showHabits();
}

void ArgumentsSection::showHabits()
{
    clearLayout(m_habits);
    for (const EditHabit &habit : m_context.model.habits().mid(0, mostHabits)) {
        auto *line = muted(words::of(habit));
        line->setObjectName(QStringLiteral("habit"));
        m_habits->addWidget(marked(QStringLiteral("info"), style::Role::Info, line));
    }
}

void ArgumentsSection::keep()
{
    if (!m_editing || m_editedCase.isEmpty()) {
        return;
    }
    m_kept.removeIf([this](const Kept &each) -> bool { return each.id == m_editedCase; });
    if (m_form->isChanged()) {
        m_kept.append({m_editedCase, m_editedDigest, m_form->draft()});
        m_kept.remove(0, qMax(qsizetype(0), m_kept.size() - mostKept));
    }
}

const ArgumentsSection::Kept *ArgumentsSection::kept() const
{
    for (const Kept &each : m_kept) {
        if (each.id == shown().id && each.digest == shown().digest) {
            return &each;
        }
    }
    return nullptr;
}

void ArgumentsSection::forgetDraft(const CaseId &id)
{
    m_kept.removeIf([&id](const Kept &each) -> bool { return each.id == id; });
    m_editedCase = m_editedCase == id ? CaseId() : m_editedCase;
    if (m_context.model.current()) {
        showNote();
    }
}

void ArgumentsSection::fill()
{
    const Json &arguments = shown().proposal.arguments;
    m_form->setVisible(m_editing);
    m_table->setVisible(!m_editing);
    if (m_editing) {
        const Kept *before = kept();
        m_editedCase = shown().id;
        m_editedDigest = shown().digest;
        m_form->open(before ? before->draft : ArgumentDraft(arguments), shown().proposal.schema);
    } else {
        m_form->close();
        m_table->show(arguments, m_context.model.argumentVerdict());
    }
    setVisible(m_editing || !arguments.isObject() || !arguments.members().isEmpty());
    setCount(arguments.isObject() ? int(arguments.members().size()) : -1);
    showNote();
    showEdits();
}

void ArgumentsSection::showNote()
{
    const SchemaVerdict verdict = m_context.model.argumentVerdict();
    const auto wrong
        = std::count_if(verdict.faults.cbegin(), verdict.faults.cend(),
                        [](const SchemaFault &fault) -> bool { return !fault.format; });
    QString text;
    if (wrong > 0) {
        text = tr("The agent's arguments break their own schema, %1 times. You can decide all the "
                  "same.")
                   .arg(wrong);
        if (wrong == 1) {
            text = tr("The agent's arguments break their own schema in one place. You can decide "
                      "all the same.");
        }
    } else if (!verdict.unusable.isEmpty()) {
        text = verdict.unusable;
    }
    if (!m_editing && kept() != nullptr) {
        text
            = tr("You have begun to change this; nothing of it is sent yet. Edit goes on with it.");
    }
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ArgumentsSection::setEditing(bool editing)
{
    if (!editing && !m_editing) {
        return;
    }
    if (!editing) {
        keep();
    }
    if (!m_context.model.current()) {
        m_editing = false;
        return;
    }
    m_editing = editing;
    fill();
    if (editing) {
        setOpen(true);
        m_form->focusFirst();
    }
}

void ArgumentsSection::showEdits()
{
    clearLayout(m_edits);
    if (!m_editing || !m_form->isChanged()) {
        return;
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(style::gap);
    head->addWidget(new PlainLabel(tr("Your changes"), style::Type::Strong), 1);
    auto *all = new KeyButton(tr("Reset all"), QStringLiteral("undo"), {});
    connect(all, &QPushButton::clicked, m_form, &ArgumentsForm::resetAll, Qt::QueuedConnection);
    head->addWidget(all);
    m_edits->addLayout(head);
    addChanges(m_edits, m_form->draft().original().value_or(Json()),
               m_form->draft().current().value_or(Json()),
               [this](const QString &pointer) -> void { m_form->reset(pointer); });
    linkTabs(m_form->lastStop(), tabStops(m_edits));
}

} // namespace countersign
