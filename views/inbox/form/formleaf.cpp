// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/formleaf.h"

#include "views/foreigntext.h"
#include "views/inbox/form/argumentsform.h"
#include "views/inbox/form/valueeditor.h"
#include "views/style/widgets.h"

#include <QHBoxLayout>

namespace countersign {

namespace {

constexpr int labelWidth = style::unit * 34;
constexpr int fieldTextTop = style::unit + 2; ///< where the text of a field begins
constexpr qsizetype longestWarned = 20'000;

} // namespace

FormLeaf::FormLeaf(ArgumentsForm &form, const FormPlace &place, const FormShape &shape,
                   FormShape::Kind kind)
    : FormNode(form, place, shape),
      m_editor(new ValueEditor(title(), value(), shape, kind))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(style::gap);
    auto *column = new QVBoxLayout;
    column->setSpacing(style::unit);
    if (!place.pointer.isEmpty()) {
        auto *label = new PlainLabel(title(), style::Type::Body);
        label->setRole(style::Role::Muted);
        const int width = labelWidth - qMin(place.depth, 4) * style::groupGap;
        label->setFixedWidth(width);
        label->setContentsMargins(0, fieldTextTop, 0, 0);
        if (!label->text().contains(QLatin1Char(' '))) {
            label->setText(label->fontMetrics().elidedText(label->text(), Qt::ElideMiddle, width));
        }
        line->addWidget(label, 0, Qt::AlignTop);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(style::gap);
    if (!shape.branches.isEmpty()) {
        head->addWidget(branchChooser(), 0, Qt::AlignTop);
    }
    head->addWidget(m_editor, 1);
    addTools(head);
    column->addLayout(head);
    addDescription(column);
    column->addLayout(m_remarks);
    line->addLayout(column, 1);
    if (const auto now = value();
        now && now->isString() && now->toString().size() < longestWarned) {
        m_warning = foreignWarning(now->toString());
    }
    connect(m_editor, &ValueEditor::edited, this, &FormLeaf::take);
    followValue();
    FormLeaf::followFaults();
}

void FormLeaf::take()
{
    const auto typed = m_editor->read();
    m_warning.clear();
    if (typed) {
        m_form.model().set(m_place.pointer, *typed);
    } else {
        m_form.model().setUnreadable(m_place.pointer, typed.error().text);
    }
}

void FormLeaf::followFaults()
{
    const ArgumentsModel &model = m_form.model();
    QString text = model.faultAt(m_place.pointer);
    bool quiet = !text.isEmpty() && !value() && !model.draft().isChanged(m_place.pointer);
    if (text.isEmpty()) {
        text = m_warning;
    }
    if (text.isEmpty() && m_place.pointer.isEmpty() && !model.faults().isEmpty()) {
        text = toSentence(model.faults().first()); // the whole as JSON has no other place for it
    }
    if (text.isEmpty()) {
        text = model.remarkAt(m_place.pointer);
        quiet = true;
    }
    showRemark(text, quiet);
}

void FormLeaf::focusIn()
{
    m_editor->editor()->setFocus(Qt::OtherFocusReason);
}

} // namespace countersign
